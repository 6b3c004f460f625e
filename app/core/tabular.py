"""What cells of a spreadsheet say: numbers and days as people and programs write them.

A cell holds a text, a number, a day, or something wrong that the program which wrote it could not work out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

EPOCH = date(1899, 12, 30)
"""Day 0 of spreadsheets, for every day from March 1900 on."""
EPOCH_OF_1904 = date(1904, 1, 1)
"""Day 0 of workbooks made long ago on other machines."""
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009']")
_MINUSES = str.maketrans({"\u2212": "-", "\u2013": "-"})
_UNIT = re.compile(r"(kr|sek|h|tim|timmar)\.?$", re.IGNORECASE)
_PLAIN = re.compile(r"[+-]?\d{1,15}(\.\d{1,10})?")
_GROUPED_BY_DOTS = re.compile(r"[+-]?\d{1,3}(\.\d{3})+,\d{1,10}")
_GROUPED_BY_COMMAS = re.compile(r"[+-]?\d{1,3}(,\d{3})+\.\d{1,10}")
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?")


class UnreadableError(ValueError):
    """The cell does not say what it is asked for."""


@dataclass(frozen=True, slots=True)
class WrongCell:
    """A fault that stands in the cell: `#REF!`, or a formula that nobody has worked out."""

    text: str


Cell = str | Decimal | date | WrongCell | None
"""None: nothing stands there."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row with the number that a person sees beside it."""

    number: int
    cells: Sequence[Cell]

    def at(self, column: int) -> Cell:
        """What stands in the column, counted from 0; nothing beyond the last."""
        return self.cells[column] if column < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet of a workbook, or a file of separated values: the rows in which something stands."""

    sheet: str
    sheets: Sequence[str]
    """All that can be chosen; empty for a file that has no sheets."""
    rows: Sequence[TableRow]
    epoch: date = EPOCH


def text_in(cell: Cell) -> str:
    """The cell as one line of text."""
    if cell is None:
        return ""
    if isinstance(cell, WrongCell):
        return cell.text
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, date):
        return cell.isoformat()
    return " ".join(cell.replace("\x00", "").split())


def number_in(cell: Cell) -> Decimal | None:
    """The number in the cell; None when nothing stands there. Raises UnreadableError for anything else.

    `1 234,50`, `1.234,50`, `1,234.50`, `−12`, `12-` (as some ledgers write what is taken away), `12 kr`. A
    text such as `1.234` is one and a bit: who means a thousand writes it otherwise.
    """
    if isinstance(cell, Decimal):
        return cell
    if isinstance(cell, date | WrongCell):
        raise UnreadableError("no number")
    if cell is None or not cell.strip():
        return None
    text = _with_point(_UNIT.sub("", _SPACES.sub("", cell).translate(_MINUSES)))
    if not (text.isascii() and _PLAIN.fullmatch(text)):
        raise UnreadableError(cell)
    return Decimal(text)


def _with_point(text: str) -> str:
    """The same number with a point before its decimals, and nothing between its thousands."""
    if text[1:].endswith("-") and text[0] not in "+-":
        text = f"-{text[:-1]}"
    if _GROUPED_BY_DOTS.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    if _GROUPED_BY_COMMAS.fullmatch(text):
        return text.replace(",", "")
    return text.replace(",", ".") if text.count(",") == 1 and "." not in text else text


def day_in(cell: Cell, epoch: date = EPOCH) -> date | None:
    """The day in the cell; None when nothing stands there. Raises UnreadableError for anything else.

    `2027-03-31`, `20270331`, either with a time of day after it, and a spreadsheet's count of days.
    """
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if isinstance(cell, Decimal):
        return _day_of_number(cell, epoch)
    if isinstance(cell, WrongCell):
        raise UnreadableError(cell.text)
    return _within(cell if isinstance(cell, date) else _day_of_text(cell.strip()))


def _day_of_number(number: Decimal, epoch: date) -> date:
    whole = int(number)
    if number == whole and len(str(whole)) == 8:
        return _within(_day_of_text(str(whole)))
    if not 0 < whole < 100_000:
        raise UnreadableError(number)
    return _within(epoch + timedelta(days=whole))


def _day_of_text(text: str) -> date:
    found = _DAY.fullmatch(text)
    if found is None or not text.isascii():
        raise UnreadableError(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise UnreadableError(text) from None


def _within(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise UnreadableError(day)
    return day


def column_name(place: int) -> str:
    """What the column is called above a spreadsheet: A, B … Z, AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
