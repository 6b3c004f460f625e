"""Every table of the product, whole: read row by row, copied from one database to another, and compared.

The two databases print the same value in different ways. So a table's content is told by the values as the
product knows them, in the order of the primary key: equal contents have equal fingerprints on both.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Connection, Engine, Row, String, Table, func, insert, inspect, select, text

from app.db import Base
from app.engine import reading, take_time
from app.history.changes import text_of

PORTION = 500
"""Rows that are held at a time, however long the table is."""

MIGRATIONS_OWN = "alembic_version"


class UnknownTableError(RuntimeError):
    """The database holds a table that the product does not know: it would be left behind in silence."""


@dataclass(frozen=True)
class Content:
    """How many rows a table holds, and the fingerprint of all they say."""

    rows: int
    sha256: str


@dataclass
class Fingerprint:
    """The fingerprint of a table, taken row by row."""

    rows: int = 0
    _digest: Any = field(default_factory=hashlib.sha256)

    def take(self, row: Sequence[Any]) -> None:
        """Add the next row."""
        said = json.dumps([text_of(value) for value in row], ensure_ascii=False, separators=(",", ":"))
        self._digest.update(said.encode())
        self._digest.update(b"\n")
        self.rows += 1

    @property
    def content(self) -> Content:
        """What has been taken so far."""
        return Content(self.rows, self._digest.hexdigest())


@contextmanager
def one_moment(engine: Engine) -> Iterator[Connection]:
    """A connection on which everything that is read is of one moment, however long it takes.

    Whoever writes meanwhile is not kept waiting.
    """
    with engine.connect() as connection:
        with reading():
            connection.begin()
        take_time(connection)
        yield connection


def all_tables(connection: Connection) -> list[Table]:
    """The product's tables, each after those that it refers to. Raises UnknownTableError."""
    tables = Base.metadata.sorted_tables
    known = {table.name for table in tables} | {MIGRATIONS_OWN}
    if unknown := sorted(set(inspect(connection).get_table_names()) - known):
        raise UnknownTableError(", ".join(unknown))
    return tables


def first_filled(connection: Connection) -> str | None:
    """A table that holds something; None when the database is empty."""
    present = set(inspect(connection).get_table_names())
    for table in all_tables(connection):
        if table.name in present and connection.execute(select(1).select_from(table).limit(1)).first():
            return table.name
    return None


def rows_of(connection: Connection, table: Table) -> Iterator[Row[Any]]:
    """Every row of a table in the order of its primary key, the same order on every database."""
    order = [_byte_by_byte(column, connection) for column in table.primary_key]
    query = select(table).order_by(*order).execution_options(yield_per=PORTION)
    with connection.execute(query) as found:
        yield from found


def _byte_by_byte(column: Column[Any], connection: Connection) -> Any:
    if isinstance(column.type, String):
        return column.collate("BINARY" if connection.dialect.name == "sqlite" else "C")
    return column


def content_of(connection: Connection, table: Table) -> Content:
    """What a table says."""
    fingerprint = Fingerprint()
    for row in rows_of(connection, table):
        fingerprint.take(row)
    return fingerprint.content


def copy_table(source: Connection, target: Connection, table: Table) -> Content:
    """Write every row of a table into the same table of another database; what was written."""
    fingerprint = Fingerprint()
    statement = insert(table)
    portion: list[dict[str, Any]] = []
    for row in rows_of(source, table):
        fingerprint.take(row)
        portion.append(dict(row._mapping))
        if len(portion) == PORTION:
            target.execute(statement, portion)
            portion = []
    if portion:
        target.execute(statement, portion)
    return fingerprint.content


def continue_numbers(connection: Connection) -> None:
    """Let PostgreSQL number new rows after those that were copied; SQLite looks at the rows themselves."""
    if connection.dialect.name != "postgresql":
        return
    for table in Base.metadata.sorted_tables:
        column = table.autoincrement_column
        if column is None:
            continue
        named = {"table": table.name, "column": column.name}
        sequence = connection.scalar(text("select pg_get_serial_sequence(:table, :column)"), named)
        if sequence is not None:
            last = connection.scalar(select(func.max(column)))
            connection.execute(select(func.setval(sequence, last or 1, last is not None)))
