"""Fixed records against the history: what was written once must still say what it said then."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from heapq import merge
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from sqlalchemy import Connection, Table, select
from sqlalchemy.orm import Mapper

from app.db import Base
from app.history.changes import text_of
from app.history.models import HistoryEvent
from app.upkeep.tables import PORTION, rows_of

EVENT: Table = HistoryEvent.metadata.tables[HistoryEvent.__tablename__]


def fixed_models() -> list[Mapper[Any]]:
    """The records that nobody may change, besides the history itself."""
    found = [mapper for mapper in Base.registry.mappers if mapper.class_.__fixed__]
    return sorted(
        (mapper for mapper in found if mapper.class_ is not HistoryEvent),
        key=lambda mapper: str(mapper.class_.__tablename__),
    )


def altered(connection: Connection, mapper: Mapper[Any]) -> Iterator[tuple[int, str]]:
    """Each record of a fixed table that is not as the history tells, by its number, and what is wrong."""
    table: Table = mapper.class_.__table__
    for number, row, told in _side_by_side(rows_of(connection, table), _told_of(connection, table.name)):
        if row is None:
            yield number, "is gone; the history tells of it"
        elif not told and _is_told_by_another(mapper, row):
            continue
        elif not told:
            yield number, "is unknown to the history"
        else:
            for name in _different(mapper, row, told):
                yield number, f"has another {name} than the history tells"


def _is_told_by_another(mapper: Mapper[Any], row: Any) -> bool:
    """Whether the row names a record that vouches for it: that record is held against its rows."""
    column = mapper.class_.__told_by__
    return column is not None and row._mapping[column] is not None


def _told_of(connection: Connection, table: str) -> Iterator[tuple[int, list[Any]]]:
    query = (
        select(EVENT.c.record_id, EVENT.c.field, EVENT.c.to_value)
        .where(EVENT.c.record_type == table, EVENT.c.to_value.is_not(None))
        .order_by(EVENT.c.record_id, EVENT.c.id)
        .execution_options(yield_per=PORTION)
    )
    with connection.execute(query) as found:
        for number, events in groupby(found, key=attrgetter("record_id")):
            yield number, list(events)


def _side_by_side(
    rows: Iterator[Any], told: Iterator[tuple[int, list[Any]]]
) -> Iterator[tuple[int, Any, list[Any]]]:
    """Two lists in the order of numbers as one, without holding either."""
    left: Iterator[tuple[int, Any]] = ((row.id, row) for row in rows)
    for number, both in groupby(merge(left, told, key=itemgetter(0)), key=itemgetter(0)):
        parts = [part for _number, part in both]
        events = next((part for part in parts if isinstance(part, list)), [])
        yield number, next((part for part in parts if part is not events), None), events


def _different(mapper: Mapper[Any], row: Any, told: list[Any]) -> Iterator[str]:
    hidden = getattr(mapper.class_, "__hidden__", ())
    is_now = {
        attribute.key: row._mapping[attribute.columns[0]]
        for attribute in mapper.column_attrs
        if attribute.key not in hidden
    }
    for event in told:
        was = json.loads(event.to_value) if event.field is None else {event.field: event.to_value}
        names = is_now if event.field is None else was
        yield from (name for name in names if not _says(is_now.get(name), was.get(name)))


def _says(value: Any, told: str | None) -> bool:
    """Whether a value is the one that the history tells, however many decimals it was written with."""
    if isinstance(value, Decimal) and told is not None:
        return value == Decimal(told)
    return text_of(value) == told
