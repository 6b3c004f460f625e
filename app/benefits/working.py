"""How each benefit was counted, written so that a reader can follow and check it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from flask_babel import gettext as _

from app.benefits import labels
from app.benefits.rounding import fitted
from app.benefits.tables import BenefitRow
from app.core.benefits import BenefitYear
from app.core.working import Operator, Step, Term
from app.web.formats import NBSP, decimal_text, kronor, number, percent

_SIGNS = {Operator.START: "", Operator.TIMES: "× ", Operator.OVER: "÷ ", Operator.PLUS: "+ "}
_PER_YEAR = 2
"""The last steps of a year's working are its own: its months and its amount."""


@dataclass(frozen=True)
class WrittenStep:
    """One line of a working: what is counted, in words and in numbers, and what it comes to."""

    label: str
    words: str
    numbers: str
    result: str


@dataclass(frozen=True)
class WrittenYear:
    """How a year's amount follows from the full effect; years that are alike are told once."""

    years: str
    months: str
    numbers: str
    amount: Decimal


@dataclass(frozen=True)
class Working:
    """The whole working of a benefit: a full year, then each year."""

    steps: tuple[WrittenStep, ...]
    years: tuple[WrittenYear, ...]


def working_of(row: BenefitRow, language: str) -> Working | None:
    """The working of a benefit in whole kronor; None when it is not counted or has no effect."""
    effective = [year for year in (row.schedule.rows if row.schedule else ()) if year.steps]
    if not effective or row.total is None:
        return None
    amounts = fitted(row.total, [year.amount or Decimal(0) for year in effective])
    years = [_written_year(year, amount, language) for year, amount in zip(effective, amounts, strict=True)]
    return Working(
        tuple(_written(step, language) for step in effective[0].steps[:-_PER_YEAR]),
        tuple(_together(list(alike)) for _key, alike in groupby(years, _what_is_counted)),
    )


def _what_is_counted(year: WrittenYear) -> tuple[str, str, Decimal]:
    return year.months, year.numbers, year.amount


def _together(alike: list[WrittenYear]) -> WrittenYear:
    first, last = alike[0], alike[-1]
    return first if first is last else replace(first, years=f"{first.years}–{last.years}")


def _written(step: Step, language: str) -> WrittenStep:
    return WrittenStep(
        str(labels.STEPS[step.label]),
        " ".join(f"{_SIGNS[term.operator]}{labels.TERMS[term.name]}" for term in step.terms),
        _numbers(step, language),
        kronor(step.result, language),
    )


def _written_year(year: BenefitYear, amount: Decimal, language: str) -> WrittenYear:
    months, value = year.steps[-_PER_YEAR:]
    weighted = decimal_text(months.result, language)
    return WrittenYear(
        str(year.year),
        f"{_numbers(months, language)} = {weighted}" if len(months.terms) > 1 else weighted,
        _numbers(value, language),
        amount,
    )


def _numbers(step: Step, language: str) -> str:
    return " ".join(_SIGNS[term.operator] + _number(term, language) for term in step.terms)


def _number(term: Term, language: str) -> str:
    if term.name in ("share", "ramp"):
        return percent(term.value, language=language)
    match term.unit:
        case "kr":
            places = 0 if term.value == term.value.to_integral_value() else 2
            return number(term.value, places, language) + NBSP + _("kr")
        case "kr/h":
            return decimal_text(term.value, language) + NBSP + _("kr/tim")
        case "min":
            return decimal_text(term.value, language) + NBSP + _("min")
        case _:
            return decimal_text(term.value, language)
