"""The Swedish alphabet in the database: the same order and the same search on both.

Neither database is asked for an order of its own: they know different ones, and one that changes with a
library's version is no order to page by. Instead both compare a text's key, letter by letter. On PostgreSQL
the key is made by translate(); on SQLite by a function that app.engine gives each connection. It stands in
queries only, never in a table or an index, so that any tool can read the file.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from app.core.alphabet import KEYED, KEYS, key


class _Key(FunctionElement[str]):
    """The key of a text."""

    name = "alphabet_key"
    type = String()
    inherit_cache = True


@compiles(_Key, "sqlite")
def _on_sqlite(element: _Key, compiler: SQLCompiler, **options: Any) -> str:
    return f"alphabet_key({compiler.process(element.clauses, **options)})"


@compiles(_Key, "postgresql")
def _on_postgresql(element: _Key, compiler: SQLCompiler, **options: Any) -> str:
    text = compiler.process(element.clauses, **options)
    return f"(translate({text}, '{KEYED}', '{KEYS}') COLLATE \"C\")"


def alphabetical(text: Any) -> ColumnElement[str]:
    """What to order by, for a list in the order of the Swedish alphabet."""
    return _Key(text)


def holds(text: Any, search: str) -> ColumnElement[bool]:
    """Whether the text holds what is searched for, in small letters or large. Å is never A."""
    return _Key(text).contains(key(search), autoescape=True)
