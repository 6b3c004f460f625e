"""The charts that exist, as plain data: what is shown, what it says, and its figures as a table."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from app.charts.numbers import Language, number
from app.charts.words import ChartWords


class ChartError(ValueError):
    """The figures given cannot be drawn; the message says which and why."""


@dataclass(frozen=True)
class DataColumn:
    """A column of the table beneath a chart."""

    label: str
    numeric: bool


@dataclass(frozen=True)
class DataTable:
    """The chart's own figures in kronor, for readers who do not read pictures."""

    columns: tuple[DataColumn, ...]
    rows: tuple[tuple[str, ...], ...]


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

    def table(self) -> DataTable:
        """Cost, benefit and net of each year."""
        w = self.words
        rows = zip(self.years, self.costs, self.benefits, strict=True)
        return DataTable(
            _amount_columns(w.year, (w.cost, w.benefit, w.net), w.kronor),
            tuple((str(year), *_numbers(self.language, c, b, b - c)) for year, c, b in rows),
        )


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

    def table(self) -> DataTable:
        """Net and running sum of each year."""
        w = self.words
        rows = zip(self.years, self.net, self.cumulative, strict=True)
        return DataTable(
            _amount_columns(w.year, (w.net, w.cumulative_net), w.kronor),
            tuple((str(year), *_numbers(self.language, net, total)) for year, net, total in rows),
        )


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

    def table(self) -> DataTable:
        """What each department pays, gains, and the difference."""
        w = self.words
        rows = zip(self.departments, self.pays, self.gains, strict=True)
        return DataTable(
            _amount_columns(w.department, (w.pays, w.gains, w.net), w.kronor),
            tuple((name, *_numbers(self.language, p, g, g - p)) for name, p, g in rows),
        )


Chart = CostBenefitChart | CumulativeChart | PayGainChart


def _amount_columns(first: str, amounts: tuple[str, ...], unit: str) -> tuple[DataColumn, ...]:
    return (DataColumn(first, numeric=False), *(DataColumn(f"{a}, {unit}", numeric=True) for a in amounts))


def _numbers(language: Language, *amounts: Decimal) -> tuple[str, ...]:
    return tuple(number(amount, language) for amount in amounts)
