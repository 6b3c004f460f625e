"""Reading final reports, always only of projects that the viewer may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.access import Viewer
from app.accounts.models import Department, Role
from app.closing.final_report.gathering import ground_of
from app.closing.final_report.ground import Ground
from app.closing.final_report.models import FinalReport, FinalReportRemark, FinalReportVersion
from app.closing.final_report.sections import Section, sections_for
from app.core.final_report import FinalState
from app.core.treated import WRITTEN
from app.core.workflow import State
from app.db import db
from app.projects.models import Project
from app.projects.queries import free_of_interest, project_for, visible_to

BEING_ENDED = (State.CLOSING.value, State.TERMINATING.value)


@dataclass(frozen=True)
class FinalReportOf:
    """A project's final report: there may be none yet."""

    project: Project
    report: FinalReport | None
    versions: Sequence[FinalReportVersion]
    remarks: Sequence[FinalReportRemark]

    @property
    def state(self) -> FinalState | None:
        """Where it stands; None when nobody has begun it."""
        return FinalState(self.report.state) if self.report else None

    @property
    def newest(self) -> FinalReportVersion | None:
        """What was sent last."""
        return self.versions[-1] if self.versions else None

    def remark_on(self, version: FinalReportVersion) -> FinalReportRemark | None:
        """What was said of a version."""
        return next((row for row in self.remarks if row.version_id == version.id), None)


def final_report_of(project: Project) -> FinalReportOf:
    """The project's final report with everything that was sent and said of it."""
    report = db.session.scalar(select(FinalReport).where(FinalReport.project_id == project.id))
    return FinalReportOf(project, report, _versions(project.id), _remarks(project.id))


def final_report_for(viewer: Viewer, project_id: int) -> FinalReportOf | None:
    """The final report of a project that the viewer sees. Made for `requires(..., load=…)`."""
    project = project_for(viewer, project_id)
    return final_report_of(project) if project else None


def _versions(project_id: int) -> Sequence[FinalReportVersion]:
    query = (
        select(FinalReportVersion)
        .where(FinalReportVersion.project_id == project_id)
        .options(joinedload(FinalReportVersion.sent_by))
        .order_by(FinalReportVersion.number)
    )
    return db.session.scalars(query).all()


def _remarks(project_id: int) -> Sequence[FinalReportRemark]:
    query = (
        select(FinalReportRemark)
        .where(FinalReportRemark.project_id == project_id)
        .options(joinedload(FinalReportRemark.author))
        .order_by(FinalReportRemark.id)
    )
    return db.session.scalars(query).all()


def is_sent(project_id: int) -> bool:
    """Whether anything has been sent."""
    query = select(FinalReportVersion.id).where(FinalReportVersion.project_id == project_id).limit(1)
    return db.session.scalar(query) is not None


@dataclass(frozen=True)
class OpenVersion:
    """A report as it was sent once."""

    found: FinalReportOf
    version: FinalReportVersion


def version_for(viewer: Viewer, project_id: int, number: int) -> OpenVersion | None:
    """One version of the report of a project that the viewer sees."""
    found = final_report_for(viewer, project_id)
    version = next((row for row in found.versions if row.number == number), None) if found else None
    return OpenVersion(found, version) if found and version else None


@dataclass(frozen=True)
class OpenSection:
    """A section of the report that is written, and what the record knows."""

    found: FinalReportOf
    section: Section
    ground: Ground


def section_for(viewer: Viewer, project_id: int, section: str) -> OpenSection | None:
    """A section of the report of a project that the viewer sees and that has been granted money."""
    found = final_report_for(viewer, project_id)
    if found is None or found.project.state not in BEING_ENDED:
        return None
    ground = ground_of(found.project)
    asked = next((row for row in sections_for(ground) if row == section), None)
    return OpenSection(found, asked, ground) if asked else None


# --- what waits, and the list ----------------------------------------------------------------------------


class WaitingReport(NamedTuple):
    """A final report that waits for the viewer."""

    project_id: int
    title: str
    case_number: str | None
    state: str | None
    since: datetime


def waiting_for(viewer: Viewer, *, limit: int) -> list[WaitingReport]:
    """The reports in which it is the viewer's turn: the longest waiting first."""
    since = func.coalesce(FinalReport.state_since, Project.state_since, type_=FinalReport.state_since.type)
    columns = (Project.id, Project.title, Project.case_number, FinalReport.state, since)
    query = _being_ended(*columns).where(visible_to(viewer), _my_turn(viewer))
    return [
        WaitingReport._make(row) for row in db.session.execute(query.order_by(since, Project.id).limit(limit))
    ]


def _being_ended(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Project)
        .outerjoin(FinalReport, FinalReport.project_id == Project.id)
        .where(Project.state.in_(BEING_ENDED))
    )


def _my_turn(viewer: Viewer) -> ColumnElement[bool]:
    to_write = or_(FinalReport.id.is_(None), FinalReport.state.in_(sorted(WRITTEN)))
    grounds = [and_(Project.leader_id == viewer.id, to_write)]
    if viewer.has(Role.SECRETARIAT):
        grounds.append(and_(FinalReport.state == FinalState.SENT.value, free_of_interest(viewer)))
    return or_(false(), *grounds)


class ListedReport(NamedTuple):
    """One project in the list: its report as it was sent last, if it was."""

    project_id: int
    title: str
    case_number: str | None
    department: str
    state: str | None
    since: datetime
    project_state: str
    sent: int | None
    days_late: int | None
    budget: Decimal | None
    spent: Decimal | None


def listed(
    viewer: Viewer, state: FinalState | None, *, limit: int, offset: int
) -> tuple[list[ListedReport], int]:
    """A page of the projects that are being ended or have been, and how many there are; those whose report
    stands here, if somewhere is named."""
    since = func.coalesce(FinalReport.state_since, Project.state_since, type_=FinalReport.state_since.type)
    columns = (
        Project.id, Project.title, Project.case_number, Department.name, FinalReport.state, since,
        Project.state, FinalReportVersion.number, FinalReportVersion.days_late, FinalReportVersion.budget,
        FinalReportVersion.spent,
    )  # fmt: skip
    found = and_(visible_to(viewer), _standing(state))
    query = (
        select(*columns)
        .select_from(Project)
        .join(Department, Department.id == Project.lead_department_id)
        .outerjoin(FinalReport, FinalReport.project_id == Project.id)
        .outerjoin(FinalReportVersion, _newest())
        .where(found)
        .order_by(since, Project.id)
    )
    whole = select(func.count(Project.id)).outerjoin(FinalReport, FinalReport.project_id == Project.id)
    rows = db.session.execute(query.limit(limit).offset(offset))
    return [ListedReport._make(row) for row in rows], db.session.scalar(whole.where(found)) or 0


def _standing(state: FinalState | None) -> ColumnElement[bool]:
    if state is FinalState.DRAFT:
        begun_or_not = or_(FinalReport.id.is_(None), FinalReport.state == state.value)
        return and_(Project.state.in_(BEING_ENDED), begun_or_not)
    if state is not None:
        return FinalReport.state == state.value
    return or_(Project.state.in_(BEING_ENDED), FinalReport.state == FinalState.APPROVED.value)


def _newest() -> ColumnElement[bool]:
    last = (
        select(func.max(FinalReportVersion.number))
        .where(FinalReportVersion.report_id == FinalReport.id)
        .correlate(FinalReport)
        .scalar_subquery()
    )
    return and_(FinalReportVersion.report_id == FinalReport.id, FinalReportVersion.number == last)
