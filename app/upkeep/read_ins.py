"""Files that were read in, against their rows: each file's record vouches for what was entered from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, select

from app.delivery.costs.models import CostEntry, CostReadIn
from app.delivery.costs.prints import print_of
from app.upkeep.fault import Fault
from app.upkeep.tables import PORTION, rows_of


def faults(connection: Connection) -> Iterator[Fault]:
    """Every file whose rows are not those that it was read in with."""
    for file in rows_of(connection, _table(CostReadIn)):
        place = f"Cost read in {file.id}"
        rows = _Rows(connection, file)
        if print_of(rows) != file.rows_sha256:
            yield Fault(place, "has other rows than its print says")
        if rows.strangers:
            yield Fault(place, f"has {rows.strangers} rows of another project, person or moment")


class _Rows:
    """The file's rows, a portion at a time; counts those that say to be of something else than the file."""

    def __init__(self, connection: Connection, file: Any) -> None:
        self._connection, self._file, self.strangers = connection, file, 0

    def __iter__(self) -> Iterator[Any]:
        entry, file = _table(CostEntry), self._file
        query = select(entry).where(entry.c.read_in_id == file.id).order_by(entry.c.row_number)
        own = (file.project_id, file.read_in_by_id, file.read_in_at)
        with self._connection.execute(query.execution_options(yield_per=PORTION)) as found:
            for row in found:
                self.strangers += (row.project_id, row.entered_by_id, row.entered_at) != own
                yield row


def _table(model: Any) -> Table:
    table: Table = model.__table__
    return table
