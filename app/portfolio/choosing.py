"""Which of the projects that somebody sees are asked for, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from app.core import alphabet
from app.core.workflow import GRANTED as GRANTED_STATES
from app.core.workflow import UNDECIDED, State
from app.portfolio.asked import GRANTED, OPEN, Late, Lit, Wanted
from app.portfolio.rows import Row

_GROUPS: Mapping[str, frozenset[State]] = {OPEN: frozenset(UNDECIDED), GRANTED: frozenset(GRANTED_STATES)}
_LATE: Mapping[str, str] = {
    Late.CASE: "late_cases", Late.REPORT: "late_reports", Late.FOLLOW_UP: "late_follow_ups",
}  # fmt: skip


def asked_for(rows: Iterable[Row], wanted: Wanted) -> list[Row]:
    """Those that fit the filter, in the order that they stand in."""
    for fits in _conditions(wanted):
        rows = filter(fits, rows)
    return list(rows)


def _conditions(wanted: Wanted) -> Iterator[Callable[[Row], bool]]:
    if wanted.department_id:
        yield lambda row: row.department_id == wanted.department_id
    if wanted.round_id:
        yield lambda row: row.round_id == wanted.round_id
    if wanted.state:
        states = _GROUPS.get(wanted.state, frozenset([wanted.state]))
        yield lambda row: row.state in states
    if wanted.light:
        yield lambda row: row.light == wanted.light
    if wanted.year:
        yield lambda row: row.decided_on is not None and row.decided_on.year == wanted.year
    if wanted.category:
        yield lambda row: row.benefits > 0
    if wanted.late:
        name = _LATE[wanted.late]
        yield lambda row: getattr(row, name) > 0


# --- order -----------------------------------------------------------------------------------------------


def in_order(rows: Iterable[Row], wanted: Wanted, departments: Iterable[int]) -> list[Row]:
    """In the order that is asked for. What is empty always comes last, what is alike in the order in which it
    was begun; departments are in the order in which they are given."""
    by = _order_by(wanted.sort, departments)
    keyed = [(by(row), row) for row in sorted(rows)]
    told = [pair for pair in keyed if pair[0] is not None]
    told.sort(key=lambda pair: pair[0], reverse=wanted.descending)
    return [row for _key, row in told] + [row for key, row in keyed if key is None]


def _order_by(sort: str, departments: Iterable[int]) -> Callable[[Row], Any]:
    if sort == "title":
        return lambda row: _title_key(row.title)
    if sort == "case":
        return lambda row: row.case_number
    if sort == "department":
        return _placed("department_id", list(departments))
    if sort in _PLACES:
        return _placed(sort, _PLACES[sort])
    return lambda row: getattr(row, sort)


_PLACES: Mapping[str, Sequence[Any]] = {
    "light": [lit.value for lit in (Lit.RED, Lit.YELLOW, Lit.NONE, Lit.GREEN)],
    "state": [state.value for state in State],
}
"""Orders of their own."""


def _placed(name: str, order: Iterable[Any]) -> Callable[[Row], int | None]:
    places = {value: place for place, value in enumerate(order)}
    return lambda row: places.get(getattr(row, name))


@lru_cache(maxsize=20_000)
def _title_key(title: str) -> str:
    """A list is sorted by the same titles again and again."""
    return alphabet.key(title)
