"""Ticking conditions off: the project leader shows that one is met, the secretariat agrees or does not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from flask_babel import lazy_gettext as _l

from app.accepted.attached import said_of
from app.accepted.taking_in import TakenIn
from app.accounts.access import Viewer
from app.accounts.models import Role
from app.accounts.queries import people_with_role
from app.core.clock import local_day
from app.core.conditions import ConditionAction, after
from app.core.verdict import RefusedError, require
from app.db import db
from app.delivery.conditions import policy
from app.delivery.conditions.models import (
    ConditionAssessment,
    ConditionProgress,
    ConditionProof,
    ConditionReport,
)
from app.delivery.conditions.queries import ConditionOf
from app.history.service import record
from app.notifications.models import Kind
from app.notifications.service import notify
from app.projects.models import Project

TOLD_OF_A_CONDITION = 120
"""Signs of a condition that a notification repeats."""


class NotYetError(ValueError):
    """The condition is said to be met from a day that has not come."""


def report(
    actor: Viewer, found: ConditionOf, *, text: str, met_on: date, files: Sequence[TakenIn], now: datetime
) -> ConditionReport:
    """Say that the condition is met, and show it. Raises NotYetError."""
    require(policy.may_report(actor, found))
    if met_on > local_day(now):
        raise NotYetError
    project, latest = found.project, found.latest
    told = ConditionReport(
        project_id=project.id,
        condition_id=found.condition.id,
        number=latest.number + 1 if latest else 1,
        text=text,
        met_on=met_on,
        reported_by_id=actor.id,
        reported_at=now,
    )
    db.session.add(told)
    record(actor, "write_condition_report", told, now=now)
    for file in files:
        proof = ConditionProof(project_id=project.id, report_id=told.id, **said_of(file))
        db.session.add(proof)
        record(actor, "add_proof", proof, now=now)
    _move(actor, found, ConditionAction.REPORT, text, now)
    _tell(_secretariat(project), Kind.CONDITION_REPORTED, found, now)
    return told


def approve(actor: Viewer, found: ConditionOf, report_id: int, *, note: str = "", now: datetime) -> None:
    """The condition is met, for good, as this report shows."""
    _assess(actor, found, report_id, (ConditionAction.APPROVE, note), now)
    _tell([found.project.leader_id], Kind.CONDITION_APPROVED, found, now)


def give_back(actor: Viewer, found: ConditionOf, report_id: int, *, reason: str, now: datetime) -> None:
    """What this report shows is not enough, and why."""
    if not reason.strip():
        raise RefusedError(_l("Skriv vad som saknas för att villkoret ska vara uppfyllt."))
    _assess(actor, found, report_id, (ConditionAction.RETURN, reason), now)
    _tell([found.project.leader_id], Kind.CONDITION_RETURNED, found, now, reason=reason)


def _assess(
    actor: Viewer, found: ConditionOf, report_id: int, said: tuple[ConditionAction, str], now: datetime
) -> None:
    action, reason = said
    require(policy.may_assess(actor, found))
    if found.latest is None or found.latest.id != report_id:
        raise RefusedError(_l("Projektledaren har redovisat villkoret på nytt. Läs den nya redovisningen."))
    assessment = ConditionAssessment(
        project_id=found.project.id,
        report_id=report_id,
        approved=action is ConditionAction.APPROVE,
        reason=reason,
        assessed_by_id=actor.id,
        assessed_at=now,
    )
    db.session.add(assessment)
    record(actor, "assess_condition", assessment, now=now)
    _move(actor, found, action, reason, now)


def _move(actor: Viewer, found: ConditionOf, action: ConditionAction, note: str, now: datetime) -> None:
    """The only function that changes where a condition stands."""
    target = after(found.state, action)
    if target is None:
        raise RefusedError(_l("Villkoret har gått vidare, så det går inte att göra nu. Ladda om sidan."))
    progress = found.progress or ConditionProgress(
        condition_id=found.condition.id, project_id=found.project.id
    )
    progress.state, progress.state_since = target.value, now
    db.session.add(progress)
    record(actor, action.value, progress, note=note, now=now)


def _secretariat(project: Project) -> list[int]:
    """Who handles the case; everybody in the secretariat when nobody does."""
    if project.handler_id is not None:
        return [project.handler_id]
    return [person.id for person in people_with_role(Role.SECRETARIAT)]


def _tell(person_ids: Sequence[int], kind: Kind, found: ConditionOf, now: datetime, **more: object) -> None:
    told = {"title": found.project.title, "condition": told_of(found.condition.text), **more}
    notify(person_ids, kind, found.project.id, now, **told)


def told_of(text: str) -> str:
    """As much of a condition as a notification repeats."""
    return text if len(text) <= TOLD_OF_A_CONDITION else f"{text[:TOLD_OF_A_CONDITION].rstrip()} …"
