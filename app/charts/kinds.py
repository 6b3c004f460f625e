"""The charts that exist, as plain data: what is shown, and what it says."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate

from app.charts.numbers import Language
from app.charts.words import ChartWords
from app.core.budget_curve import Curve
from app.core.milestone_trend import Standing


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


@dataclass(frozen=True)
class SlipLine:
    """A milestone: the days that were said of it, each with the day on which it was said."""

    name: str
    note: str
    """How it stands, in a word or two."""
    standing: Standing
    said: tuple[tuple[date, date], ...]
    """The first plan, then the reports. Of one that is reached, the last is the day itself, twice."""
    replanned: tuple[tuple[date, date], ...] = ()
    """The same of later plans."""


@dataclass(frozen=True)
class MilestoneSlipChart:
    """When milestones are expected, from report to report: one that slips rises, one that is reached ends at
    the line of the days themselves."""

    title: str
    finding: str
    language: Language
    words: ChartWords
    starts_on: date
    """The day of the first plan."""
    reports: tuple[date, ...]
    plans: tuple[tuple[date, str], ...]
    """Later plans: the day of each, and what it is called."""
    lines: tuple[SlipLine, ...]

    def __post_init__(self) -> None:
        if not self.reports or not self.lines:
            raise ChartError("A slip chart needs a report and a milestone")
        if any(not line.said for line in self.lines):
            raise ChartError("Nothing was said of a milestone")


@dataclass(frozen=True)
class BudgetCurveChart:
    """A project's money over time: planned, spent, expected and granted."""

    title: str
    finding: str
    language: Language
    words: ChartWords
    curve: Curve

    def __post_init__(self) -> None:
        if self.curve.is_empty:
            raise ChartError("There is no money to draw")


@dataclass(frozen=True)
class IndicatorChart:
    """An indicator over time: where it was and is to come, what was expected by when, what was measured."""

    title: str
    finding: str
    language: Language
    words: ChartWords
    unit: str
    baseline: tuple[date, Decimal]
    target: tuple[date, Decimal]
    expected: tuple[tuple[date, Decimal], ...]
    """The corners of the line that measurements are held to."""
    measured: tuple[tuple[date, Decimal], ...]

    def __post_init__(self) -> None:
        if len({value for _day, value in self.points}) < 2:
            raise ChartError("Nothing moves in it")

    @property
    def points(self) -> tuple[tuple[date, Decimal], ...]:
        """Everything that is drawn."""
        return (self.baseline, self.target, *self.expected, *self.measured)


@dataclass(frozen=True)
class CostCliffLine:
    """Amounts that stand beside the cost of a year, and what they are called."""

    name: str
    amounts: tuple[Decimal | None, ...]
    """None: it is not known yet."""


@dataclass(frozen=True)
class CostCliffChart:
    """What each year costs: what there is money for, and on top of it what there is none for."""

    title: str
    finding: str
    language: Language
    words: ChartWords
    years: tuple[int, ...]
    financed: tuple[Decimal, ...]
    unfinanced: tuple[Decimal, ...]
    lines: tuple[CostCliffLine, ...] = ()

    def __post_init__(self) -> None:
        _require_series("financed", self.financed, len(self.years))
        _require_series("unfinanced", self.unfinanced, len(self.years))
        _require_amounts("financed", self.financed)
        _require_amounts("unfinanced", self.unfinanced)
        for line in self.lines:
            _require_series(line.name, line.amounts, len(self.years))
            _require_amounts(line.name, tuple(amount or Decimal(0) for amount in line.amounts))


Chart = (
    CostBenefitChart
    | CumulativeChart
    | PayGainChart
    | MilestoneSlipChart
    | BudgetCurveChart
    | IndicatorChart
    | CostCliffChart
)
