"""What the portfolio shows: what is known now, or what was known at the end of an earlier day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Integer,
    Numeric,
    SQLColumnExpression,
    Subquery,
    case,
    cast,
    func,
    select,
    type_coerce,
)

from app.core.clock import LOCAL_TIME
from app.db import Money
from app.history.models import HistoryEvent


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, and how much of what has been written since is known."""

    day: date
    """What is late is later than this day."""
    until: datetime | None = None
    """What was written at this moment or after it is not known; None: everything is."""

    def had_been(self, written: SQLColumnExpression[Any]) -> ColumnElement[bool]:
        """Whether something that was written then is known."""
        return written < self.until if self.until else written.is_not(None)


def moment_of(asked: date | None, today: date) -> Moment:
    """Now, unless an earlier day is asked for; then the end of that day."""
    if asked is None or asked >= today:
        return Moment(today)
    midnight = datetime.combine(asked + timedelta(days=1), time(), LOCAL_TIME)
    return Moment(asked, midnight.astimezone(UTC))


Projects = Sequence[int] | None
"""Those that are asked about; None: all of them."""


def changed_since(until: datetime, record_type: str, *fields: str, only: Projects = None) -> Subquery:
    """What records said at that moment of fields that have changed since: of each record `record_id`, and for
    each field `has_…` when it has, and under its own name what it was, as the history keeps it."""
    first = (
        select(func.min(HistoryEvent.id).label("id"))
        .where(
            HistoryEvent.record_type == record_type,
            HistoryEvent.field.in_(fields),
            HistoryEvent.at >= until,
            *_of(only),
        )
        .group_by(HistoryEvent.field, HistoryEvent.record_id)
        .subquery()
    )
    told: list[Any] = []
    for name in fields:
        told += [
            func.max(case((HistoryEvent.field == name, 1))).label(f"has_{name}"),
            func.max(case((HistoryEvent.field == name, HistoryEvent.from_value))).label(name),
        ]
    query = select(HistoryEvent.record_id.label("record_id"), *told)
    query = query.join(first, first.c.id == HistoryEvent.id)
    return query.group_by(HistoryEvent.record_id).subquery()


def begun_before(until: datetime, record_type: str, only: Projects = None) -> Subquery:
    """The records that there were at that moment: their beginning is told, which no field is."""
    query = select(HistoryEvent.record_id.label("record_id")).where(
        HistoryEvent.record_type == record_type,
        HistoryEvent.field.is_(None),
        HistoryEvent.at < until,
        *_of(only),
    )
    return query.distinct().subquery()


def _of(only: Projects) -> list[ColumnElement[bool]]:
    return [] if only is None else [HistoryEvent.project_id.in_(only)]


def as_it_was(now: Any, since: FromClause | None, name: str) -> Any:
    """A column as it was, where `since` tells of it; else as it is."""
    if since is None:
        return now
    return case((since.c[f"has_{name}"] == 1, _read(since.c[name], now.type)), else_=now)


def _read(told: ColumnElement[Any], kind: Any) -> ColumnElement[Any]:
    """A value that the history keeps as text."""
    if isinstance(kind, Money):
        return type_coerce(cast(func.round(cast(told, Numeric) * 100), BigInteger), Money())
    return cast(told, Integer) if isinstance(kind, Integer) else told
