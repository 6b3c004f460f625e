"""The parts of a report in which the plan's rows are answered, each on a page of its own.

Few rows are asked about at a time, so that a page stays light however long the plan is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.core.plan import Plan

MOST_ROWS = 20
"""On one page."""


class Rows(StrEnum):
    """What kind of rows a part asks about, by its place in the address."""

    MILESTONES = "milstolpar"
    MONEY = "pengar"
    HOURS = "timmar"


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of one kind: the first twenty, or those after them."""

    rows: Rows
    number: int
    first: int
    """The place of its first row among all of the kind, from 1."""
    keys: tuple[int, ...]

    @property
    def address(self) -> str:
        """How it is named in an address."""
        return self.rows.value if self.number == 1 else f"{self.rows}-{self.number}"

    @property
    def fields(self) -> list[str]:
        """The names of its form's fields."""
        return [f"{prefix}_{key}" for prefix in FIELDS[self.rows] for key in self.keys]


FIELDS = {
    Rows.MILESTONES: ("forecast", "reached"),
    Rows.MONEY: ("spent", "cost"),
    Rows.HOURS: ("worked", "hours"),
}
"""What is asked of each row, by the beginning of the field's name."""


def parts_of(plan: Plan) -> list[Part]:
    """The parts of a report on this plan; none of rows that it does not have."""
    kinds = {
        Rows.MILESTONES: [row.key for row in plan.milestones],
        Rows.MONEY: [row.key for row in plan.budget],
        Rows.HOURS: [row.key for row in plan.effort],
    }
    return [part for rows, keys in kinds.items() for part in _divided(rows, keys)]


def _divided(rows: Rows, keys: Sequence[int]) -> Iterator[Part]:
    for number, first in enumerate(range(0, len(keys), MOST_ROWS), 1):
        yield Part(rows, number, first + 1, tuple(keys[first : first + MOST_ROWS]))


def after(plan: Plan, part: Part) -> Part | None:
    """The part that follows this one."""
    there = parts_of(plan)
    here = there.index(part)
    return there[here + 1] if here + 1 < len(there) else None
