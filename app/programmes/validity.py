"""What is valid now, what comes and what was, among settings that replace each other."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Generic, Protocol, TypeVar

from app.programmes.models import Criterion, Round


class Validity(StrEnum):
    """Where a row of settings stands on a day."""

    COMING = "coming"
    NOW = "now"
    PAST = "past"


class RoundState(StrEnum):
    """Where an application round stands on a day."""

    COMING = "coming"
    OPEN = "open"
    CLOSED = "closed"


class Setting(Protocol):
    """A row that is valid from a day on."""

    valid_from: date


_Row = TypeVar("_Row", bound=Setting)


@dataclass(frozen=True)
class Dated(Generic[_Row]):
    """A row and where it stands."""

    row: _Row
    validity: Validity


def dated(
    rows: Iterable[_Row], day: date, same: Callable[[_Row], Hashable] = lambda _row: None
) -> list[Dated[_Row]]:
    """Each row with its validity, what comes first and the oldest last.

    Rows that are the `same` replace each other: the newest that has begun is valid, unless it has an end.
    """
    newest_first = sorted(rows, key=lambda row: row.valid_from, reverse=True)
    newest_begun: dict[Hashable, _Row] = {}
    for row in newest_first:
        if row.valid_from <= day:
            newest_begun.setdefault(same(row), row)
    return [Dated(row, _validity(row, newest_begun.get(same(row)), day)) for row in newest_first]


def _validity(row: Setting, newest_begun: Setting | None, day: date) -> Validity:
    if row.valid_from > day:
        return Validity.COMING
    ends = getattr(row, "valid_until", None)
    if row is not newest_begun or (ends is not None and ends < day):
        return Validity.PAST
    return Validity.NOW


@dataclass(frozen=True)
class CriteriaSet:
    """The criteria that are valid from the same day: they replace the set before as a whole."""

    valid_from: date
    criteria: Sequence[Criterion]

    @property
    def total(self) -> int:
        """The sum of the weights: 100 when the set is whole."""
        return sum(criterion.weight for criterion in self.criteria)


def criteria_sets(criteria: Iterable[Criterion]) -> list[CriteriaSet]:
    """Criteria, which come in the order of their first day, as sets."""
    return [
        CriteriaSet(valid_from, list(rows))
        for valid_from, rows in groupby(criteria, key=lambda row: row.valid_from)
    ]


def round_state(row: Round, day: date) -> RoundState:
    """Whether the round takes applications in on this day."""
    if row.opens_on > day:
        return RoundState.COMING
    if row.closes_on is not None and row.closes_on < day:
        return RoundState.CLOSED
    return RoundState.OPEN
