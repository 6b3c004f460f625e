"""Reading the programme's reports: those who do not write them know of no more than what is issued."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, func, literal, select
from sqlalchemy.orm import contains_eager, joinedload

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.core.programme_report import ReportKind, Span
from app.db import db
from app.delivery.reports.models import ReportPeriod
from app.programme_report.models import ProgrammeReport, ProgrammeReportVersion
from app.programme_report.questions import Part
from app.programmes.models import Programme, ProgrammeGoal
from app.programmes.queries import goals_of


@dataclass(frozen=True)
class ReportOf:
    """A report, and every version of it that was issued, the oldest first."""

    report: ProgrammeReport
    versions: Sequence[ProgrammeReportVersion]
    may_be_written: bool
    """Whoever reads it knows what is being written."""

    @property
    def programme(self) -> Programme:
        """Whose report it is."""
        return self.report.programme

    @property
    def kind(self) -> ReportKind:
        """What it is about."""
        return ReportKind(self.report.kind)

    @property
    def span(self) -> Span:
        """The time that it is about."""
        return Span(self.report.starts_on, self.report.ends_on)

    @property
    def is_being_written(self) -> bool:
        """Whether there is a draft."""
        return self.report.content is not None

    @property
    def newest(self) -> ProgrammeReportVersion | None:
        """What was issued last."""
        return self.versions[-1] if self.versions else None


def report_for(viewer: Viewer, report_id: int) -> ReportOf | None:
    """A report, if the viewer may know of it: others than its writers when something is issued. Made for
    `requires(..., load=report_for)`."""
    query = (
        select(ProgrammeReport)
        .where(ProgrammeReport.id == report_id)
        .options(joinedload(ProgrammeReport.programme))
    )
    report = db.session.scalar(query)
    writes = viewer.has(Role.SECRETARIAT)
    versions = _versions(report_id)
    if report is None or not (writes or versions):
        return None
    return ReportOf(report, versions, writes)


def _versions(report_id: int) -> Sequence[ProgrammeReportVersion]:
    mine = ProgrammeReportVersion
    query = select(mine).where(mine.report_id == report_id).options(joinedload(mine.issued_by))
    return db.session.scalars(query.order_by(mine.number)).all()


@dataclass(frozen=True)
class VersionOf:
    """One version of a report, as it was issued."""

    found: ReportOf
    version: ProgrammeReportVersion

    @property
    def before(self) -> ProgrammeReportVersion | None:
        """The version before it."""
        return next((row for row in self.found.versions if row.number == self.version.number - 1), None)


def version_for(viewer: Viewer, report_id: int, number: int) -> VersionOf | None:
    """A version of a report that the viewer may know of."""
    found = report_for(viewer, report_id)
    version = next((row for row in found.versions if row.number == number), None) if found else None
    return VersionOf(found, version) if found and version else None


def later_version_for(viewer: Viewer, report_id: int, number: int) -> VersionOf | None:
    """The same of one that follows another, with which it can be compared."""
    found = version_for(viewer, report_id, number)
    return found if found and found.before else None


@dataclass(frozen=True)
class PartOf:
    """A part of a report that is opened to be written."""

    found: ReportOf
    part: Part
    goals: Sequence[ProgrammeGoal]


def part_for(viewer: Viewer, report_id: int, part: str) -> PartOf | None:
    """A part of a report that the viewer may know of."""
    found = report_for(viewer, report_id)
    if found is None or part not in set(Part):
        return None
    return PartOf(found, Part(part), goals_of(found.programme.id))


@dataclass(frozen=True, slots=True)
class Listed:
    """A report in the list."""

    report: ProgrammeReport
    number: int | None
    """Of the version that was issued last; None while none is."""
    as_at: date | None
    issued_at: datetime | None


def listed(viewer: Viewer) -> list[Listed]:
    """The reports that the viewer may know of: the latest programme first, then the latest time."""
    mine, version = ProgrammeReport, ProgrammeReportVersion
    newest = select(func.max(version.id).label("id")).group_by(version.report_id).subquery()
    query = (
        select(mine, version.number, version.as_at, version.issued_at)
        .join(mine.programme)
        .outerjoin(version, and_(version.report_id == mine.id, version.id.in_(select(newest.c.id))))
        .where(version.id.is_not(None) | literal(viewer.has(Role.SECRETARIAT)))
        .order_by(Programme.starts_on.desc(), Programme.id.desc(), mine.ends_on.desc(), mine.id.desc())
        .options(contains_eager(mine.programme))
    )
    return [Listed(*row) for row in db.session.execute(query)]


def report_on(programme_id: int, kind: ReportKind, year: int) -> ProgrammeReport | None:
    """The programme's report of this kind and year, if it is begun."""
    mine = ProgrammeReport
    return db.session.scalar(
        select(mine).where(mine.programme_id == programme_id, mine.kind == kind.value, mine.year == year)
    )


def due_day(programme_id: int, ends_on: date) -> date | None:
    """The day by which projects were to report on the period that ends then."""
    query = select(ReportPeriod.due_on).where(
        ReportPeriod.programme_id == programme_id, ReportPeriod.ends_on == ends_on
    )
    return db.session.scalar(query)


def issued_before(report: ProgrammeReport) -> ProgrammeReportVersion | None:
    """What the programme issued last of the time before this report's end, in any other report."""
    mine = ProgrammeReportVersion
    query = (
        select(mine)
        .join(ProgrammeReport, ProgrammeReport.id == mine.report_id)
        .where(
            mine.programme_id == report.programme_id,
            mine.report_id != report.id,
            ProgrammeReport.ends_on <= report.ends_on,
        )
        .order_by(ProgrammeReport.ends_on.desc(), mine.as_at.desc(), mine.id.desc())
        .limit(1)
    )
    return db.session.scalar(query)


def issued_by(programme_id: int) -> Sequence[tuple[ProgrammeReport, ProgrammeReportVersion]]:
    """Every version that the programme has issued: by the time that each report is about, then by number."""
    mine, version = ProgrammeReport, ProgrammeReportVersion
    query = (
        select(mine, version)
        .join(version, version.report_id == mine.id)
        .where(mine.programme_id == programme_id)
        .order_by(mine.ends_on, mine.id, version.number)
    )
    return [(report, issued) for report, issued in db.session.execute(query)]
