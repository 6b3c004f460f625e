"""How much is read of a file, and why no more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from app.core.tabular import Cell, TableRow

MOST_ROWS: Final = 50_000
"""Rows in which something stands."""
MOST_COLUMNS: Final = 60
"""What stands further to the right is not read."""
LONGEST_CELL: Final = 10_000
"""Characters."""
LARGEST_PART: Final = 96 * 1024 * 1024
"""Bytes that a sheet, or the texts of a workbook, may unpack to."""


class TableError(ValueError):
    """The file cannot be read as a table; `reason` says what to do."""

    def __init__(self, reason: Any) -> None:
        super().__init__(str(reason))
        self.reason = reason


TOO_MANY_ROWS = _l(
    "Filen har fler än %(most)s rader. Dela den, till exempel per år, och läs in delarna var för sig.",
    most="50 000",
)
TOO_LARGE = _l("Bladet packar upp till orimligt mycket. Spara bara de rader och kolumner som behövs.")
BROKEN = _l("Filen går inte att läsa. Öppna den i Excel, spara den på nytt och försök igen.")
NO_SUCH_SHEET = _l("Bladet finns inte i filen. Välj ett annat.")
NO_ROWS = _l("Det finns inga rader att läsa. Kontrollera att du valde rätt fil.")
ENCODING = _l("Filens tecken går inte att tyda. Spara den som CSV UTF-8 och försök igen.")


def bounded(rows: Iterator[tuple[int, Sequence[Cell]]]) -> list[TableRow]:
    """The rows in which something stands. Raises TableError when they are too many, or none."""
    found: list[TableRow] = []
    last = 0
    for number, cells in rows:
        if number <= last:
            raise TableError(BROKEN)
        last = number
        kept = cells[:MOST_COLUMNS]
        if any(cell is not None and cell != "" for cell in kept):
            found.append(TableRow(number, tuple(kept)))
        if len(found) > MOST_ROWS:
            raise TableError(TOO_MANY_ROWS)
    if not found:
        raise TableError(NO_ROWS)
    return found
