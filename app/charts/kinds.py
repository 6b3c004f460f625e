"""The charts that exist, as plain data: what is shown, and what it says."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from app.charts.numbers import Language
from app.charts.words import ChartWords


class ChartError(ValueError):
    """The figures given cannot be drawn; the message says which and why."""


def _require_series(name: str, values: tuple[object, ...], length: int) -> None:
    if length == 0:
        raise ChartError("A chart needs at least one row of figures")
    if len(values) != length:
        raise ChartError(f"{name} has {len(values)} values, expected {length}")


def _require_amounts(name: str, values: tuple[Decimal, ...]) -> None:
    if any(value < 0 for value in values):
        raise ChartError(f"{name} contains a negative amount; give each side as a positive amount")


@dataclass(frozen=True)
class CostBenefitChart:
    """Cost down and benefit up, per year. Both are given as positive kronor."""

    title: str
    finding: str
    language: Language
    words: ChartWords
    years: tuple[int, ...]
    costs: tuple[Decimal, ...]
    benefits: tuple[Decimal, ...]

    def __post_init__(self) -> None:
        _require_series("costs", self.costs, len(self.years))
        _require_series("benefits", self.benefits, len(self.years))
        _require_amounts("costs", self.costs)
        _require_amounts("benefits", self.benefits)


@dataclass(frozen=True)
class CumulativeChart:
    """The running sum of yearly net amounts, with the year marked in which it turns positive."""

    title: str
    finding: str
    language: Language
    words: ChartWords
    years: tuple[int, ...]
    net: tuple[Decimal, ...]
    break_even_year: int | None

    def __post_init__(self) -> None:
        _require_series("net", self.net, len(self.years))
        if self.break_even_year is not None and self.break_even_year not in self.years:
            raise ChartError(f"break_even_year {self.break_even_year} is not among the years")

    @property
    def cumulative(self) -> tuple[Decimal, ...]:
        """The running sum at the end of each year."""
        return tuple(accumulate(self.net))


@dataclass(frozen=True)
class PayGainChart:
    """Who pays (left) and who gains (right), per department. Both are given as positive kronor."""

    title: str
    finding: str
    language: Language
    words: ChartWords
    departments: tuple[str, ...]
    pays: tuple[Decimal, ...]
    gains: tuple[Decimal, ...]

    def __post_init__(self) -> None:
        _require_series("pays", self.pays, len(self.departments))
        _require_series("gains", self.gains, len(self.departments))
        _require_amounts("pays", self.pays)
        _require_amounts("gains", self.gains)


Chart = CostBenefitChart | CumulativeChart | PayGainChart
