"""The Swedish alphabet in the database: the same order and the same search on both.

Neither database is asked for an order of its own: they know different ones, and one that changes with a
library's version is no order to page by. Instead both compare a text's key, letter by letter. On PostgreSQL
the key is made by translate(); on SQLite by a function that app.engine gives each connection. Where a list is
long, the key is kept beside the text, as plain text (`Kept`): ten thousand keys take PostgreSQL a second to
make. No table or index needs a function or an order of ours, so that any tool can read the file.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, String
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


Kept = String(200).with_variant(String(200, collation="C"), "postgresql")
"""The type of a column that holds a text's key: put in order sign by sign, as SQLite does anyway."""


def alphabetical(text: Any) -> ColumnElement[str]:
    """What to order by, for a list in the order of the Swedish alphabet."""
    return _Key(text)


def holds(text_key: SQLColumnExpression[str], search: str) -> ColumnElement[bool]:
    """Whether the text with this key holds what is searched for, in small letters or large. Å is never A."""
    return text_key.contains(key(search), autoescape=True)
