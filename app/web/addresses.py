"""Numbers in addresses: a record's own, or no record's."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST_ID = 2**31 - 1
"""What a database keeps as a record's number; a larger one leads nowhere, as any that no record has."""


class RecordNumber(IntegerConverter):
    """A whole number that can be a record's."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST_ID)


def install(app: Flask) -> None:
    """Let every `<int:…>` in an address be a record's number."""
    app.url_map.converters["int"] = RecordNumber


def record_number(text: str) -> int | None:
    """The record that a parameter names; None when it names none."""
    known = text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST_ID))
    return min(int(text), LARGEST_ID) if known else None
