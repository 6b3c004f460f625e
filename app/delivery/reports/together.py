"""The money of all reports of a period together: planned by year, spent by period, expected in the end.

It is of the projects whose report on the period is in, through all their earlier reports: the sums on the
summary page are the last points of the lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import func, select

from app import charts
from app.charts import BudgetCurveChart, Language
from app.core.budget_curve import Curve, CurveRow, Told, curve
from app.core.plan import Plan, together
from app.db import Money, db
from app.delivery.plans.document import from_json
from app.delivery.plans.models import Baseline
from app.delivery.reports.models import ReportPeriod, ReportVersion, StatusReport
from app.delivery.reports.overview import newest_version
from app.delivery.reports.pictures import Picture, money_finding, written_amount
from app.pdf.blocks import Column, Figure, Table


@dataclass(frozen=True)
class Together:
    """The sums, and how many reports each period's are of."""

    curve: Curve
    reports: Mapping[date, int]


def together_of(period: ReportPeriod, sent: Sequence[ReportVersion]) -> Together | None:
    """Of these reports on the period; None where there is no money at all."""
    plans = list(_plans(sent))
    if not plans:
        return None
    told, reports = _told(period, [row.project_id for row in sent])
    whole = together(plans)
    found = Together(curve(whole, whole, told), reports)
    return None if found.curve.is_empty else found


def _plans(sent: Sequence[ReportVersion]) -> Iterator[Plan]:
    """The plan that each report was held against."""
    held = {(row.project_id, row.content["baseline"]) for row in sent}
    query = select(Baseline.project_id, Baseline.number, Baseline.content).where(
        Baseline.project_id.in_({row.project_id for row in sent})
    )
    for project_id, number, content in db.session.execute(query):
        if (project_id, number) in held:
            yield from_json(content)


def _told(period: ReportPeriod, project_ids: Sequence[int]) -> tuple[list[Told], dict[date, int]]:
    """What the projects had spent and expected by the end of this period and of each before it."""
    spent, forecast = (
        func.sum(column, type_=Money()) for column in (ReportVersion.spent, ReportVersion.forecast)
    )
    query = (
        select(ReportPeriod.ends_on, ReportPeriod.name, spent, forecast, func.count())
        .join(StatusReport, StatusReport.period_id == ReportPeriod.id)
        .join(ReportVersion, newest_version())
        .where(
            ReportPeriod.programme_id == period.programme_id,
            ReportPeriod.ends_on <= period.ends_on,
            StatusReport.project_id.in_(project_ids),
        )
        .group_by(ReportPeriod.id, ReportPeriod.ends_on, ReportPeriod.name)
        .order_by(ReportPeriod.ends_on)
    )
    rows = db.session.execute(query).all()
    told = [Told(ends_on, name, spent, forecast) for ends_on, name, spent, forecast, _count in rows]
    return told, {ends_on: count for ends_on, *_sums, count in rows}


def picture_of(found: Together, language: Language) -> Picture:
    """The chart and its figures, in the language of the moment."""
    chart = BudgetCurveChart(
        title=_("Projektens pengar över tid, tillsammans"),
        finding=money_finding(found.curve),
        language=language,
        words=charts.words(_),
        curve=found.curve,
    )
    source = _(
        "Källa: rapporterna från de projekt vars rapport för perioden har kommit in, och planerna som de "
        "är hållna mot. Planen är känd per år och dragen rak däremellan."
    )
    figure = Figure(charts.svg(chart, charts.WIDE), chart.title, chart.finding, source, wide=True)
    return Picture(figure, _table(found, language))


def _table(found: Together, language: Language) -> Table:
    columns = (
        Column(_("Till och med")),
        *(Column(label, numeric=True) for label in (_("Plan"), _("Förbrukat"), _("Prognos"), _("Rapporter"))),
    )

    def cells(row: CurveRow) -> tuple[str, ...]:
        amounts = (row.planned, row.spent, row.forecast)
        day = ", ".join(part for part in (row.on.isoformat(), row.name) if part)
        count = found.reports.get(row.on)
        return (day, *(written_amount(amount, language) for amount in amounts), str(count) if count else "–")

    return Table(
        _("Pengar från början till och med dagen, kronor"), columns, tuple(map(cells, found.curve.rows))
    )
