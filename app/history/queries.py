"""Reading the history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from app.db import db
from app.history.chain import GENESIS
from app.history.models import HistoryEvent, HistoryHead

PORTION = 1_000
"""Rows that a walk along the chain holds at a time, however long the chain is."""


def timeline_of(project_id: int, *, limit: int = 50, before_id: int | None = None) -> Sequence[HistoryEvent]:
    """The project's events, newest first."""
    query = select(HistoryEvent).where(HistoryEvent.project_id == project_id)
    if before_id is not None:
        query = query.where(HistoryEvent.id < before_id)
    return db.session.scalars(query.order_by(HistoryEvent.id.desc()).limit(limit)).all()


def whole_chain(connection: Connection | None = None) -> Iterator[Row[Any]]:
    """Every event in the order of the chain, as plain rows, read in portions."""
    table = HistoryEvent.__table__
    query = select(table).order_by(table.c.id).execution_options(yield_per=PORTION)
    with (connection or db.session).execute(query) as found:
        yield from found


def head(connection: Connection | None = None) -> Row[Any] | None:
    """The chain's newest link."""
    return (connection or db.session).execute(select(HistoryHead.__table__)).one_or_none()


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the chain: the number and the hash of the link that stands there."""

    number: int
    hash: str


def newest() -> Place:
    """The chain's end."""
    found = head()
    return Place(found.last_event_id, found.last_hash) if found else Place(0, GENESIS)


def written_between(earlier: Place, later: Place) -> frozenset[int | None] | None:
    """The projects that something was written of after the earlier place and no later than the later one; in
    it None, if something was written of no project. None: the chain has no such place, it is another's."""
    if earlier.number >= later.number:
        return frozenset() if earlier == later else None
    follows = select(HistoryEvent.previous_hash).where(HistoryEvent.id == earlier.number + 1)
    if db.session.scalar(follows) != earlier.hash:
        return None
    written = HistoryEvent.id.between(earlier.number + 1, later.number)
    return frozenset(db.session.scalars(select(HistoryEvent.project_id).where(written).distinct()))
