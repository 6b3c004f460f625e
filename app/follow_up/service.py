"""What can be done with a follow-up: write, send, send back, approve; and closing a project at last."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.applications.snapshot import sha256_of
from app.closing.handover.afterwards import keep_found
from app.closing.handover.values import RestValues
from app.core.follow_up import Another, FollowUpAction, after
from app.core.handover import RestKind
from app.core.lacks import IncompleteError
from app.core.treated import Treated
from app.core.verdict import RefusedError, require
from app.core.workflow import Action, State
from app.db import db
from app.follow_up import gates, planning, policy, rules, told
from app.follow_up.beginning import from_the_record
from app.follow_up.content import Content, as_json, from_json
from app.follow_up.document import frozen
from app.follow_up.gathering import ground_of
from app.follow_up.ground import Ground
from app.follow_up.models import FollowUp, FollowUpRemark, FollowUpVersion
from app.follow_up.queries import FollowUpOf, FollowUpsOf
from app.follow_up.questions import Ask
from app.history.service import record
from app.history.told import differences_in
from app.projects import service as projects
from app.projects.obstacles import NotReadyError


def begun(found: FollowUpOf, ground: Ground) -> Content:
    """The follow-up as it stands, or as it begins."""
    kept = found.follow_up.content
    return from_json(kept) if kept is not None else from_the_record(ground)


def save(actor: Viewer, found: FollowUpOf, content: Content, now: datetime) -> None:
    """Keep the follow-up as far as it has come."""
    require(policy.may_write(actor, found))
    row, kept = found.follow_up, as_json(content)
    verb = "save_follow_up" if row.content is not None else "begin_follow_up"
    changes = differences_in(row.content or {}, kept)
    if changes:
        row.content = kept
        record(actor, verb, row, changes=changes, now=now)


def send(actor: Viewer, found: FollowUpOf, today: date, now: datetime) -> FollowUpVersion:
    """Send the follow-up: it is frozen as it stands. Raises IncompleteError."""
    require(policy.may_send(actor, found))
    ground = ground_of(found)
    content = begun(found, ground)
    lacks = rules.lacks_in(ground, content, found.follow_up.follows_on, today)
    if lacks:
        raise IncompleteError(lacks)
    save(actor, found, content, now)
    whole = frozen(ground, content, _case(actor, found))
    version = FollowUpVersion(
        follow_up_id=found.follow_up.id,
        project_id=found.project.id,
        number=len(found.versions) + 1,
        content=whole,
        content_sha256=sha256_of(whole),
        sent_at=now,
        sent_by_id=actor.id,
        digital=content.use.digital,
        works=content.text(Ask.WORKS),
    )
    db.session.add(version)
    record(actor, "freeze_follow_up", version, now=now)
    _move(actor, found.follow_up, FollowUpAction.SEND, None, now)
    told.sent(found.project, found.follow_up, now)
    return version


def _case(actor: Viewer, found: FollowUpOf) -> dict[str, Any]:
    project, row = found.project, found.follow_up
    return {
        "title": project.title,
        "case_number": project.case_number or "",
        "leader": project.leader.name,
        "lead_department": project.lead_department.name,
        "department": row.department.name,
        "manager": actor.name,
        "number": row.number,
        "months": row.months,
        "follows_on": row.follows_on.isoformat(),
        "due_on": row.due_on.isoformat(),
    }


def give_back(actor: Viewer, found: FollowUpOf, number: int, *, reason: str, now: datetime) -> None:
    """The follow-up comes back to be put right, and why."""
    if not reason.strip():
        raise RefusedError(_l("Skriv vad som behöver rättas."))
    require(policy.may_treat(actor, found))
    _answer(actor, found, number, (FollowUpAction.RETURN, reason), now)
    _move(actor, found.follow_up, FollowUpAction.RETURN, reason, now)
    told.returned(found.project, found.follow_up, reason, now)


def approve(actor: Viewer, found: FollowUpOf, number: int, *, words: str, now: datetime) -> None:
    """The follow-up stands as it is: what it found is on the rest list, and one more is planned if it asks
    for one. With the first that is approved the project is being followed up."""
    require(policy.may_treat(actor, found))
    version = _answer(actor, found, number, (FollowUpAction.APPROVE, words), now)
    _move(actor, found.follow_up, FollowUpAction.APPROVE, words or None, now)
    content = from_json(version.content["said"])
    _keep_remaining(actor, found, version, content, now)
    day = content.day(Ask.ANOTHER_ON)
    if content.text(Ask.ANOTHER) == Another.YES and day is not None:
        planning.plan_another(actor, found.project, found.follow_up, day, now)
    if State(found.project.state) is State.HANDED_OVER:
        projects.move(actor, found.project, Action.FOLLOW_UP, now)
    told.approved(found.project, found.follow_up, now)


def _keep_remaining(
    actor: Viewer, found: FollowUpOf, version: FollowUpVersion, content: Content, now: datetime
) -> None:
    """What was found is received already: whoever sent the follow-up manages the department that does it."""
    for row in content.remaining:
        if row.due_on is None:
            raise ValueError("what remains of a sent follow-up has its day")
        values = RestValues(
            kind=RestKind.FOLLOW_UP,
            text=row.text,
            department_id=found.follow_up.department_id,
            owner=row.owner,
            due_on=row.due_on,
        )
        keep_found(
            actor, found.project, values, held_by_id=version.sent_by_id, said_at=version.sent_at, now=now
        )


def _answer(
    actor: Viewer, found: FollowUpOf, number: int, said: tuple[FollowUpAction, str], now: datetime
) -> FollowUpVersion:
    """Note what is said of the version that the reader has read."""
    version = found.newest
    if version is None or version.number != number:
        raise RefusedError(_l("Uppföljningen har skickats på nytt. Läs den nya."))
    action, text = said
    remark = FollowUpRemark(
        version_id=version.id,
        project_id=found.project.id,
        kind=action.value,
        text=text,
        at=now,
        author_id=actor.id,
    )
    db.session.add(remark)
    record(actor, "remark_on_follow_up", remark, now=now)
    return version


def _move(actor: Viewer, row: FollowUp, action: FollowUpAction, note: str | None, now: datetime) -> None:
    target = after(Treated(row.state), action)
    if target is None:
        raise RefusedError(policy.GONE_ON)
    row.state, row.state_since = target.value, now
    record(actor, action.value, row, note=note, now=now)


def close(actor: Viewer, found: FollowUpsOf, words: str, now: datetime) -> None:
    """The project is closed: nothing of it is missing any more. Raises NotReadyError."""
    project = found.project
    require(policy.may_close(actor, project))
    obstacles = gates.obstacles_to_close(project)
    if obstacles:
        raise NotReadyError(obstacles)
    projects.move(actor, project, Action.CLOSE, now, note=words or None)
    told.closed(project, [row.follow_up for row in found.all], now)
