"""Reading what a project has cost and how much was worked. Only what stands is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, extract, func, select
from sqlalchemy.orm import joinedload

from app.accounts.access import Viewer
from app.core.costs import Financier
from app.core.spending import Actuals, Assessed, Sum
from app.db import Money, Quantity, db
from app.delivery.costs.models import CostEntry, CostVoid, EffortAssessment
from app.delivery.plans.models import EffortLine
from app.projects.models import Project
from app.projects.queries import project_for


def stands() -> ColumnElement[bool]:
    """The entry counts: nobody has voided it."""
    return ~select(CostVoid.id).where(CostVoid.entry_id == CostEntry.id).exists()


def actuals_of(project_id: int, until: date) -> Actuals:
    """What the project has cost and how much was worked, booked on that day at the latest."""
    year = extract("year", CostEntry.booked_on)
    key = (CostEntry.budget_line_id, CostEntry.effort_line_id, CostEntry.financier, year)
    has_rate = CostEntry.rate.is_not(None)
    query = (
        select(
            *key,
            _sum(CostEntry.amount, Money()),
            _sum(CostEntry.hours, Quantity()),
            _sum(case((has_rate, CostEntry.amount), else_=0), Money()),
            _sum(case((has_rate, CostEntry.hours), else_=0), Quantity()),
        )
        .where(CostEntry.project_id == project_id, CostEntry.booked_on <= until, stands())
        .group_by(*key)
        .order_by(*key)
    )
    sums = [
        Sum(line, effort, Financier(financier), int(of_year), *numbers)
        for line, effort, financier, of_year, *numbers in db.session.execute(query)
    ]
    return Actuals(sums, assessments_of(project_id, until))


def _sum(column: Any, kind: Money | Quantity) -> ColumnElement[Decimal]:
    return func.coalesce(func.sum(column), 0, type_=kind)


def assessments_of(project_id: int, until: date) -> dict[int, Assessed]:
    """The newest assessment of each role up to that day, by the number of its line."""
    query = (
        select(EffortAssessment)
        .where(EffortAssessment.project_id == project_id, EffortAssessment.until <= until)
        .order_by(EffortAssessment.until, EffortAssessment.id)
    )
    return {
        row.effort_line_id: Assessed(row.until, row.hours_low, row.hours_high, row.share, row.note)
        for row in db.session.scalars(query)
    }


# --- entries ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class EntryOf:
    """An entry and the project that it belongs to."""

    project: Project
    entry: CostEntry


def _in_full() -> Select[CostEntry]:
    return select(CostEntry).options(
        joinedload(CostEntry.budget_line),
        joinedload(CostEntry.entered_by),
        joinedload(CostEntry.void).joinedload(CostVoid.voided_by),
    )


def entries_of(project_id: int, *, limit: int, offset: int) -> tuple[Sequence[CostEntry], int]:
    """A page of the entries, the newest day first, voided ones too; and how many there are in all."""
    mine = CostEntry.project_id == project_id
    page = _in_full().where(mine).order_by(CostEntry.booked_on.desc(), CostEntry.id.desc())
    rows = db.session.scalars(page.limit(limit).offset(offset)).all()
    count = db.session.scalar(select(func.count(CostEntry.id)).where(mine)) or 0
    return rows, count


def entry_for(viewer: Viewer, project_id: int, entry_id: int) -> EntryOf | None:
    """One entry of a project that the viewer sees."""
    project = project_for(viewer, project_id)
    if project is None:
        return None
    query = _in_full().where(CostEntry.project_id == project_id, CostEntry.id == entry_id)
    found = db.session.scalar(query)
    return EntryOf(project, found) if found else None


def is_voided(entry_id: int) -> bool:
    """Whether an entry counts no longer."""
    return db.session.scalar(select(CostVoid.id).where(CostVoid.entry_id == entry_id)) is not None


# --- roles -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class EffortOf:
    """A planned role and the project that it belongs to."""

    project: Project
    line: EffortLine
    last: EffortAssessment | None
    """The assessment that covers the longest time."""


def effort_for(viewer: Viewer, project_id: int, effort_id: int) -> EffortOf | None:
    """One planned role of a project that the viewer sees."""
    project = project_for(viewer, project_id)
    if project is None:
        return None
    mine = and_(EffortLine.project_id == project_id, EffortLine.id == effort_id)
    line = db.session.scalar(select(EffortLine).where(mine))
    if line is None:
        return None
    newest = (EffortAssessment.until.desc(), EffortAssessment.id.desc())
    query = select(EffortAssessment).where(EffortAssessment.effort_line_id == effort_id)
    return EffortOf(project, line, db.session.scalar(query.order_by(*newest).limit(1)))
