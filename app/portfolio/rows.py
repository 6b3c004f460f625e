"""What is known of a project of the portfolio, and what some of them come to together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from app.core.workflow import State
from app.portfolio.asked import Lit

ZERO = Decimal(0)


class Row(NamedTuple):
    """A project of the portfolio."""

    id: int
    title: str
    case_number: str | None
    kind: str
    state: str
    department_id: int
    round_id: int | None
    decided_on: date | None
    applied: Decimal
    granted: Decimal
    paid: Decimal
    left: Decimal
    light: str
    """A light, `none` of a project at work that has not reported, nothing of any other."""
    days_late: int | None
    risk: int | None
    high_risks: int | None
    benefits: int
    promised: Decimal
    yearly: Decimal
    forecast: Decimal
    realised: Decimal
    taken_home: Decimal
    unmeasured: int | None
    late_cases: int
    late_reports: int
    late_follow_ups: int

    @property
    def late(self) -> int:
        """How much of it is late."""
        return self.late_cases + self.late_reports + self.late_follow_ups


@dataclass(frozen=True, slots=True)
class Sums:
    """What some projects come to together."""

    count: int = 0
    applied: Decimal = ZERO
    granted: Decimal = ZERO
    paid: Decimal = ZERO
    left: Decimal = ZERO
    high_risks: int = 0
    """Risks that make a report red."""
    benefits: int = 0
    promised: Decimal = ZERO
    yearly: Decimal = ZERO
    forecast: Decimal = ZERO
    realised: Decimal = ZERO
    taken_home: Decimal = ZERO
    unmeasured: int = 0
    late_cases: int = 0
    late_reports: int = 0
    late_follow_ups: int = 0

    def __add__(self, other: Sums) -> Sums:
        return Sums(*(getattr(self, name) + getattr(other, name) for name in SUMMED))


SUMMED = tuple(field.name for field in fields(Sums))
_PLACES = tuple((Row._fields.index(name), getattr(Sums(), name)) for name in SUMMED[1:])
"""Of each thing that is added up: its place in a row, and what it is when there is none."""


@dataclass(frozen=True, slots=True)
class Totals:
    """What is found, by state and by light."""

    by_state: Mapping[State, Sums]
    by_light: Mapping[Lit, Sums]

    @property
    def whole(self) -> Sums:
        """All of it."""
        return sum(self.by_state.values(), Sums())


def totals_of(rows: Iterable[Row]) -> Totals:
    """What these come to."""
    alike: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        alike.setdefault((row.state, row.light), []).append(row)
    by_state: dict[State, Sums] = {}
    by_light: dict[Lit, Sums] = {}
    for (state, light), found in alike.items():
        sums = _added(found)
        by_state[State(state)] = by_state.get(State(state), Sums()) + sums
        if light:
            by_light[Lit(light)] = by_light.get(Lit(light), Sums()) + sums
    return Totals(by_state, by_light)


def _added(rows: Sequence[Row]) -> Sums:
    columns: list[tuple[Any, ...]] = list(zip(*rows, strict=True))
    return Sums(len(rows), *(sum(_told(columns[place]), none) for place, none in _PLACES))


def _told(column: Sequence[Any]) -> Iterable[Any]:
    """What is known of; None is no number."""
    return filter(None, column) if None in column else column
