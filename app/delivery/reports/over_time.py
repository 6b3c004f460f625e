"""What the documents of a project say from one to the next: its baselines, and the reports that it has sent.

A report that was sent shows its charts as they were that day. They are made from documents that cannot
change, chosen by what the report itself says and by the order in which reports were sent: the baselines up to
the one that it names, and of each earlier period the version that had been sent by then. Nothing of it is
kept once more inside the report: the same day in two documents could one day be two days (ADR 24).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from app.core import budget_curve, milestone_trend
from app.core.budget_curve import Curve
from app.core.milestone_trend import Moment, Said, Trend
from app.db import db
from app.delivery.plans import document as plans
from app.delivery.plans.models import Baseline
from app.delivery.plans.queries import baselines_of
from app.delivery.reports.content import Content
from app.delivery.reports.document import Ground, figures_of
from app.delivery.reports.models import ReportVersion


@dataclass(frozen=True)
class Told:
    """What a report says of milestones and money."""

    moment: Moment
    money: budget_curve.Told


@dataclass(frozen=True)
class OverTime:
    """Both, through all plans and reports."""

    trend: Trend
    curve: Curve


def over_time(baselines: Sequence[Baseline], told: Sequence[Told]) -> OverTime:
    """Put documents beside each other, in whatever order they come; there is at least one baseline."""
    ordered = sorted(baselines, key=lambda row: row.number)
    first, newest = (plans.from_json(row.content) for row in (ordered[0], ordered[-1]))
    return OverTime(
        milestone_trend.trend([*map(moment_of, ordered), *(row.moment for row in told)]),
        budget_curve.curve(first, newest, [row.money for row in told]),
    )


def name_of_plan(number: int) -> str:
    """What a plan is called beside the others."""
    return _("Baslinje %(number)s", number=number)


def moment_of(baseline: Baseline) -> Moment:
    """What a plan says, on the day from which it held."""
    rows = baseline.content["milestones"]
    return Moment(
        baseline.established_on,
        name_of_plan(baseline.number),
        True,
        baseline.number,
        {row["key"]: Said(date.fromisoformat(row["planned_on"])) for row in rows},
        {row["key"]: row["name"] for row in rows},
    )


def told_in(said: Mapping[str, Any]) -> Told:
    """What a report that was sent says: its document."""
    on, name = date.fromisoformat(said["period"]["ends_on"]), said["period"]["name"]
    days = {
        row["key"]: Said(date.fromisoformat(row["expected_on"]), row["is_reached"])
        for row in said["milestones"]
    }
    names = {row["key"]: row["name"] for row in said["milestones"]}
    spent, forecast = (Decimal(said["totals"][key]) for key in ("spent", "forecast"))
    return Told(
        Moment(on, name, False, said["baseline"], days, names), budget_curve.Told(on, name, spent, forecast)
    )


def told_by(ground: Ground, content: Content) -> Told:
    """What a report that is being written says as far as it has come."""
    figures, rows = figures_of(ground, content), ground.plan.milestones
    name = _("%(period)s, utkast", period=ground.period_name)
    days = {
        row.key: Said(found.expected_on, found.is_reached)
        for row, found in zip(rows, figures.milestones, strict=True)
    }
    return Told(
        Moment(ground.ends_on, name, False, ground.baseline, days, {row.key: row.name for row in rows}),
        budget_curve.Told(ground.ends_on, name, figures.spent, figures.forecast),
    )


# --- the documents of a moment ---------------------------------------------------------------------------


def as_of(version: ReportVersion) -> OverTime:
    """As it was known when the report was sent."""
    query = (
        select(ReportVersion)
        .where(ReportVersion.project_id == version.project_id, ReportVersion.id < version.id)
        .order_by(ReportVersion.id)
    )
    earlier = told_before(version.content["period"]["ends_on"], db.session.scalars(query).all())
    baselines = [row for row in baselines_of(version.project_id) if row.number <= version.content["baseline"]]
    return over_time(baselines, [*earlier, told_in(version.content)])


def as_written(project_id: int, ground: Ground, content: Content) -> OverTime:
    """As it will be known if the report is sent as it stands."""
    earlier = told_before(ground.ends_on.isoformat(), _sent_of(project_id))
    return over_time(baselines_of(project_id), [*earlier, told_by(ground, content)])


def told_of(project_id: int) -> list[Told]:
    """What was said of every period: of each, what was sent last."""
    return told_before(date.max.isoformat(), _sent_of(project_id))


def _sent_of(project_id: int) -> Sequence[ReportVersion]:
    query = select(ReportVersion).where(ReportVersion.project_id == project_id).order_by(ReportVersion.id)
    return db.session.scalars(query).all()


def as_known(project_id: int, newest: Sequence[ReportVersion]) -> OverTime:
    """As it is known now, by the newest version of each report."""
    return over_time(baselines_of(project_id), [told_in(row.content) for row in newest])


def told_before(ends_on: str, versions: Sequence[ReportVersion]) -> list[Told]:
    """What was said of the periods that end before this day: of each, what was sent last. The versions come
    in the order in which they were sent."""
    newest = {row.report_id: row.content for row in versions if row.content["period"]["ends_on"] < ends_on}
    return [told_in(said) for said in newest.values()]
