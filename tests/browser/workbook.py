"""A workbook as it leaves the product, and as somebody fills it in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from app.accepted.tables.workbook import read
from app.core.tabular import text_in
from tests.applications.workbooks import Value, one_sheet


def rows_in(content: bytes) -> list[dict[str, str]]:
    """The words of each row, by the heading of their column."""
    heads, *below = _lines(content)
    return [dict(zip(heads, row, strict=False)) for row in below]


def filled_in(template: bytes, said: Mapping[str, Value]) -> bytes:
    """The template with this in its first row, beside what stands there, under its own headings."""
    heads, first = _lines(template)
    assert set(said) <= set(heads), heads
    stands = dict(zip(heads, first, strict=False))
    return one_sheet([heads, [said.get(head, stands.get(head)) for head in heads]])


def _lines(content: bytes) -> list[list[str]]:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "book.xlsx"
        file.write_bytes(content)
        return [[text_in(cell) for cell in row.cells] for row in read(file).rows]
