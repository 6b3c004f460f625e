"""Amounts as a chart writes them: few digits, the reader's own separators."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from app.charts.words import ChartWords

Language = Literal["sv", "en"]

NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"
_MILLION = Decimal(1_000_000)
_THOUSAND = Decimal(1_000)


@dataclass(frozen=True)
class Unit:
    """What one step on the axis is worth, and how many decimals that scale bears."""

    word: str
    size: Decimal
    decimals: int


def unit_for(amounts: Iterable[Decimal], words: ChartWords) -> Unit:
    """Choose thousands or millions so that the largest label has two to four digits."""
    peak = max((abs(amount) for amount in amounts), default=Decimal(0))
    if peak >= 100 * _MILLION:
        return Unit(words.millions, _MILLION, 0)
    if peak >= _MILLION:
        return Unit(words.millions, _MILLION, 1)
    return Unit(words.thousands, _THOUSAND, 0)


def number(amount: Decimal, language: Language, decimals: int = 0) -> str:
    """Write a number by the rules of the language, with a real minus and no line break inside."""
    rounded = amount.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    if not rounded:
        rounded = abs(rounded)
    text = f"{rounded:,f}".replace("-", MINUS).replace(",", NO_BREAK_SPACE)
    return text if language == "en" else text.replace(".", ",")


def label(amount: Decimal, unit: Unit, language: Language) -> str:
    """Write an amount in kronor as a label in the unit of the chart; nothing is a plain 0."""
    return number(amount / unit.size, language, unit.decimals if amount else 0)


def tick_labels(marks: tuple[Decimal, ...], unit: Unit, language: Language) -> tuple[str, ...]:
    """Label the marks of an axis alike, without decimals when all are whole."""
    whole = all(mark % unit.size == 0 for mark in marks)
    return tuple(number(mark / unit.size, language, 0 if whole else unit.decimals) for mark in marks)


def ticks(low: Decimal, high: Decimal) -> tuple[Decimal, ...]:
    """Three to six round values that cover the range and always contain zero."""
    span = high - low
    if span <= 0:
        return (Decimal(0),)
    magnitude = Decimal(1).scaleb((span / 4).adjusted())
    step = next(m * magnitude for m in (1, 2, 5, 10) if span / (m * magnitude) <= 5)
    first = int((low / step).to_integral_value(rounding="ROUND_CEILING"))
    last = int((high / step).to_integral_value(rounding="ROUND_FLOOR"))
    return tuple(step * index for index in range(first, last + 1))
