"""Files of separated values: `;`, tab or `,` between them, in the encodings that Swedish programs write."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

from app.accepted.tables.bounds import BROKEN, ENCODING, LONGEST_CELL, TableError, bounded
from app.core.tabular import Cell, Table

_SEPARATORS = ";\t,|"
_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


def read(content: bytes) -> Table:
    """The whole file as a table of texts. Raises TableError."""
    text = _decoded(content)
    separator, text = _separator(text)
    lines = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    return Table("", (), bounded(_rows(lines)))


def _rows(lines: Iterator[list[str]]) -> Iterator[tuple[int, Sequence[Cell]]]:
    try:
        for number, cells in enumerate(lines, start=1):
            yield number, [cell[:LONGEST_CELL] for cell in cells]
    except csv.Error as error:
        raise TableError(BROKEN) from error


def _decoded(content: bytes) -> str:
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _as(content, name)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _as(content, "cp1252")


def _as(content: bytes, name: str) -> str:
    try:
        return content.decode(name)
    except UnicodeDecodeError as error:
        raise TableError(ENCODING) from error


def _separator(text: str) -> tuple[str, str]:
    """What stands between the values, and the text without the line that says so (`sep=;`)."""
    first, _end, rest = text.partition("\n")
    if first.lower().startswith("sep=") and first[4:5] in _SEPARATORS and first[4:5]:
        return first[4], rest
    sample = text[:20_000]
    counts = {separator: sample.count(separator) for separator in _SEPARATORS}
    # A decimal comma is no separator: whatever else stands there as often goes before it.
    return max(_SEPARATORS, key=lambda sign: counts[sign] * (1 if sign == "," else 3)), text
