"""What a project has cost and how much was worked, held against its plan.

Amounts are kronor exact to the öre, hours have at most four decimals, shares are of full time (0.65 is 65 %).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from app.core.costs import Financier
from app.core.money import ONE_ORE, round_half_up
from app.core.plan import BudgetLine, Effort, Plan
from app.core.precision import exact_arithmetic

ZERO = Decimal(0)
LARGEST_AMOUNT = Decimal(100_000_000_000)
"""Kronor of one entry, in either direction."""
LARGEST_RATE = Decimal(100_000)
"""Kronor an hour."""
MOST_HOURS = Decimal(1_000_000)
"""Hours of one entry."""
_Key = TypeVar("_Key")


class AmountDiffersError(ValueError):
    """The amount is not hours times rate."""

    def __init__(self, computed: Decimal) -> None:
        super().__init__(f"hours times rate is {computed}")
        self.computed = computed


class NothingError(ValueError):
    """Neither hours nor an amount."""


def priced(hours: Decimal, rate: Decimal) -> Decimal:
    """What the hours cost, to the öre; half an öre goes up."""
    with exact_arithmetic():
        return round_half_up(hours * rate, ONE_ORE)


def amount_of(hours: Decimal | None, rate: Decimal | None, amount: Decimal | None) -> Decimal:
    """What an entry costs: hours times rate where both are given, else what is said; hours alone cost 0.

    Raises AmountDiffersError when something else is said than hours times rate, NothingError for an entry of
    nothing, or with a rate for no hours.
    """
    if hours is not None and rate is not None:
        computed = priced(hours, rate)
        if amount is not None and amount != computed:
            raise AmountDiffersError(computed)
        return computed
    if hours is None and (rate is not None or not amount):
        raise NothingError
    return amount or ZERO


@dataclass(frozen=True, slots=True)
class Sum:
    """Money and hours of entries that have these in common."""

    line: int | None
    """The budget line's key; None: outside the plan."""
    effort: int | None
    """The effort's key; None: a role that the plan does not have, or no hours."""
    financier: Financier
    year: int
    amount: Decimal
    hours: Decimal
    priced_amount: Decimal = ZERO
    """Of it, what hours with a rate cost."""
    priced_hours: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Assessed:
    """How much a role is said to have worked from the beginning up to a day: a range of hours, a share."""

    until: date
    low: Decimal | None
    high: Decimal | None
    share: Decimal | None
    note: str = ""


@dataclass(frozen=True)
class Actuals:
    """What has been spent and worked. Every way of adding it up gives the same total."""

    sums: Sequence[Sum] = ()
    assessed: Mapping[int, Assessed] = field(default_factory=dict)
    """By the effort's key: the newest assessment of each role that has one."""

    @property
    def total(self) -> Decimal:
        """All money."""
        return sum((row.amount for row in self.sums), ZERO)

    @property
    def hours(self) -> Decimal:
        """All hours."""
        return sum((row.hours for row in self.sums), ZERO)

    @property
    def priced_hours(self) -> Decimal:
        """Hours that have a rate."""
        return sum((row.priced_hours for row in self.sums), ZERO)

    @property
    def priced_amount(self) -> Decimal:
        """What the hours that have a rate cost."""
        return sum((row.priced_amount for row in self.sums), ZERO)

    @property
    def by_line(self) -> dict[int, Decimal]:
        """Money by the budget line's key; a line without entries is left out."""
        return _added((row.line, row.amount) for row in self.sums if row.line is not None)

    @property
    def outside_plan(self) -> Decimal:
        """Money that no budget line has."""
        return sum((row.amount for row in self.sums if row.line is None), ZERO)

    @property
    def by_financier(self) -> dict[Financier, Decimal]:
        """Money by who pays: both, also when it is nothing."""
        return dict.fromkeys(Financier, ZERO) | _added((row.financier, row.amount) for row in self.sums)

    @property
    def by_year(self) -> dict[int, Decimal]:
        """Money by calendar year; a year without entries is left out."""
        return _added((row.year, row.amount) for row in self.sums)

    @property
    def hours_by_effort(self) -> dict[int, Decimal]:
        """Hours by the effort's key; a role without entries is left out."""
        return _added((row.effort, row.hours) for row in self.sums if row.effort is not None)

    @property
    def hours_outside_plan(self) -> Decimal:
        """Hours of roles that the plan does not have."""
        return sum((row.hours for row in self.sums if row.effort is None), ZERO)

    def amount(self, *, year: int | None = None, financier: Financier | None = None) -> Decimal:
        """Money of a year, of a financier, or of both."""
        found = (
            row.amount for row in self.sums if year in (None, row.year) and financier in (None, row.financier)
        )
        return sum(found, ZERO)


def _added(pairs: Iterable[tuple[_Key, Decimal]]) -> dict[_Key, Decimal]:
    sums: dict[_Key, Decimal] = {}
    for key, amount in pairs:
        sums[key] = sums.get(key, ZERO) + amount
    return sums


# --- against the plan ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Overrun:
    """How much more than planned, as shares of the plan: at least and at most."""

    least: Decimal
    most: Decimal | None
    """None: the plan may have been nothing, and any work is endlessly more than that."""


def overrun(planned: tuple[Decimal, Decimal], worked: tuple[Decimal, Decimal]) -> Overrun | None:
    """By how much the work goes beyond the plan, ranges on both sides; None while it may be within it.

    90 planned and 144 worked is 60 % over; 40 to 80 planned and 240 to 260 worked is 200 to 550 % over.
    """
    (low, high), (least, most) = planned, worked
    if least <= high or not high:
        return None
    with exact_arithmetic():
        return Overrun(least / high - 1, most / low - 1 if low else None)


@dataclass(frozen=True, slots=True)
class LineOutcome:
    """A budget line and what it has cost."""

    line: BudgetLine
    actual: Decimal

    @property
    def left(self) -> Decimal:
        """Below zero when it has cost more than planned."""
        return self.line.total - self.actual


@dataclass(frozen=True, slots=True)
class EffortOutcome:
    """A planned role, the hours that are entered for it, and how much it is said to have worked."""

    effort: Effort
    entered: Decimal
    assessed: Assessed | None

    @property
    def worked(self) -> tuple[Decimal, Decimal]:
        """The hours that count: those that are assessed, where somebody has, else those that are entered."""
        if self.assessed is not None and self.assessed.low is not None and self.assessed.high is not None:
            return self.assessed.low, self.assessed.high
        return self.entered, self.entered

    @property
    def overrun(self) -> Overrun | None:
        """Of the hours; None where none are planned, or while they may be within the plan."""
        if self.effort.low is None or self.effort.high is None:
            return None
        return overrun((self.effort.low, self.effort.high), self.worked)

    @property
    def share_over(self) -> Decimal | None:
        """How much more of the time than planned: 0.05 is five percentage points; None when not more."""
        assessed = self.assessed.share if self.assessed is not None else None
        if assessed is None or self.effort.share is None or assessed <= self.effort.share:
            return None
        return assessed - self.effort.share


def line_outcomes(plan: Plan, actuals: Actuals) -> list[LineOutcome]:
    """Every budget line with what it has cost, in the plan's order."""
    spent = actuals.by_line
    return [LineOutcome(line, spent.get(line.key, ZERO)) for line in plan.budget]


def effort_outcomes(plan: Plan, actuals: Actuals) -> list[EffortOutcome]:
    """Every planned role with its work, in the plan's order."""
    hours = actuals.hours_by_effort
    return [
        EffortOutcome(row, hours.get(row.key, ZERO), actuals.assessed.get(row.key)) for row in plan.effort
    ]
