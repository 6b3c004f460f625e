"""What people have typed in a project's forms and not yet saved: it outlives a closed tab and a session."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from app.db import db
from app.projects.models import Draft

Fields = Sequence[tuple[str, str]]
"""Names and texts of a form's fields, in the order of the form."""


def keep(actor_id: int, project_id: int, form_key: str, fields: Fields, now: datetime) -> Draft:
    """Keep what is typed in this form now, in place of what was kept before."""
    draft = of(actor_id, project_id, form_key)
    if draft is None:
        draft = Draft(project_id=project_id, form=form_key, person_id=actor_id)
        db.session.add(draft)
    draft.fields = [[name, text.replace("\x00", "")] for name, text in fields]
    draft.saved_at = now
    db.session.flush()
    return draft


def of(person_id: int, project_id: int, form_key: str) -> Draft | None:
    """What this person has typed in this form, if anything is kept."""
    return db.session.scalar(
        select(Draft).where(
            Draft.person_id == person_id, Draft.project_id == project_id, Draft.form == form_key
        )
    )


def discard(person_id: int, project_id: int, form_key: str) -> None:
    """Forget it: it is saved, or not wanted."""
    db.session.execute(
        delete(Draft).where(
            Draft.person_id == person_id, Draft.project_id == project_id, Draft.form == form_key
        )
    )


def forms_with_drafts(person_id: int, project_id: int) -> set[str]:
    """The keys of the project's forms in which this person has something that is not saved."""
    query = select(Draft.form).where(Draft.person_id == person_id, Draft.project_id == project_id)
    return set(db.session.scalars(query))


def page_of(fields: Sequence[Sequence[str]]) -> str:
    """Which opened page a draft was typed in."""
    return next((text for name, text in fields if name == "page"), "")


def settle(person_id: int, project_id: int, form_key: str, page: str) -> None:
    """What this page held is saved and needs no draft; another page's draft is that page's, and stays."""
    draft = of(person_id, project_id, form_key)
    if draft is not None and page_of(draft.fields) in ("", page):
        discard(person_id, project_id, form_key)
