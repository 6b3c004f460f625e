"""What a calculation says, in words and key figures: the same on the page and on paper."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from flask_babel import gettext as _

from app.benefits import labels, tables
from app.benefits.inputs import Gap, GapReason, Inputs
from app.core.calculation import Calculation, WarningCode
from app.web.formats import decimal_text, iso_date, kronor, number, percent

_NOT_COMPARED = "–"
_IN_THE_HEADLINE = frozenset({WarningCode.NO_PRICED_BENEFIT})
_NOT_OF_A_PRE_STUDY = _IN_THE_HEADLINE | {WarningCode.NO_OPERATING_COST}
"""A pre-study is to find out what the service is worth and what it costs to run."""


@dataclass(frozen=True)
class ResultFigure:
    """A figure with its reason: unit, years, price year or condition."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Remark:
    """Something that the reader must know about the figures."""

    title: str
    text: str


def headline(calculation: Calculation) -> str:
    """The finding in one sentence."""
    if not calculation.rows:
        return _("Kalkylen är tom än så länge.")
    if not is_priced(calculation):
        return _("Ingen nytta är prissatt. Kalkylen visar bara vad projektet kostar.")
    if calculation.break_even_year is None:
        return _("Nyttan överstiger aldrig kostnaden inom kalkylperioden.")
    return _("Nyttan överstiger kostnaden från %(year)s.", year=calculation.break_even_year)


def is_priced(calculation: Calculation) -> bool:
    """Is there a benefit in kronor? Without one, what compares benefit with cost says nothing."""
    return any(schedule.total is not None for schedule in calculation.schedules)


def period(calculation: Calculation) -> str:
    """`2027–2034`, or nothing."""
    years = calculation.years
    return f"{years[0]}–{years[-1]}" if years else ""


def price_note(inputs: Inputs) -> str:
    """In which prices, and over which years."""
    years = period(inputs.calculation)
    if not years:
        return _("%(year)s års priser", year=inputs.settings.price_year)
    return _("%(period)s, %(year)s års priser", period=years, year=inputs.settings.price_year)


def strip(inputs: Inputs, language: str) -> list[ResultFigure]:
    """The four figures that follow the writing of a line."""
    calculation = inputs.calculation
    totals = tables.yearly(calculation).total
    return [
        ResultFigure(_("Kostnad"), kronor(totals.cost, language)),
        ResultFigure(_("Nytta"), _benefit(calculation, totals.benefit, language)),
        ResultFigure(_("Nettonuvärde"), kronor(totals.present_value, language)),
        ResultFigure(_("Brytår"), _break_even(calculation)),
    ]


def key_figures(inputs: Inputs, language: str) -> list[ResultFigure]:
    """The eight figures of a calculation, each with its reason."""
    calculation, settings = inputs.calculation, inputs.settings
    totals = tables.yearly(calculation).total
    rate = percent(settings.discount_rate, language=language)
    return [
        ResultFigure(
            _("Sökt belopp"),
            kronor(tables.cost_lines(inputs).programme, language),
            _("ur programmets ram, alla år"),
        ),
        ResultFigure(_("Total kostnad"), kronor(totals.cost, language), price_note(inputs)),
        ResultFigure(_("Total nytta"), _benefit(calculation, totals.benefit, language), price_note(inputs)),
        ResultFigure(
            _("Nettonuvärde"),
            kronor(totals.present_value, language),
            _("kalkylränta %(rate)s, %(years)s år", rate=rate, years=settings.horizon_years),
        ),
        ResultFigure(
            _("Nyttokvot"),
            number(calculation.benefit_cost_ratio, 2, language),
            _("nuvärdet av nyttan per krona kostnad"),
        ),
        ResultFigure(
            _("Brytår"),
            _break_even(calculation),
            _("då summan av nuvärdena når noll och stannar över"),
        ),
        ResultFigure(
            _("Återbetalningstid"),
            _years(calculation, calculation.payback, language),
            _payback_note(calculation, language),
        ),
        _irr(calculation, language),
    ]


def assumptions(inputs: Inputs, language: str) -> list[tuple[str, str]]:
    """What the programme has decided that calculations assume: name and value."""
    settings = inputs.settings
    return [
        (_("Kalkylränta"), percent(settings.discount_rate, language=language)),
        (_("Internränta"), percent(settings.internal_rate, language=language)),
        (_("Prisår"), str(settings.price_year)),
        (_("Kalkylperiod"), _period_text(inputs)),
        (_("Gäller från"), iso_date(settings.valid_from)),
        *([(_("Beslut"), settings.reference)] if settings.reference else []),
        *([(_("Prisindex"), _index_used(inputs, language))] if inputs.converted_from else []),
    ]


def _index_used(inputs: Inputs, language: str) -> str:
    """The index and its values for the years that amounts are carried between."""
    settings = inputs.settings
    years = (*inputs.converted_from, settings.price_year)
    values = [f"{year}: {decimal_text(settings.price_index[year], language)}" for year in years]
    return f"{settings.price_index_name} ({'; '.join(values)})"


def gap_remarks(inputs: Inputs) -> list[Remark]:
    """Which lines are left out of the figures, and why."""
    return [
        Remark(gaps[0].description, " ".join(_gap_texts(gaps)))
        for gaps in (list(group) for _key, group in groupby(inputs.gaps, lambda gap: gap.key))
    ]


def warning_remarks(inputs: Inputs, *, pre_study: bool = False) -> list[Remark]:
    """What the figures and the headline alone do not say."""
    leave_out = _NOT_OF_A_PRE_STUDY if pre_study else _IN_THE_HEADLINE
    titles = {
        WarningCode.COST_BEYOND_HORIZON: _("Kostnad efter kalkylperioden"),
        WarningCode.COST_BEFORE_BASE_YEAR: _("Kostnad före kalkylens första år"),
        WarningCode.BENEFIT_BEYOND_HORIZON: _("Nytta efter kalkylperioden"),
        WarningCode.BENEFIT_BEFORE_BASE_YEAR: _("Nytta före kalkylens första år"),
        WarningCode.NO_OPERATING_COST: _("Ingen kostnad för drift"),
    }
    texts = {
        WarningCode.NO_OPERATING_COST: _(
            "Tjänsten ska också drivas och förvaltas. Lägg till vad det kostar per år, eller beskriv "
            "varför det inte kostar något."
        ),
    }
    names = {entry.key: entry.values.description for entry in inputs.costs}
    names |= {entry.key: entry.values.description for entry in inputs.benefits}
    outside = _("Räknas inte i årstabellen och nuvärdet: %(lines)s.")
    return [
        Remark(titles[code], texts.get(code) or outside % {"lines": ", ".join(names[key] for key in keys)})
        for code, keys in inputs.calculation.warnings.items()
        if code not in leave_out
    ]


def _gap_texts(gaps: list[Gap]) -> list[str]:
    missing = [str(labels.INPUTS[gap.field]) for gap in gaps if gap.reason is GapReason.MISSING]
    texts = [_("Saknar %(inputs)s.", inputs=", ".join(missing))] if missing else []
    if any(gap.reason is GapReason.OTHER_PRICE_YEAR for gap in gaps):
        texts.append(_("Programmets prisindex saknar prisåret. Räkna om beloppen till programmets prisår."))
    impossible = [gap.field for gap in gaps if gap.reason is GapReason.IMPOSSIBLE]
    if impossible:
        texts.append(_("Uppgifterna går inte att räkna med. Kontrollera belopp, antal och datum."))
    return texts


def _period_text(inputs: Inputs) -> str:
    years = _("%(years)s år", years=inputs.settings.horizon_years)
    shown = period(inputs.calculation)
    return f"{years}, {shown}" if shown else years


def _benefit(calculation: Calculation, amount: Decimal, language: str) -> str:
    return kronor(amount, language) if is_priced(calculation) else _("Inte prissatt")


def _break_even(calculation: Calculation) -> str:
    if not is_priced(calculation):
        return _NOT_COMPARED
    return _("Inget") if calculation.break_even_year is None else str(calculation.break_even_year)


def _years(calculation: Calculation, value: Decimal | None, language: str) -> str:
    if not is_priced(calculation):
        return _NOT_COMPARED
    return _("Aldrig") if value is None else _("%(years)s år", years=number(value, 1, language))


def _payback_note(calculation: Calculation, language: str) -> str:
    """What the time is counted from, and what interest makes of it; or why there is none."""
    if not is_priced(calculation):
        return _("ingen nytta är prissatt")
    if calculation.payback is None:
        return _("nyttan betalar inte kostnaden inom kalkylperioden")
    with_interest = _years(calculation, calculation.discounted_payback, language).lower()
    return _("från det första året; med ränta: %(years)s", years=with_interest)


def _irr(calculation: Calculation, language: str) -> ResultFigure:
    label = _("Internränta på investeringen (IRR)")
    if not is_priced(calculation):
        return ResultFigure(label, _NOT_COMPARED, _("räntan som gör nettonuvärdet till noll"))
    rates = [percent(rate, 1, language) for rate in calculation.irr]
    if not rates:
        return ResultFigure(label, _("Finns inte"), _("ingen ränta gör nettonuvärdet till noll"))
    if len(rates) > 1:
        conjunction = _("och")
        text = _("%(rates)s; använd nettonuvärdet i stället", rates=f" {conjunction} ".join(rates))
        return ResultFigure(label, _("Flera"), text)
    return ResultFigure(label, rates[0], _("räntan som gör nettonuvärdet till noll"))
