"""The charts of a calculation: the same for the page and for paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from flask_babel import gettext as _

from app.benefits import results, tables
from app.benefits.inputs import Inputs
from app.charts import (
    CostBenefitChart,
    CumulativeChart,
    Language,
    PayGainChart,
    words,
)
from app.core.calculation import Calculation


@dataclass(frozen=True)
class Pictures:
    """The charts, and where their figures are from. None where there is nothing to draw."""

    yearly: CostBenefitChart | None
    cumulative: CumulativeChart | None
    pay_gain: PayGainChart | None
    source: str


def pictures(inputs: Inputs, language: Language) -> Pictures:
    """Draw the calculation, in the language of the moment."""
    return Pictures(
        _yearly(inputs, language),
        _cumulative(inputs, language),
        _pay_gain(inputs, language),
        _("Källa: projektets nyttokalkyl. Fasta priser, prisår %(year)s.", year=inputs.settings.price_year),
    )


def _yearly(inputs: Inputs, language: Language) -> CostBenefitChart | None:
    rows = tables.yearly(inputs.calculation).rows
    if not rows:
        return None
    return CostBenefitChart(
        title=_("Kostnad och nytta per år"),
        finding=_yearly_finding(rows, inputs.calculation),
        language=language,
        words=words(_),
        years=inputs.calculation.years,
        costs=tuple(row.cost for row in rows),
        benefits=tuple(row.benefit for row in rows),
    )


def _yearly_finding(rows: tuple[tables.YearRow, ...], calculation: Calculation) -> str:
    if not results.is_priced(calculation):
        return _("Bara kostnader: ingen nytta är prissatt.")
    first = next((row.year for row in rows if row.net > 0), None)
    if first is None:
        return _("Nyttan är inget år större än kostnaden.")
    return _("Årets nytta är större än årets kostnad första gången %(year)s.", year=first)


def _cumulative(inputs: Inputs, language: Language) -> CumulativeChart | None:
    calculation = inputs.calculation
    if not results.is_priced(calculation):
        return None  # a line that only falls shows nothing that the costs do not
    values = tables.yearly(calculation).rows
    return CumulativeChart(
        title=_("Ackumulerat nuvärde"),
        finding=results.headline(calculation),
        language=language,
        # Present values, so that the line crosses zero in the break-even year that the figures name.
        words=replace(words(_), cumulative_net=_("Ackumulerat nuvärde")),
        years=calculation.years,
        net=tuple(row.present_value for row in values),
        break_even_year=calculation.break_even_year,
    )


def _pay_gain(inputs: Inputs, language: Language) -> PayGainChart | None:
    rows = tables.departments(inputs.calculation)
    if not any(row.cost or row.benefit for row in rows):
        return None
    if len(rows) == 1 and not results.is_priced(inputs.calculation):
        return None  # one bar, and nothing to compare it with
    return PayGainChart(
        title=_("Kostnad och nytta per förvaltning"),
        finding=_pay_gain_finding(rows),
        language=language,
        words=words(_),
        departments=tuple(row.department for row in rows),
        pays=tuple(row.cost for row in rows),
        gains=tuple(row.benefit for row in rows),
    )


def _pay_gain_finding(rows: tuple[tables.DepartmentRow, ...]) -> str:
    payer = max(rows, key=lambda row: row.cost)
    winner = max(rows, key=lambda row: row.benefit)
    if winner.benefit == Decimal(0):
        return _("%(payer)s betalar mest.", payer=payer.department)
    if len(rows) == 1:
        return _("%(department)s både betalar och får nyttan.", department=payer.department)
    if payer is winner:
        return _("%(department)s både betalar mest och får mest nytta.", department=payer.department)
    return _(
        "%(payer)s betalar mest och %(winner)s får mest nytta.",
        payer=payer.department,
        winner=winner.department,
    )
