"""What can be done with an application: write it, sign it, submit it, take it back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.accounts.queries import people_with_role
from app.applications import completeness, policy, queries, snapshot
from app.applications.content import Content, Difference, canonical, differences
from app.applications.declaration import Section
from app.applications.models import ApplicationSection, ApplicationVersion
from app.applications.sections import section_for
from app.core.clock import local_day
from app.core.verdict import YES, RefusedError, Verdict, no, require
from app.core.workflow import Action
from app.db import db
from app.history.service import Change, record
from app.notifications.models import Kind
from app.notifications.service import notify
from app.programmes.queries import open_rounds, round_by_id
from app.projects.models import Project, ProjectKind
from app.projects.service import answer_due, move, set_departments


class StaleSectionError(Exception):
    """Somebody saved the section after this text was begun."""

    def __init__(self, saved: ApplicationSection) -> None:
        super().__init__(f"{saved.key} is already version {saved.version}")
        self.saved = saved


class IncompleteError(RefusedError):
    """The application lacks something."""

    def __init__(self, lacks: list[completeness.Lack]) -> None:
        super().__init__(_l("Ansökan är inte komplett. Se kontrollsidan för det som saknas."))
        self.lacks = lacks


# --- writing ---------------------------------------------------------------------------------------------


def save_section(
    actor: Viewer, project: Project, key: str, content: Content, now: datetime, *, version: int | None = None
) -> ApplicationSection:
    """Save what a section says, complete or not.

    `version` is the saved version that the text started from (0: none); without it, whatever is saved is
    replaced. Raises StaleSectionError, RefusedError, or ContentError for what is not declared.
    """
    require(policy.may_write(actor, project))
    section = section_for(project.kind, key)
    if section is None:
        raise KeyError(key)
    kept = canonical(section, ProjectKind(project.kind), content)
    saved = queries.saved_section(project.id, key)
    if saved is None:
        saved = ApplicationSection(project_id=project.id, key=key, content={}, version=1)
        db.session.add(saved)
    elif saved.content == kept:
        return saved  # the same text twice: a second click, or nothing changed
    elif version is not None and version != saved.version:
        raise StaleSectionError(saved)
    changes = [_told(change) for change in differences(section, saved.content, kept)]
    saved.content, saved.saved_at, saved.saved_by_id = kept, now, actor.id
    record(actor, "save_section", saved, changes=changes, note=key, now=now)
    _follow(actor, project, section, kept, now)
    return saved


def _told(difference: Difference) -> Change:
    path = difference.path
    if difference.row_id:
        path = f"{path}.{difference.row_id}.{difference.spec.key}"
    return Change(path, difference.before or None, difference.after or None)


def _follow(actor: Viewer, project: Project, section: Section, content: Content, now: datetime) -> None:
    """The departments that share cost and benefit take part: at once in a draft, and after that as soon as
    the completion comes in. Until then nobody else learns who is to be let in, or left out."""
    if section.key == "departments" and project.submitted_at is None:
        set_departments(actor, project, _taking_part(content), now)


def _taking_part(content: Content) -> set[int]:
    """The departments that share cost and benefit, by the section that says so."""
    return {int(row["department"]) for row in content.get("shares", ()) if "department" in row}


# --- signing ---------------------------------------------------------------------------------------------


def ask_for_signature(actor: Viewer, project: Project, now: datetime, *, open_questions: int = 0) -> None:
    """Hand the finished application to the department's manager. Raises IncompleteError, RefusedError."""
    require(policy.may_ask_for_signature(actor, project))
    _refuse_lacks(project, now)
    require(_answered(open_questions))
    found = round_by_id(project.round_id) if project.round_id and not project.submitted_at else None
    move(actor, project, Action.ASK_FOR_SIGNATURE, now, due_on=found.closes_on if found else None)
    _tell(_managers(project), Kind.SIGNATURE_REQUESTED, project, now)


def recall(actor: Viewer, project: Project, now: datetime) -> None:
    """Take the application back from the manager, to write more."""
    move(actor, project, Action.RECALL, now)
    _tell(_managers(project), Kind.RECALLED, project, now)


def send_back(actor: Viewer, project: Project, comment: str, now: datetime) -> None:
    """Give the application back to the project leader, unsigned, and say why."""
    require(_said(comment, _l("Skriv vad som behöver ändras.")))
    move(actor, project, Action.SEND_BACK, now, note=comment)
    _tell([project.leader_id], Kind.SENT_BACK, project, now, comment=comment)


def sign(actor: Viewer, project: Project, now: datetime) -> ApplicationVersion:
    """Sign the application as it stands, which submits it: the next fixed version.

    The first time it must be before its round closes.
    """
    require(policy.may_sign(actor, project))
    first = project.submitted_at is None
    if first:
        require(_round_takes_it(project, local_day(now)))
    made = _make_version(actor, project, now, signed_by_id=actor.id, signed_at=now)
    if first:
        project.submitted_at = now
    move(actor, project, Action.SIGN, now, due_on=answer_due(project))
    _tell(_receivers(project), Kind.SUBMITTED if first else Kind.COMPLETED, project, now, version=made.number)
    return made


def resubmit(actor: Viewer, project: Project, now: datetime, *, open_questions: int) -> ApplicationVersion:
    """Submit a completed application: every question answered, and no more asked for than was signed.

    The new version rests on the signature of the one before.
    """
    require(policy.may_resubmit(actor, project))
    _refuse_lacks(project, now)
    require(_answered(open_questions))
    signed = queries.last_signed_version(project.id)
    if signed is None or needs_new_signature(project, local_day(now)):
        raise RefusedError(
            _l("Det sökta beloppet är högre än det som är underskrivet. Skicka ansökan för ny underskrift.")
        )
    made = _make_version(actor, project, now, signed_by_id=signed.signed_by_id, signed_at=signed.signed_at)
    move(actor, project, Action.RESUBMIT, now, due_on=answer_due(project))
    _tell(_receivers(project), Kind.COMPLETED, project, now, version=made.number)
    return made


def needs_new_signature(project: Project, today: date) -> bool:
    """Whether more is asked for now than the manager has signed."""
    signed = queries.last_signed_version(project.id)
    figures = snapshot.figures_of(snapshot.calculation_in(snapshot.document_of(project, today)))
    return signed is None or figures.applied_amount > signed.applied_amount


def withdraw(actor: Viewer, project: Project, reason: str, now: datetime) -> None:
    """Take the application back for good."""
    require(policy.may_withdraw(actor, project))
    require(_said(reason, _l("Skriv varför ansökan återtas.")))
    came_in = project.submitted_at is not None
    move(actor, project, Action.WITHDRAW, now, note=reason)
    if came_in:
        _tell(_receivers(project), Kind.WITHDRAWN, project, now, reason=reason)


def _make_version(
    actor: Viewer, project: Project, now: datetime, *, signed_by_id: int, signed_at: datetime
) -> ApplicationVersion:
    document = snapshot.document_of(project, local_day(now))
    figures = snapshot.figures_of(snapshot.calculation_in(document))
    last = queries.newest_version(project.id)
    version = ApplicationVersion(
        project_id=project.id,
        number=last.number + 1 if last else 1,
        content=document,
        content_sha256=snapshot.sha256_of(document),
        submitted_at=now,
        submitted_by_id=project.leader_id,
        signed_at=signed_at,
        signed_by_id=signed_by_id,
        applied_amount=figures.applied_amount,
        total_cost=figures.total_cost,
        total_benefit=figures.total_benefit,
        net_present_value=figures.net_present_value,
        summary=document["sections"].get("summary", {}).get("summary", ""),
    )
    db.session.add(version)
    project.applied_amount = figures.applied_amount
    set_departments(actor, project, _taking_part(document["sections"].get("departments", {})), now)
    record(actor, "submit_version", version, note=str(version.number), now=now)
    return version


def _refuse_lacks(project: Project, now: datetime) -> None:
    found = completeness.lacks(project, local_day(now))
    if found:
        raise IncompleteError(found)


def _answered(open_questions: int) -> Verdict:
    if open_questions:
        return no(_l("Alla frågor är inte besvarade. Svara på dem i avsnitten och försök igen."))
    return YES


def _said(text: str, what_to_do: Any) -> Verdict:
    return YES if text.strip() else no(what_to_do)


def _round_takes_it(project: Project, today: date) -> Verdict:
    if project.round_id in {row.id for row in open_rounds(project.programme_id, today)}:
        return YES
    return no(
        _l(
            "Ansökningsomgången är stängd. Skicka tillbaka ansökan, så kan projektledaren välja en annan "
            "omgång. Inget av det som är skrivet går förlorat."
        )
    )


def _managers(project: Project) -> Iterator[int]:
    found = people_with_role(Role.MANAGER, project.lead_department_id)
    return (person.id for person in found if person.id != project.leader_id)


def _receivers(project: Project) -> list[int]:
    """The handler, or the whole secretariat as long as nobody has claimed the case; and the leader."""
    if project.handler_id is not None:
        return [project.handler_id, project.leader_id]
    return [project.leader_id, *(person.id for person in people_with_role(Role.SECRETARIAT))]


def _tell(person_ids: Any, kind: Kind, project: Project, now: datetime, **details: object) -> None:
    notify(person_ids, kind, project.id, now, title=project.title, **details)
