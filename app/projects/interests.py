"""Telling of an interest (jäv) in a case, and taking it back."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.core.verdict import RefusedError, require
from app.db import db
from app.history.service import record
from app.projects import policy, queries
from app.projects.models import DeclaredInterest, Project


def declare(actor: Viewer, project: Project, reason: str, now: datetime) -> DeclaredInterest:
    """Tell of an interest in the case: whoever does takes no part in it from now on.

    The case's handler lets it go, so that it waits for a colleague. Told twice, it is told once.
    """
    require(policy.may_declare_interest(actor, project))
    if not reason.strip():
        raise RefusedError(_l("Skriv vad jävet består i."))
    standing = queries.own_interest(actor.id, project.id)
    if standing is not None:
        return standing
    row = DeclaredInterest(project_id=project.id, person_id=actor.id, reason=reason, declared_at=now)
    db.session.add(row)
    record(actor, "declare_interest", row, now=now)
    if project.handler_id == actor.id:
        project.handler_id = None
        record(actor, "let_go", project, now=now)
    db.session.expire(project, ["interests"])
    return row


def take_back(actor: Viewer, project: Project, now: datetime) -> None:
    """The interest is no more, or was a mistake; the history keeps that it was told."""
    require(policy.may_declare_interest(actor, project))
    standing = queries.own_interest(actor.id, project.id)
    if standing is not None:
        standing.withdrawn_at = now
        record(actor, "take_back_interest", standing, now=now)
        db.session.expire(project, ["interests"])
