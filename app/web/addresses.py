"""Numbers in addresses: a record's own, or no record's. And whole addresses, for what is read elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST_ID = 2**31 - 1
"""What a database keeps as a record's number; a larger one leads nowhere, as any that no record has."""


class RecordNumber(IntegerConverter):
    """A whole number that can be a record's."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST_ID)


@dataclass(frozen=True)
class Links:
    """Whole addresses of our pages, made where there is no request: in a mail."""

    pages: Map
    base: str
    """What they begin with: `https://hemtag.staden.example`."""

    def to(self, endpoint: str, **parts: Any) -> str:
        """The address of this page."""
        base = urlsplit(self.base)
        bound = self.pages.bind(base.netloc, script_name=base.path or "/", url_scheme=base.scheme)
        return bound.build(endpoint, parts, force_external=True)


def install(app: Flask) -> None:
    """Let every `<int:…>` in an address be a record's number."""
    app.url_map.converters["int"] = RecordNumber


def record_number(text: str) -> int | None:
    """The record that a parameter names; None when it names none."""
    known = text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST_ID))
    return min(int(text), LARGEST_ID) if known else None
