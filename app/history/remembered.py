"""What is known of every project, remembered from one page to the next (docs/adr/0028).

Whoever asks says how it is counted, and is the only one that says what it means; here stands what came of it,
and at which place in the history. Nothing of it changes unless the history tells of it, so only the projects
that something has been written of since are counted anew; all of them when something was written of no
project (a reporting period), or when the chain is not the one that is remembered (a restored database).

Each process remembers for itself, and nothing of it is stored. Only what had been committed is remembered:
whoever is writing counts everything himself.
"""

from __future__ import annotations

import gc
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from app.db import db
from app.engine import sees_one_moment
from app.history.queries import Place, newest, written_between

THINGS = 4
"""That are remembered at a time: days, categories of benefits."""
STATES = 2
"""Of each, what was counted last: who began to read before something was written sees it as before."""
FEW = 300
"""Projects that are counted anew one by one; of more, it is as quick to count everything."""

MANY = 1_000
"""Projects of which so much is remembered that one notices."""

T = TypeVar("T")
Count = Callable[[Sequence[int] | None], Mapping[int, T]]
"""Counts it, by the number of the project: of those that are named, or of all."""
Written = frozenset[int | None]
"""Projects that something was written of; None among them: something of no project."""


@dataclass(frozen=True, slots=True)
class _State:
    """What was known at a place in the history."""

    place: Place
    known: Mapping[int, Any]


class _Remembered:
    """One thing that is remembered."""

    def __init__(self) -> None:
        self._states: list[_State] = []
        self._lock = Lock()

    def known(self, count: Count[Any]) -> Mapping[int, Any]:
        """As the current transaction sees it. Who comes while it is counted waits for it."""
        place = newest()
        with self._lock:
            before, written = self._before(place)
            if before is not None and not written:
                return before.known
            state = _State(place, _counted(count, before, written))
            self._states = [state, *self._states][:STATES]
            return state.known

    def _before(self, place: Place) -> tuple[_State | None, Written]:
        """What was counted last, no later in this very chain, and what has been written of since."""
        for state in self._states:
            written = written_between(state.place, place)
            if written is not None:
                return state, written
        return None, frozenset()


def _counted(count: Count[Any], before: _State | None, written: Written) -> Mapping[int, Any]:
    if before is None or None in written or len(written) > FEW:
        return _set_aside(count(None))
    known = {number: one for number, one in before.known.items() if number not in written}
    return known | dict(count(sorted(number for number in written if number is not None)))


def _set_aside(known: Mapping[int, Any]) -> Mapping[int, Any]:
    """What is much, and stays, is not looked through for garbage: every seventh page would wait for that. It
    has no circles, and is let go as soon as nobody refers to it."""
    if len(known) >= MANY:
        gc.collect()
        gc.freeze()
    return known


class _Memory:
    """What was asked for last."""

    def __init__(self) -> None:
        self._things: OrderedDict[Hashable, _Remembered] = OrderedDict()
        self._lock = Lock()

    def of(self, thing: Hashable) -> _Remembered:
        """What is asked for now; what nobody has asked for the longest is forgotten."""
        with self._lock:
            found = self._things.setdefault(thing, _Remembered())
            self._things.move_to_end(thing)
            while len(self._things) > THINGS:
                self._things.popitem(last=False)
            return found


_memories: WeakKeyDictionary[Engine, _Memory] = WeakKeyDictionary()
"""Of each database that the process works with."""


def remembered(thing: Hashable, count: Count[T]) -> Mapping[int, T]:
    """What is known of every project, by its number, whoever asks. `thing` names what is counted, with all
    that it follows from besides the record itself: the day, a filter."""
    if not sees_one_moment(db.session.connection()):
        return count(None)
    return _memories.setdefault(db.engine, _Memory()).of(thing).known(count)
