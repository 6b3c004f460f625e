"""The chart of a benefit's indicator, with its figures as a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from flask_babel import gettext as _

from app import charts
from app.charts import IndicatorChart, Language
from app.core.benefits import MONTHS_PER_YEAR
from app.core.measuring import Month
from app.core.realisation import expected_value
from app.pdf.blocks import Column, Figure, Table
from app.realisation import queries
from app.realisation.models import Benefit, BenefitPlan, Measurement
from app.realisation.pages import BenefitPage
from app.realisation.queries import BenefitOf
from app.web.formats import decimal_text, iso_date, percent

Points = tuple[tuple[date, Decimal], ...]
LONGEST = timedelta(days=366 * 15)
"""So far a chart goes after its baseline."""


@dataclass(frozen=True)
class Picture:
    """A chart and its figures."""

    figure: Figure
    table: Table


def pictures_of(found: BenefitOf, page: BenefitPage, today: date, language: Language) -> list[Picture]:
    """The indicator over time; nothing while nobody has said how it is measured, or nothing moves."""
    plan, benefit = found.plan, found.benefit
    if plan is None:
        return []
    measured = [row.measurement for row in page.standing]
    ends_on = max(plan.target_on, *(row.ends_on for row in measured), plan.baseline_on)
    ends_on = min(ends_on, plan.baseline_on + LONGEST)
    points = tuple((row.ends_on, row.indicator_value) for row in measured if row.ends_on <= ends_on)
    if plan.baseline == plan.target and all(value == plan.baseline for _day, value in points):
        return []
    chart = IndicatorChart(
        title=plan.indicator.name,
        finding=finding(page, language),
        language=language,
        words=charts.words(_),
        unit=plan.indicator.unit,
        baseline=(plan.baseline_on, plan.baseline),
        target=(min(plan.target_on, ends_on), plan.target),
        expected=expected_line(benefit, plan, ends_on),
        measured=points,
    )
    source = _("Källa: nyttoplanen och mätningarna. Den tunna linjen är vad som väntades.")
    figure = Figure(charts.svg(chart), chart.title, chart.finding, f"{source} {iso_date(today)}.")
    return [Picture(figure, indicator_table(benefit, plan, measured, language))]


def expected_line(benefit: Benefit, plan: BenefitPlan, ends_on: date) -> Points:
    """The corners of what was expected, from the baseline on: a step for each year of the ramp."""
    if benefit.starts_on is None or benefit.starts_on > ends_on:
        return ((plan.baseline_on, plan.baseline), (ends_on, plan.baseline))
    corners = [(plan.baseline_on, plan.baseline)] if plan.baseline_on < benefit.starts_on else []
    level = plan.baseline
    for step in range(max(len(benefit.ramp), 1)):
        day = Month.of(benefit.starts_on).later(step * MONTHS_PER_YEAR).first
        if day > ends_on:
            break
        reached = expected_value(plan.baseline, plan.target, queries.effect_of(benefit, day))
        corners += [(max(day, plan.baseline_on), level), (max(day, plan.baseline_on), reached)]
        level = reached
    return (*corners, (ends_on, level))


def finding(page: BenefitPage, language: Language) -> str:
    """What the chart says, in a sentence."""
    told = page.standing[-1] if page.standing else None
    if told is None:
        return _("Indikatorn är inte mätt än.")
    value = decimal_text(told.measurement.indicator_value, language)
    day = iso_date(told.measurement.ends_on)
    if told.achievement is None:
        return _("Värdet var %(value)s den %(day)s. Målet är att det står kvar.", value=value, day=day)
    return _(
        "Värdet var %(value)s den %(day)s: %(share)s av vägen från utgångsvärdet till målet.",
        value=value,
        day=day,
        share=percent(told.achievement, 0, language),
    )


def indicator_table(
    benefit: Benefit, plan: BenefitPlan, measured: list[Measurement], language: Language
) -> Table:
    """What was expected at the end of each measured period, and what was measured."""
    began = _("Utgångsvärde %(day)s", day=iso_date(plan.baseline_on))
    rows = [(began, "–", decimal_text(plan.baseline, language))]
    for row in measured:
        awaited = expected_value(plan.baseline, plan.target, queries.effect_of(benefit, row.ends_on))
        rows.append(
            (
                iso_date(row.ends_on),
                decimal_text(awaited.quantize(Decimal("0.0001")), language),
                decimal_text(row.indicator_value, language),
            )
        )
    rows.append((_("Mål %(day)s", day=iso_date(plan.target_on)), decimal_text(plan.target, language), "–"))
    return Table(
        f"{plan.indicator.name}, {plan.indicator.unit}",
        (Column(_("Dag")), Column(_("Väntat"), numeric=True), Column(_("Mätt"), numeric=True)),
        tuple(rows),
    )
