"""A project's plan as plain data: what is to be ready when, what it costs, who works, when benefits begin.

A baseline is such a plan, fixed by a decision. Later reports and plans are held against it. Amounts are
kronor (exact to the öre), hours are whole persons' hours, shares are of full time (0.6 is 60 %).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.core.costs import CostKind, Financier

ZERO = Decimal(0)


class MilestoneKind(StrEnum):
    """What is ready on the day: a sign that the project is on its way, or something that is handed over."""

    MILESTONE = "milestone"
    DELIVERY = "delivery"


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something that is ready, and by which day it is planned to be."""

    key: int
    """The same in every baseline."""
    name: str
    kind: MilestoneKind
    planned_on: date
    responsible: str


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """What a cost may be: kronor by calendar year, of one department, paid by one financier."""

    key: int
    description: str
    kind: CostKind
    department: str
    financier: Financier
    amounts: Mapping[int, Decimal]

    @property
    def total(self) -> Decimal:
        """Over all years."""
        return sum(self.amounts.values(), ZERO)


@dataclass(frozen=True, slots=True)
class Effort:
    """How much work a role is planned to do: hours as a range, a share of full time, or both.

    Raises ValueError for a range that is half given or backwards, and for no effort at all.
    """

    key: int
    role: str
    department: str
    low: Decimal | None
    high: Decimal | None
    share: Decimal | None

    def __post_init__(self) -> None:
        if (self.low is None) != (self.high is None):
            raise ValueError("a range has two ends")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("a range goes from less to more")
        if self.low is None and self.share is None:
            raise ValueError("effort is hours or a share of time")

    @property
    def is_estimate(self) -> bool:
        """Whether the hours are a range rather than one number."""
        return self.low != self.high


@dataclass(frozen=True, slots=True)
class BenefitStart:
    """The day from which a benefit is expected; None for one that has no day yet."""

    key: int
    """The benefit line's number."""
    description: str
    starts_on: date | None
    yearly: Decimal | None = None
    """Kronor a year at full effect, where a later decision says another amount than the application."""
    working: str = ""
    """How that amount was counted."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All of it."""

    starts_on: date
    ends_on: date
    milestones: Sequence[Milestone]
    budget: Sequence[BudgetLine]
    effort: Sequence[Effort]
    benefits: Sequence[BenefitStart]
    scope: str = ""
    """How what the project does differs from the decided application, in words."""

    @property
    def years(self) -> list[int]:
        """The calendar years that have money in them, and those of the project's period."""
        of_period = range(self.starts_on.year, self.ends_on.year + 1)
        return sorted({*of_period, *(year for line in self.budget for year in line.amounts)})

    def budget_of(self, financier: Financier | None = None) -> Decimal:
        """The budget over all years; of one financier, if named."""
        return sum((line.total for line in _of(self.budget, financier)), ZERO)

    def budget_in(self, year: int, financier: Financier | None = None) -> Decimal:
        """The budget of a calendar year."""
        return sum((line.amounts.get(year, ZERO) for line in _of(self.budget, financier)), ZERO)

    @property
    def hours(self) -> tuple[Decimal, Decimal]:
        """The planned hours of the roles that have any: the least and the most."""
        ranges = [(row.low, row.high) for row in self.effort if row.low is not None and row.high is not None]
        return sum((low for low, _high in ranges), ZERO), sum((high for _low, high in ranges), ZERO)


def together(plans: Sequence[Plan]) -> Plan:
    """The money of several plans as one, from the first day of any of them to the last."""
    return Plan(
        min(plan.starts_on for plan in plans),
        max(plan.ends_on for plan in plans),
        milestones=(),
        budget=[line for plan in plans for line in plan.budget],
        effort=(),
        benefits=(),
    )


def _of(lines: Iterable[BudgetLine], financier: Financier | None) -> Iterator[BudgetLine]:
    return (line for line in lines if financier in (None, line.financier))


def by_department_and_year(
    lines: Iterable[BudgetLine], financier: Financier
) -> dict[tuple[str, int], Decimal]:
    """What each department is to spend of a financier's money in each year; nothing where it is nothing."""
    sums: dict[tuple[str, int], Decimal] = {}
    for line in _of(lines, financier):
        for year, amount in line.amounts.items():
            if amount:
                sums[line.department, year] = sums.get((line.department, year), ZERO) + amount
    return sums


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the budget of the programme's money is not what was granted: a department and a year."""

    department: str
    year: int
    planned: Decimal
    granted: Decimal


def differences(plan: Plan, granted: Mapping[tuple[str, int], Decimal]) -> list[Difference]:
    """Where the plan's use of the programme's money differs from what is granted, by department and year."""
    planned = by_department_and_year(plan.budget, Financier.PROGRAMME)
    return [
        Difference(*place, planned.get(place, ZERO), granted.get(place, ZERO))
        for place in sorted(planned.keys() | granted.keys(), key=lambda place: (place[1], place[0]))
        if planned.get(place, ZERO) != granted.get(place, ZERO)
    ]


def days_late(planned: date, other: date) -> int:
    """How many days later than planned; negative when earlier."""
    return (other - planned).days
