"""Reading periods and reports, always only of projects that the viewer may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, false, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.core.calendar import DAYS_AFTER, Reminder
from app.core.reporting import IN, WRITTEN, ReportState
from app.core.workflow import COMPLETED, State
from app.db import db
from app.delivery.costs.queries import actuals_of
from app.delivery.plans import document as plans
from app.delivery.plans.models import Baseline
from app.delivery.plans.queries import baselines_of, current_plan
from app.delivery.reports.document import Ground, RiskSaid
from app.delivery.reports.models import ReportPeriod, ReportRemark, ReportVersion, StatusReport
from app.delivery.reports.parts import Part, parts_of
from app.delivery.risks import queries as risks
from app.projects.models import Project
from app.projects.queries import free_of_interest, project_for, visible_to

ASKED_DAYS_BEFORE = -DAYS_AFTER[Reminder.SOON]
"""So long before it is due a report waits for its writer."""


def periods_of(programme_id: int) -> Sequence[ReportPeriod]:
    """The programme's periods, the newest first."""
    query = select(ReportPeriod).where(ReportPeriod.programme_id == programme_id)
    return db.session.scalars(query.order_by(ReportPeriod.ends_on.desc())).all()


@dataclass(frozen=True)
class ReportOf:
    """A project's report on a period: there may be none yet."""

    project: Project
    period: ReportPeriod
    report: StatusReport | None
    versions: Sequence[ReportVersion]
    remarks: Sequence[ReportRemark]

    @property
    def state(self) -> ReportState | None:
        """Where it stands; None when nobody has begun it."""
        return ReportState(self.report.state) if self.report else None

    @property
    def newest(self) -> ReportVersion | None:
        """What was sent last."""
        return self.versions[-1] if self.versions else None

    def late(self, today: date) -> bool:
        """It should have been sent by now."""
        return self.period.due_on < today and (self.state is None or self.state in WRITTEN)


def report_for(viewer: Viewer, project_id: int, period_id: int) -> ReportOf | None:
    """The report on a period of a project that the viewer sees. Made for `requires(..., load=…)`."""
    project = project_for(viewer, project_id)
    if project is None:
        return None
    period = db.session.get(ReportPeriod, period_id)
    if period is None or period.programme_id != project.programme_id or not _asked_of(project, period):
        return None
    return _report_of(project, period)


@dataclass(frozen=True)
class OpenPart:
    """A part of a report that is written, and what the record knows."""

    found: ReportOf
    part: Part
    ground: Ground


def part_for(viewer: Viewer, project_id: int, period_id: int, part: str) -> OpenPart | None:
    """A part of the report on a period of a project that the viewer sees."""
    found = report_for(viewer, project_id, period_id)
    if found is None:
        return None
    ground = ground_of(found.project, found.period)
    asked = next((row for row in parts_of(ground.plan) if row.address == part), None)
    return OpenPart(found, asked, ground) if asked else None


def _asked_of(project: Project, period: ReportPeriod) -> bool:
    started = started_on(project.id)
    return started is not None and started <= period.ends_on


def started_on(project_id: int) -> date | None:
    """The day on which the project's first plan was established."""
    query = select(Baseline.established_on).where(Baseline.project_id == project_id, Baseline.number == 1)
    return db.session.scalar(query)


def _report_of(project: Project, period: ReportPeriod) -> ReportOf:
    query = select(StatusReport).where(
        StatusReport.project_id == project.id, StatusReport.period_id == period.id
    )
    report = db.session.scalar(query)
    versions = versions_of(report.id) if report else []
    return ReportOf(project, period, report, versions, _remarks_of([row.id for row in versions]))


def versions_of(report_id: int) -> Sequence[ReportVersion]:
    """What has been sent, the first first."""
    query = (
        select(ReportVersion)
        .where(ReportVersion.report_id == report_id)
        .options(joinedload(ReportVersion.sent_by))
        .order_by(ReportVersion.number)
    )
    return db.session.scalars(query).all()


def _remarks_of(version_ids: Sequence[int]) -> Sequence[ReportRemark]:
    query = (
        select(ReportRemark)
        .where(ReportRemark.version_id.in_(version_ids))
        .options(joinedload(ReportRemark.author))
        .order_by(ReportRemark.id)
    )
    return db.session.scalars(query).all() if version_ids else []


def reports_of(project: Project, today: date) -> list[ReportOf]:
    """The project's reports, the newest period first; until it has ended, with those still to be written."""
    started = started_on(project.id)
    if started is None:
        return []
    asked = [
        period
        for period in periods_of(project.programme_id)
        if period.ends_on >= started and period.starts_on <= today
    ]
    found = [_report_of(project, period) for period in asked]
    ended = State(project.state) in COMPLETED
    return [one for one in found if one.report or not ended]


def newest_of(project: Project, today: date) -> list[ReportVersion]:
    """What was sent last on each period, the earliest first."""
    return [found.newest for found in reversed(reports_of(project, today)) if found.newest]


def last_sent_before(project_id: int, period: ReportPeriod) -> ReportVersion | None:
    """The newest version of the report on the period before this one that has a report."""
    query = (
        select(ReportVersion)
        .join(StatusReport, StatusReport.id == ReportVersion.report_id)
        .join(ReportPeriod, ReportPeriod.id == StatusReport.period_id)
        .where(StatusReport.project_id == project_id, ReportPeriod.ends_on < period.ends_on)
        .order_by(ReportPeriod.ends_on.desc(), ReportVersion.number.desc())
        .limit(1)
    )
    return db.session.scalar(query)


def ground_of(project: Project, period: ReportPeriod) -> Ground:
    """What a report on the period is held against now. Raises LookupError without a plan."""
    plan, baselines = current_plan(project.id), baselines_of(project.id)
    if plan is None or not baselines:
        raise LookupError(f"project {project.id} has no established plan")
    return Ground(
        plan,
        plans.from_json(baselines[0].content),
        period.name,
        period.starts_on,
        period.ends_on,
        period.due_on,
        baselines[-1].number,
        risks.top_score(project.id),
        [RiskSaid(row.text, row.score, row.action, row.owner) for row in risks.top_open(project.id)],
        actuals_of(project.id, period.ends_on).outside_plan,
    )


# --- what waits ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class WaitingReport:
    """A report that waits for the viewer."""

    project_id: int
    title: str
    case_number: str | None
    period_id: int
    period: str
    due_on: date
    state: ReportState | None

    def late(self, today: date) -> bool:
        """It should have been sent by now."""
        return self.due_on < today and (self.state is None or self.state in WRITTEN)


def with_periods(*columns: Any) -> Select[Any]:
    """Projects that run, with the periods that they report on and their reports on them, if there are any.

    Of a project that pauses or has ended, what it has sent: nothing more is expected of it."""
    return (
        select(*columns)
        .select_from(Project)
        .join(Baseline, and_(Baseline.project_id == Project.id, Baseline.number == 1))
        .join(
            ReportPeriod,
            and_(
                ReportPeriod.programme_id == Project.programme_id,
                ReportPeriod.ends_on >= Baseline.established_on,
            ),
        )
        .outerjoin(
            StatusReport,
            and_(StatusReport.project_id == Project.id, StatusReport.period_id == ReportPeriod.id),
        )
        .where(or_(Project.state == State.RUNNING.value, StatusReport.state.not_in(sorted(WRITTEN))))
    )


def waiting_for(viewer: Viewer, today: date, *, limit: int) -> list[WaitingReport]:
    """The reports in which it is the viewer's turn, the earliest due first."""
    return _found(_waiting().where(visible_to(viewer), _my_turn(viewer, today)).limit(limit))


def open_in(project_id: int, today: date) -> list[WaitingReport]:
    """The project's reports on periods that have begun, that are to be written or answered: the earliest due
    first."""
    settled = StatusReport.state == ReportState.APPROVED.value
    mine = Project.id == project_id
    return _found(
        _waiting().where(mine, ReportPeriod.starts_on <= today, or_(StatusReport.id.is_(None), ~settled))
    )


def _waiting() -> Select[Any]:
    columns = (
        Project.id, Project.title, Project.case_number,
        ReportPeriod.id, ReportPeriod.name, ReportPeriod.due_on, StatusReport.state,
    )  # fmt: skip
    return with_periods(*columns).order_by(ReportPeriod.due_on, Project.id)


def _found(query: Select[Any]) -> list[WaitingReport]:
    return [
        WaitingReport(number, title, case, period, name, due, ReportState(state) if state else None)
        for number, title, case, period, name, due, state in db.session.execute(query)
    ]


def _to_write(today: date) -> ColumnElement[bool]:
    """Its day is near or has passed, and it has not been sent."""
    soon = ReportPeriod.due_on <= today + timedelta(days=ASKED_DAYS_BEFORE)
    return soon & or_(StatusReport.id.is_(None), StatusReport.state.in_(sorted(WRITTEN)))


def owed_reports(today: date) -> Sequence[Row[int, str, int, int, int, str, date]]:
    """Of every project whose report is to be written: its number, its title, its leader, its department, the
    period's number and name, and the day."""
    columns = (
        Project.id, Project.title, Project.leader_id, Project.lead_department_id,
        ReportPeriod.id, ReportPeriod.name, ReportPeriod.due_on,
    )  # fmt: skip
    return db.session.execute(with_periods(*columns).where(_to_write(today))).all()


def _my_turn(viewer: Viewer, today: date) -> ColumnElement[bool]:
    grounds = [(Project.leader_id == viewer.id) & _to_write(today)]
    if viewer.has(Role.SECRETARIAT):
        grounds.append(StatusReport.state.in_(sorted(IN)) & free_of_interest(viewer))
    return or_(false(), *grounds)
