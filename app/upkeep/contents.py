"""The contents of files that records tell of, whatever records they are."""

from __future__ import annotations

from sqlalchemy import Connection, Table, select, union

from app.db import Base

_SAID_OF_A_FILE = {"filename", "size", "sha256"}


def tables_of_files() -> list[Table]:
    """Every table whose rows tell of a file, by name."""
    tables = [mapper.local_table for mapper in Base.registry.mappers]
    found = {
        table.name: table
        for table in tables
        if isinstance(table, Table) and set(table.columns.keys()) >= _SAID_OF_A_FILE
    }
    return [found[name] for name in sorted(found)]


def contents_told_of(connection: Connection) -> list[str]:
    """The hash of every content that a record refers to, in order; those of removed attachments too, since
    versions keep them."""
    told = union(*(select(table.c.sha256) for table in tables_of_files()))
    return sorted(connection.scalars(told))
