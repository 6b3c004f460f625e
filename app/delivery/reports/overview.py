"""The reports of a period, of all projects that the reader sees: lights, money, what is late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.accounts.access import Viewer
from app.accounts.models import Department
from app.core.reporting import IN, WRITTEN, Dimension, Light, ReportState
from app.db import Money, db
from app.delivery.reports.models import ReportPeriod, ReportVersion, StatusReport
from app.delivery.reports.queries import periods_of, with_periods
from app.programmes.queries import the_programme
from app.projects.models import Project
from app.projects.queries import visible_to
from app.web.pages import Page

ROWS = 25
"""Projects on a page: each has six lights, and a page is light to fetch."""


class Where(StrEnum):
    """Where the report of a project stands, as the list is divided."""

    LATE = "late"
    DUE = "due"
    IN = "in"
    READ = "read"
    APPROVED = "approved"


class Row(NamedTuple):
    """One project in the list."""

    project_id: int
    title: str
    case_number: str | None
    department: str
    state: str | None
    sent: int | None
    """The number of the newest version; None when nothing has been sent."""
    time_light: str | None
    cost_light: str | None
    scope_light: str | None
    quality_light: str | None
    benefits_light: str | None
    risk_light: str | None
    days_late: int | None
    budget: Decimal | None
    spent: Decimal | None
    forecast: Decimal | None

    @property
    def lights(self) -> list[str | None]:
        """In the order of the dimensions."""
        return [getattr(self, f"{dimension.value}_light") for dimension in Dimension]


@dataclass(frozen=True)
class Totals:
    """All reports of the period that the reader sees, whatever the list is narrowed to."""

    counts: Mapping[Where, int]
    lights: Mapping[Dimension, Mapping[Light, int]]
    budget: Decimal
    spent: Decimal
    forecast: Decimal

    @property
    def count(self) -> int:
        """How many projects report on the period."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class OverviewPage:
    """Everything on the page."""

    period: ReportPeriod | None
    periods: Sequence[ReportPeriod]
    where: Where | None
    rows: Sequence[Row]
    totals: Totals
    page: Page


NOTHING = Totals({}, {}, Decimal(0), Decimal(0), Decimal(0))


@dataclass(frozen=True)
class Asked:
    """What the address asks for: a period, a part of the list, a page of it."""

    period_id: int | None
    where: str
    number: int


def overview_page(viewer: Viewer, asked: Asked, today: date) -> OverviewPage:
    """Gather the page: the period that is asked for, else the last that is over, else the one that is not."""
    programme = the_programme()
    known = [row for row in (periods_of(programme.id) if programme else ()) if row.starts_on <= today]
    over = next((row for row in known if row.ends_on < today), known[0] if known else None)
    period = next((row for row in known if row.id == asked.period_id), over)
    narrowed = Where(asked.where) if asked.where in set(Where) else None
    if period is None:
        return OverviewPage(None, known, None, (), NOTHING, Page(1, 0))
    totals = _totals(viewer, period, today)
    count = totals.counts.get(narrowed, 0) if narrowed else totals.count
    page = Page(asked.number, count, ROWS).within()
    rows = _rows(viewer, period, today, narrowed, page)
    return OverviewPage(period, known, narrowed, rows, totals, page)


def newest_version() -> ColumnElement[bool]:
    """The version that was sent last."""
    last = (
        select(func.max(ReportVersion.number))
        .where(ReportVersion.report_id == StatusReport.id)
        .correlate(StatusReport)
        .scalar_subquery()
    )
    return and_(ReportVersion.report_id == StatusReport.id, ReportVersion.number == last)


def _standing(period: ReportPeriod, today: date) -> dict[Where, ColumnElement[bool]]:
    to_write = or_(StatusReport.id.is_(None), StatusReport.state.in_(sorted(WRITTEN)))
    late = period.due_on < today
    return {
        Where.LATE: to_write if late else StatusReport.id != StatusReport.id,
        Where.DUE: StatusReport.id != StatusReport.id if late else to_write,
        Where.IN: StatusReport.state == ReportState.SENT.value,
        Where.READ: StatusReport.state == ReportState.READ.value,
        Where.APPROVED: StatusReport.state == ReportState.APPROVED.value,
    }


def _rows(viewer: Viewer, period: ReportPeriod, today: date, where: Where | None, page: Page) -> list[Row]:
    lights = [getattr(ReportVersion, f"{dimension.value}_light") for dimension in Dimension]
    query = (
        with_periods(
            Project.id, Project.title, Project.case_number, Department.name, StatusReport.state,
            ReportVersion.number, *lights, ReportVersion.days_late, ReportVersion.budget, ReportVersion.spent,
            ReportVersion.forecast,
        )
        .join(Department, Department.id == Project.lead_department_id)
        .outerjoin(ReportVersion, newest_version())
        .where(ReportPeriod.id == period.id, visible_to(viewer))
        .order_by(Project.case_year, Project.case_serial, Project.id)
        .limit(page.size)
        .offset(page.offset)
    )  # fmt: skip
    if where is not None:
        query = query.where(_standing(period, today)[where])
    return [Row._make(row) for row in db.session.execute(query)]


def _totals(viewer: Viewer, period: ReportPeriod, today: date) -> Totals:
    lights = [getattr(ReportVersion, f"{dimension.value}_light") for dimension in Dimension]
    money = [
        func.coalesce(func.sum(column), 0, type_=Money())
        for column in (ReportVersion.budget, ReportVersion.spent, ReportVersion.forecast)
    ]
    query = (
        with_periods(StatusReport.state, *lights, func.count(), *money)
        .outerjoin(ReportVersion, newest_version())
        .where(ReportPeriod.id == period.id, visible_to(viewer))
        .group_by(StatusReport.state, *lights)
    )
    counts: Counter[Where] = Counter()
    shown: dict[Dimension, Counter[Light]] = {dimension: Counter() for dimension in Dimension}
    sums = [Decimal(0), Decimal(0), Decimal(0)]
    for state, *rest in db.session.execute(query):
        lit, count, amounts = rest[:6], rest[6], rest[7:]
        counts[_where(state, period, today)] += count
        for dimension, light in zip(Dimension, lit, strict=True):
            if light:
                shown[dimension][Light(light)] += count
        sums = [before + more for before, more in zip(sums, amounts, strict=True)]
    return Totals(counts, shown, *sums)


def _where(state: str | None, period: ReportPeriod, today: date) -> Where:
    if state is None or state in WRITTEN:
        return Where.LATE if period.due_on < today else Where.DUE
    if state in IN:
        return Where.IN if state == ReportState.SENT else Where.READ
    return Where.APPROVED
