"""Reading the history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing

from sqlalchemy import select

from app.db import db
from app.history.models import HistoryEvent, HistoryHead


def timeline_of(project_id: int, *, limit: int = 50, before_id: int | None = None) -> Sequence[HistoryEvent]:
    """The project's events, newest first."""
    query = select(HistoryEvent).where(HistoryEvent.project_id == project_id)
    if before_id is not None:
        query = query.where(HistoryEvent.id < before_id)
    return db.session.scalars(query.order_by(HistoryEvent.id.desc()).limit(limit)).all()


def whole_chain() -> Iterator[HistoryEvent]:
    """Every event in the order of the chain, read in portions."""
    query = select(HistoryEvent).order_by(HistoryEvent.id).execution_options(yield_per=1000)
    with closing(db.session.scalars(query)) as events:  # whoever stops reading leaves no cursor open
        yield from events


def head() -> HistoryHead | None:
    """The chain's newest link."""
    return db.session.scalar(select(HistoryHead))
