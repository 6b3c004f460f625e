"""A project's money over time: planned by year, spent by report, expected in the end, granted.

Pure. Amounts are kronor exact to the öre, and run from the project's beginning. A plan knows its money by
calendar year and no finer: what it plans within a year is not known, and nothing here claims it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate

from app.core.costs import Financier
from app.core.plan import Plan

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Point:
    """How much by the end of a day, from the beginning."""

    on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Told:
    """What a report says of money: spent until its period's end, and expected when the project is over."""

    on: date
    name: str
    spent: Decimal
    forecast: Decimal


@dataclass(frozen=True, slots=True)
class CurveRow:
    """What is known of a day; None where nothing is said of it."""

    on: date
    name: str
    """The report's; empty for the end of a year that no report is about."""
    first: Decimal | None
    planned: Decimal | None
    spent: Decimal | None
    forecast: Decimal | None


@dataclass(frozen=True, slots=True)
class Curve:
    """All of it."""

    starts_on: date
    ends_on: date
    """The last day of which anything is planned or told."""
    plan: tuple[Point, ...]
    """By the newest plan, from nothing on; the last is the whole budget."""
    first: tuple[Point, ...]
    """By the first plan; nothing where the newest has the same money at the same time."""
    granted: Decimal
    """By the programme, in all: what the newest plan has of its money."""
    told: tuple[Told, ...]
    """The earliest report first."""
    is_over: bool = False
    """The project has ended: the last that is told is what it cost."""

    @property
    def budget(self) -> Decimal:
        """The whole of the newest plan."""
        return self.plan[-1].amount

    @property
    def forecast(self) -> Decimal:
        """What the last report expects; as planned while there is none."""
        return self.told[-1].forecast if self.told else self.budget

    @property
    def is_empty(self) -> bool:
        """Whether there is no money in it at all."""
        return not any(self._amounts)

    @property
    def highest(self) -> Decimal:
        """The largest amount of all."""
        return max(self._amounts)

    @property
    def _amounts(self) -> list[Decimal]:
        planned = [point.amount for point in (*self.plan, *self.first)]
        return [
            *planned,
            self.granted,
            *(amount for row in self.told for amount in (row.spent, row.forecast)),
        ]

    @property
    def rows(self) -> list[CurveRow]:
        """The days on which something is known, in their order, after the beginning, when all is nothing."""
        planned, first = ({point.on: point.amount for point in line[1:]} for line in (self.plan, self.first))
        told = {row.on: row for row in self.told}
        return [
            CurveRow(
                day,
                told[day].name if day in told else "",
                first.get(day),
                planned.get(day),
                told[day].spent if day in told else None,
                told[day].forecast if day in told else None,
            )
            for day in sorted({*planned, *first, *told})
        ]


def cumulative(plan: Plan) -> tuple[Point, ...]:
    """The plan's money by the end of each of its years, after a beginning with nothing.

    What the year in which the project ends has is planned by the project's last day. A plan may have money
    in a year before its first or after its last day.
    """
    years = plan.years
    beginning = plan.starts_on if years[0] == plan.starts_on.year else date(years[0], 1, 1)
    amounts = accumulate(plan.budget_in(year) for year in years)
    ends = [plan.ends_on if year == plan.ends_on.year else date(year, 12, 31) for year in years]
    return (
        Point(beginning, ZERO),
        *(Point(day, amount) for day, amount in zip(ends, amounts, strict=True)),
    )


def curve(first: Plan, plan: Plan, told: Sequence[Told]) -> Curve:
    """The project's money by its first and its newest plan and by its reports."""
    planned, began = cumulative(plan), cumulative(first)
    ordered = sorted(told, key=lambda row: row.on)
    days = [point.on for point in (*planned, *began)]
    return Curve(
        min(days),
        max(*days, *(row.on for row in ordered)),
        planned,
        began if began != planned else (),
        plan.budget_of(Financier.PROGRAMME),
        tuple(ordered),
    )
