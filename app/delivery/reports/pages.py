"""What the pages of reports show, gathered for the templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.accounts.access import Viewer
from app.core.reporting import Dimension, ReportAction
from app.delivery.reports import policy, queries
from app.delivery.reports.models import ReportRemark, ReportVersion
from app.delivery.reports.queries import ReportOf
from app.delivery.reports.words import DIMENSIONS, light_tag, report_tag
from app.projects.models import Project
from app.web.tags import Tag


@dataclass(frozen=True)
class ListedReport:
    """One period in the list of a project's reports."""

    found: ReportOf
    tag: Tag
    may_write: bool


@dataclass(frozen=True)
class TrendRow:
    """A light from period to period."""

    label: Any
    lights: Sequence[Tag | None]


@dataclass(frozen=True)
class ReportsPage:
    """Everything on the page of a project's reports."""

    project: Project
    listed: Sequence[ListedReport]
    to_write: ListedReport | None
    """The one to write now: the earliest due of those that are not sent."""
    sent: Sequence[ReportVersion]
    """The newest version of each sent report, the earliest period first."""
    periods: Sequence[str]
    trend: Sequence[TrendRow]


def reports_page(viewer: Viewer, project: Project, today: date) -> ReportsPage:
    """Gather the page for the viewer."""
    listed = [
        ListedReport(found, report_tag(found.state, found.late(today)), bool(policy.may_write(viewer, found)))
        for found in queries.reports_of(project, today)
    ]
    sent = [row.found for row in reversed(listed) if row.found.newest]
    versions = [found.newest for found in sent if found.newest]
    return ReportsPage(
        project=project,
        listed=listed,
        to_write=next((row for row in reversed(listed) if row.may_write), None),
        sent=versions,
        periods=[found.period.name for found in sent],
        trend=[
            TrendRow(label, [light_tag(getattr(version, f"{dimension}_light")) for version in versions])
            for dimension, label in DIMENSIONS.items()
        ],
    )


def returned(found: ReportOf) -> ReportRemark | None:
    """Why the report came back, while it is being put right."""
    if not found.remarks or found.newest is None:
        return None
    last = [row for row in found.remarks if row.version_id == found.newest.id]
    return next((row for row in reversed(last) if row.kind == ReportAction.RETURN), None)


def lights_of(version: ReportVersion) -> dict[Dimension, Tag | None]:
    """The lights of a report that was sent."""
    return {dimension: light_tag(getattr(version, f"{dimension}_light")) for dimension in Dimension}
