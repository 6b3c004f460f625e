"""What can be done with costs and hours: enter them, void what was wrong, judge time that nobody keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.core.clock import local_day
from app.core.costs import Financier
from app.core.spending import AmountDiffersError, NothingError, amount_of
from app.core.verdict import RefusedError, require
from app.db import db
from app.delivery.costs import policy
from app.delivery.costs.models import CostEntry, CostVoid, EffortAssessment
from app.delivery.costs.queries import EffortOf, EntryOf
from app.delivery.costs.values import AssessmentValues, EntryValues
from app.delivery.plans.models import BudgetLine, EffortLine
from app.delivery.plans.queries import budget_of, effort_of
from app.history.service import record
from app.projects.models import Project

__all__ = ["AmountDiffersError", "DayError", "NothingError", "assess", "enter", "void"]


class DayError(ValueError):
    """A day that has not come."""


@dataclass(frozen=True)
class Lines:
    """The lines of a project's plan, by their numbers."""

    budget: dict[int, BudgetLine]
    effort: dict[int, EffortLine]


def lines_of(project: Project) -> Lines:
    """What can be booked on."""
    return Lines(
        {line.id: line for line in budget_of(project.id)}, {line.id: line for line in effort_of(project.id)}
    )


def enter(actor: Viewer, project: Project, entries: Sequence[EntryValues], now: datetime) -> list[CostEntry]:
    """Enter what was paid and worked, all of it or nothing.

    Raises DayError for a day that has not come, AmountDiffersError where a stated amount is not hours times
    rate, NothingError for an entry of nothing, LookupError for a line that the plan does not have.
    """
    require(policy.may_enter(actor, project))
    lines = lines_of(project)
    rows = [_entry(actor, project, values, lines, now) for values in entries]
    for row in rows:
        db.session.add(row)
        record(actor, "enter_cost", row, note=row.activity, now=now)
    return rows


def _entry(actor: Viewer, project: Project, values: EntryValues, lines: Lines, now: datetime) -> CostEntry:
    if values.booked_on > local_day(now):
        raise DayError
    line = lines.budget[values.budget_line_id] if values.budget_line_id is not None else None
    effort = lines.effort[values.effort_line_id] if values.effort_line_id is not None else None
    return CostEntry(
        project_id=project.id,
        booked_on=values.booked_on,
        activity=values.activity,
        role=effort.role if effort else values.role,
        budget_line_id=values.budget_line_id,
        effort_line_id=values.effort_line_id,
        hours=values.hours,
        rate=values.rate,
        amount=amount_of(values.hours, values.rate, values.amount),
        financier=(Financier(line.financier) if line else values.financier).value,
        entered_at=now,
        entered_by_id=actor.id,
    )


def void(actor: Viewer, found: EntryOf, *, reason: str, now: datetime) -> CostVoid:
    """Say that an entry does not count, and why. It stays in the list."""
    require(policy.may_void(actor, found))
    if not reason.strip():
        raise RefusedError(_l("Skriv varför posten makuleras."))
    row = CostVoid(
        project_id=found.project.id,
        entry_id=found.entry.id,
        reason=reason,
        voided_at=now,
        voided_by_id=actor.id,
    )
    db.session.add(row)
    record(actor, "void_cost", row, note=f"{found.entry.activity}: {reason}", now=now)
    return row


def assess(actor: Viewer, found: EffortOf, values: AssessmentValues, now: datetime) -> EffortAssessment:
    """Say how much a role has worked, all in all, up to a day. Raises DayError, NothingError."""
    require(policy.may_assess(actor, found))
    if values.until > local_day(now):
        raise DayError
    if values.low is None and values.share is None:
        raise NothingError
    row = EffortAssessment(
        project_id=found.project.id,
        effort_line_id=found.line.id,
        until=values.until,
        hours_low=values.low,
        hours_high=values.high,
        share=values.share,
        note=values.note,
        assessed_at=now,
        assessed_by_id=actor.id,
    )
    db.session.add(row)
    record(actor, "assess_effort", row, note=found.line.role, now=now)
    return row
