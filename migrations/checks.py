"""Changing a CHECK of a table that others lean on, on both databases."""

from __future__ import annotations

import re

from alembic import op
from sqlalchemy import text


def replace_check(table: str, name: str, condition: str) -> None:
    """Let the named CHECK of the table say this instead. Rows, keys, indexes and triggers stay as they are.

    SQLite cannot alter a CHECK: the table is made anew under another name, filled, and takes the old one's
    place, as SQLite's own description has it. Foreign keys are not looked at while migrations run.
    """
    if op.get_bind().dialect.name == "sqlite":
        _rebuild(table, name, condition)
    else:
        op.drop_constraint(op.f(name), table)
        op.create_check_constraint(op.f(name), table, condition)


def _rebuild(table: str, name: str, condition: str) -> None:
    connection = op.get_bind()
    kept = text("SELECT type, sql FROM sqlite_master WHERE tbl_name = :table AND sql IS NOT NULL")
    found = connection.execute(kept, {"table": table}).all()
    made = next(sql for kind, sql in found if kind == "table")
    columns = ", ".join(row.name for row in connection.execute(text(f"PRAGMA table_info({table})")))
    _run(_renamed(_with_check(made, name, condition), table, f"_new_{table}"))
    _run(f"INSERT INTO _new_{table} ({columns}) SELECT {columns} FROM {table}")  # noqa: S608 - our own names
    _run(f"DROP TABLE {table}")
    _run(f"ALTER TABLE _new_{table} RENAME TO {table}")
    for kind, sql in found:
        if kind != "table":
            _run(sql)


def _run(statement: str) -> None:
    op.get_bind().exec_driver_sql(statement)


def _renamed(sql: str, table: str, other: str) -> str:
    return re.sub(rf'^CREATE TABLE "?{table}"?', f'CREATE TABLE "{other}"', sql, count=1)


def _with_check(sql: str, name: str, condition: str) -> str:
    begins = sql.index(f"CONSTRAINT {name} CHECK (") + len(f"CONSTRAINT {name} CHECK ")
    return f"{sql[:begins]}({condition}){sql[_closing(sql, begins) + 1 :]}"


def _closing(sql: str, opening: int) -> int:
    """Where the bracket that opens here is closed; quoted text is skipped."""
    depth, quoted = 0, False
    for place in range(opening, len(sql)):
        quoted ^= sql[place] == "'"
        depth += 0 if quoted else (sql[place] == "(") - (sql[place] == ")")
        if depth == 0:
            return place
    raise ValueError("a bracket is not closed")
