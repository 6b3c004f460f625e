"""Reading the portfolio: what everything that is found comes to, and its projects in an order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, case, cast, func, select

from app.accounts.access import Viewer
from app.accounts.queries import department_names
from app.core.workflow import State
from app.db import Money, db
from app.portfolio.asked import Lit, Wanted
from app.portfolio.facts import NAMES, Facts
from app.portfolio.moment import Moment
from app.programmes.models import EntryKind, FrameBalance, LedgerEntry, effect_on_frame

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


@dataclass(frozen=True, slots=True)
class Totals:
    """What is found, by state and by light."""

    by_state: Mapping[State, Sums]
    by_light: Mapping[Lit, Sums]

    @property
    def whole(self) -> Sums:
        """All of it."""
        return sum(self.by_state.values(), Sums())


def totals(viewer: Viewer, wanted: Wanted, moment: Moment) -> Totals:
    """What everything that is asked for comes to."""
    names = ("state", "light", *SUMMED[1:])
    rows = Facts(viewer, wanted, moment, names).query().subquery()
    added = [_added(rows.c[name]) for name in SUMMED[1:]]
    query = select(rows.c.state, rows.c.light, func.count(), *added).group_by(rows.c.state, rows.c.light)
    by_state: dict[State, Sums] = {}
    by_light: dict[Lit, Sums] = {}
    for state, light, *numbers in db.session.execute(query):
        sums = Sums(*numbers)
        by_state[State(state)] = by_state.get(State(state), Sums()) + sums
        if light:
            by_light[Lit(light)] = by_light.get(Lit(light), Sums()) + sums
    return Totals(by_state, by_light)


def _added(column: ColumnElement[Any]) -> ColumnElement[Any]:
    if isinstance(column.type, Money):
        return func.coalesce(func.sum(column), 0, type_=Money())
    return cast(func.coalesce(func.sum(column), 0), BigInteger)  # PostgreSQL adds counts up to a decimal


_WORST_FIRST = (Lit.RED, Lit.YELLOW, Lit.NONE, Lit.GREEN)
_BY: Mapping[str, Sequence[str]] = {
    "case": ("case_number",),
    "title": ("title_key",),
    "department": ("department_id",),
    "late": ("late_cases", "late_reports", "late_follow_ups"),
}
"""The columns that an order goes by, where it has another name."""


def rows(viewer: Viewer, wanted: Wanted, moment: Moment, *, limit: int | None, offset: int = 0) -> list[Row]:
    """Projects in the order that is asked for; all of them without a limit."""
    chosen = _chosen(viewer, wanted, moment, limit=limit, offset=offset)
    if limit is None:
        found = Facts(viewer, wanted, moment, NAMES).query()
    else:
        found = Facts(viewer, wanted, moment, NAMES, only=chosen).query()
    known = {row.id: Row(*row) for row in db.session.execute(found)}
    return [known[number] for number in chosen]


def _chosen(viewer: Viewer, wanted: Wanted, moment: Moment, *, limit: int | None, offset: int) -> list[int]:
    """The projects that are shown, by their numbers: of the rest only what they are ordered by is read."""
    by = _BY.get(wanted.sort, (wanted.sort,))
    facts = Facts(viewer, wanted, moment, ("id", *by))
    query = facts.query().order_by(*_order(facts, wanted, by), facts.column["id"])
    return [row.id for row in db.session.execute(query.limit(limit).offset(offset))]


def _order(facts: Facts, wanted: Wanted, by: Sequence[str]) -> Iterator[ColumnElement[Any]]:
    """A null comes first on one database and last on the other: what is empty always comes last."""
    columns = [facts.column[name] for name in by]
    first: ColumnElement[Any] = columns[0]
    if wanted.sort == "late":
        first = columns[0] + columns[1] + columns[2]
    elif wanted.sort in _PLACES:
        first = _PLACES[wanted.sort](first)
    yield first.is_(None)
    yield first.desc() if wanted.descending else first.asc()


def _place_of_light(light: ColumnElement[str]) -> ColumnElement[int]:
    return case(*((light == lit.value, place) for place, lit in enumerate(_WORST_FIRST)), else_=None)


def _place_of_state(state: ColumnElement[str]) -> ColumnElement[int]:
    return case(*((state == one.value, place) for place, one in enumerate(State)), else_=None)


def _place_of_department(number: ColumnElement[int]) -> ColumnElement[int]:
    return case(*((number == one, place) for place, one in enumerate(department_names())), else_=None)


_PLACES: Mapping[str, Any] = {
    "light": _place_of_light,
    "state": _place_of_state,
    "department": _place_of_department,
}


# --- the frame -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Frame:
    """The programme's money, all of it: its totals are everybody's."""

    frame: Decimal = ZERO
    available: Decimal = ZERO


def frame(wanted: Wanted, moment: Moment) -> Frame:
    """The frame of the programme that is asked for, else of all of them together."""
    if moment.until is None:
        mine = FrameBalance
        query = select(func.sum(mine.frame, type_=Money()), func.sum(mine.available, type_=Money()))
        if wanted.programme_id:
            query = query.where(mine.programme_id == wanted.programme_id)
        whole, available = db.session.execute(query).one()
        return Frame(whole or ZERO, available or ZERO)
    booked = select(LedgerEntry.kind, func.sum(LedgerEntry.amount, type_=Money())).where(
        moment.had_been(LedgerEntry.created_at)
    )
    if wanted.programme_id:
        booked = booked.where(LedgerEntry.programme_id == wanted.programme_id)
    found = {
        EntryKind(kind): amount for kind, amount in db.session.execute(booked.group_by(LedgerEntry.kind))
    }
    return Frame(
        found.get(EntryKind.FRAME, ZERO),
        sum((effect_on_frame(kind, amount) for kind, amount in found.items()), ZERO),
    )
