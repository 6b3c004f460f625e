"""All reports of a period, as somebody asks for them on paper: which projects, and what each has sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, func, select

from app.accounts.access import Viewer
from app.accounts.models import Department
from app.core.reporting import WRITTEN
from app.db import db
from app.delivery.reports.models import ReportPeriod, ReportVersion, StatusReport
from app.delivery.reports.overview import newest_version
from app.delivery.reports.queries import with_periods
from app.projects.models import Project
from app.projects.queries import visible_to


@dataclass(frozen=True)
class Collection:
    """What is asked for: a period, and the projects that the asker may see."""

    period: ReportPeriod
    project_ids: Sequence[int]


class Reported(NamedTuple):
    """A project in the period, and the report that it sent last; None when none is in."""

    title: str
    case_number: str | None
    department: str
    state: str | None
    version: ReportVersion | None

    def late(self, period: ReportPeriod, day: date) -> bool:
        """It should have been sent by this day."""
        return period.due_on < day and (self.state is None or self.state in WRITTEN)


def collection_for(viewer: Viewer, period_id: int) -> Collection | None:
    """The period with every project that reports on it and that the viewer sees now."""
    period = db.session.get(ReportPeriod, period_id)
    if period is None:
        return None
    query = with_periods(Project.id).where(ReportPeriod.id == period_id, visible_to(viewer))
    return Collection(period, db.session.scalars(query.order_by(Project.id)).all())


def asked_collection(
    viewer: Viewer, period_id: int, project_ids: Sequence[int], **_day: str
) -> Collection | None:
    """What was asked for before; None unless the viewer still sees every project in it."""
    period = db.session.get(ReportPeriod, period_id)
    seen = select(func.count()).select_from(Project).where(Project.id.in_(project_ids), visible_to(viewer))
    if period is None or db.session.scalar(seen) != len(project_ids):
        return None
    return Collection(period, project_ids)


def reports_in(collection: Collection) -> Sequence[Reported]:
    """Every project in it, in the order of their case numbers."""
    query = (
        select(Project.title, Project.case_number, Department.name, StatusReport.state, ReportVersion)
        .join(Department, Department.id == Project.lead_department_id)
        .outerjoin(
            StatusReport,
            and_(StatusReport.project_id == Project.id, StatusReport.period_id == collection.period.id),
        )
        .outerjoin(ReportVersion, newest_version())
        .where(Project.id.in_(collection.project_ids))
        .order_by(Project.case_year, Project.case_serial, Project.id)
    )
    return [Reported._make(row) for row in db.session.execute(query)]
