"""Reports of programmes that the secretariat is to issue: of the time that ended last, and those begun."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, func, select
from sqlalchemy.orm import joinedload

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.core.programme_report import ReportKind, Span, due_after, kind_of, span_of
from app.db import db
from app.delivery.reports.models import ReportPeriod
from app.programme_report.models import ProgrammeReport, ProgrammeReportVersion
from app.programmes.models import Programme


class OwedReport(NamedTuple):
    """A report that is to be issued."""

    programme_id: int
    programme: str
    kind: ReportKind
    year: int
    span: Span
    report_id: int | None
    """None: nobody has begun on it."""
    period_id: int | None = None
    due_on: date | None = None
    """None, and no period: it is being written without a day, a later version or an evaluation."""

    def late(self, today: date) -> bool:
        """Whether its day has passed."""
        return self.due_on is not None and self.due_on < today


def owed(today: date) -> Iterator[OwedReport]:
    """Of each programme the report on the period that ended last, as long as nothing is issued of it. When
    the next period ends, that one is to be reported on instead."""
    reports, told = _of_year_before(today), _issued()
    for period, programme in _last_periods(today):
        kind = kind_of(period.ends_on)
        if kind is None:
            continue
        year = period.ends_on.year
        span = span_of(kind, year, Span(programme.starts_on, programme.ends_on))
        report = reports.get((programme.id, kind, year))
        runs = span.starts_on <= programme.ends_on and programme.starts_on <= span.ends_on
        if runs and (report is None or report.id not in told):
            yield OwedReport(
                programme.id, programme.name, kind, year, span, report.id if report else None, period.id,
                due_after(period.due_on),
            )  # fmt: skip


def to_write(viewer: Viewer, today: date) -> list[OwedReport]:
    """What whoever writes reports has to do: what is owed, the earliest due first, then what is begun."""
    if not viewer.has(Role.SECRETARIAT):
        return []
    due = sorted(owed(today), key=lambda row: (row.due_on or today, row.programme_id))
    there = {row.report_id for row in due}
    begun = (row for row in _being_written() if row.id not in there)
    return [*due, *map(_begun, begun)]


def _begun(report: ProgrammeReport) -> OwedReport:
    return OwedReport(
        report.programme_id, report.programme.name, ReportKind(report.kind), report.year,
        Span(report.starts_on, report.ends_on), report.id,
    )  # fmt: skip


def _last_periods(today: date) -> Sequence[tuple[ReportPeriod, Programme]]:
    last = (
        select(ReportPeriod.programme_id, func.max(ReportPeriod.ends_on).label("ends_on"))
        .where(ReportPeriod.ends_on < today)
        .group_by(ReportPeriod.programme_id)
        .subquery()
    )
    mine = and_(ReportPeriod.programme_id == last.c.programme_id, ReportPeriod.ends_on == last.c.ends_on)
    query = select(ReportPeriod, Programme).join(last, mine)
    query = query.join(Programme, Programme.id == ReportPeriod.programme_id)
    return [(period, programme) for period, programme in db.session.execute(query.order_by(Programme.id))]


def _of_year_before(today: date) -> dict[tuple[int, ReportKind, int], ProgrammeReport]:
    query = select(ProgrammeReport).where(ProgrammeReport.year >= today.year - 1).order_by(ProgrammeReport.id)
    return {(row.programme_id, ReportKind(row.kind), row.year): row for row in db.session.scalars(query)}


def _issued() -> set[int]:
    return set(db.session.scalars(select(ProgrammeReportVersion.report_id).distinct().order_by("report_id")))


def _being_written() -> Sequence[ProgrammeReport]:
    mine = ProgrammeReport
    query = select(mine).where(mine.content.is_not(None)).options(joinedload(mine.programme))
    return db.session.scalars(query.order_by(mine.ends_on, mine.id)).all()
