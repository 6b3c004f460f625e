"""What the pages of reports show, gathered for the templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask import url_for

from app.accounts.access import Viewer
from app.core.plan import Effort
from app.core.reporting import Dimension, ReportAction
from app.delivery.reports import policy, queries
from app.delivery.reports.document import Ground
from app.delivery.reports.models import ReportRemark, ReportVersion
from app.delivery.reports.parts import FIELDS, MOST_ROWS, Part, Rows, parts_of
from app.delivery.reports.queries import OpenPart, ReportOf
from app.delivery.reports.words import DIMENSIONS, ROWS, light_tag, report_tag
from app.projects.models import Project
from app.web.formats import decimal_text, number, percent
from app.web.language import current_language
from app.web.tags import Tag, lacks_tag


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


def tasks(found: ReportOf, ground: Ground, faults: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The parts in which the plan's rows are answered, and how much each of them lacks."""
    return [
        {
            "title": part_name(part),
            "href": part_url(found, part, lacking=bool(faults.keys() & set(part.fields))),
            "tag": lacks_tag(len(faults.keys() & set(part.fields))),
        }
        for part in parts_of(ground.plan)
    ]


@dataclass(frozen=True)
class AskedRow:
    """A row of the plan, and the two answers that are asked for."""

    name: str
    planned: str
    fields: Sequence[str]


def rows_of(opened: OpenPart) -> list[AskedRow]:
    """The plan's rows in a part, in their order."""
    plan, first = opened.ground.plan, opened.part.first - 1
    match opened.part.rows:
        case Rows.MILESTONES:
            told = [(row.name, row.planned_on.isoformat()) for row in plan.milestones]
        case Rows.MONEY:
            told = [(f"{row.description}, {row.department}", _amount(row.total)) for row in plan.budget]
        case Rows.HOURS:
            told = [(f"{row.role}, {row.department}", _work(row)) for row in plan.effort]
    prefixes = FIELDS[opened.part.rows]
    return [
        AskedRow(name, planned, [f"{prefix}_{key}" for prefix in prefixes])
        for key, (name, planned) in zip(opened.part.keys, told[first:], strict=False)
    ]


def _amount(value: Decimal) -> str:
    return number(value, 2 if value % 1 else 0, current_language())


def _work(row: Effort) -> str:
    """A range of hours, one number, or a share of time."""
    language = current_language()
    if row.low is None or row.high is None:
        return percent(row.share, language=language)
    low, high = decimal_text(row.low, language), decimal_text(row.high, language)
    return low if low == high else f"{low}–{high}"


def part_name(part: Part) -> str:
    """What the part is called; of several of the same kind, which rows it asks about."""
    name = str(ROWS[part.rows])
    if part.number == 1 and len(part.keys) < MOST_ROWS:
        return name
    return f"{name} {part.first}–{part.first + len(part.keys) - 1}"


def part_url(found: ReportOf, part: Part, *, lacking: bool = False) -> str:
    """Where the part is written; with what it lacks said beside each field."""
    return url_for(
        "reports.write_part",
        project_id=found.project.id,
        period_id=found.period.id,
        part=part.address,
        saknas=1 if lacking else None,
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
