"""Workbooks of today (.xlsx): the values that stand in the cells, and nothing else.

Formulas are never worked out: the value that was saved beside one counts. Formats are not read: a day is
known by the column that it stands in. The parts are read as a stream, each up to a bound.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from posixpath import join, normpath
from xml.parsers import expat

from app.accepted.bounded import BoundedReader
from app.accepted.refusal import AttachmentError
from app.accepted.tables.bounds import (
    BROKEN,
    LARGEST_PART,
    LONGEST_CELL,
    MOST_COLUMNS,
    NO_SUCH_SHEET,
    TOO_LARGE,
    TableError,
    bounded,
)
from app.accepted.tables.elements import PIECE, parser_of, walk
from app.core.tabular import EPOCH, EPOCH_OF_1904, Cell, Table, WrongCell

FORMULA = "=…"
"""What stands for a formula that nobody has worked out."""
MOST_TEXTS = 1_000_000
_DEEPEST = 50
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


def read(path: Path, sheet: str = "") -> Table:
    """A sheet of the workbook; the first that is not hidden when none is named. Raises TableError."""
    try:
        with zipfile.ZipFile(path) as archive:
            book = _book(archive)
            chosen = sheet or next(iter(book.sheets), "")
            if chosen not in book.sheets:
                raise TableError(NO_SUCH_SHEET)
            texts = _texts(archive, book.texts)
            with closing(_rows_of(archive, book.sheets[chosen], texts)) as rows:
                return Table(chosen, tuple(book.sheets), bounded(rows), book.epoch)
    except AttachmentError as error:
        raise TableError(TOO_LARGE) from error
    except (zipfile.BadZipFile, expat.ExpatError, OSError, EOFError, KeyError, NotImplementedError) as error:
        raise TableError(BROKEN) from error


# --- what the workbook consists of -----------------------------------------------------------------------


@dataclass(frozen=True)
class _Book:
    sheets: Mapping[str, str]
    """The names of the sheets that can be seen, each with its part."""
    texts: str | None
    """The part with the texts that cells share."""
    epoch: date


def _book(archive: zipfile.ZipFile) -> _Book:
    main = next(
        (target for kind, target in _relations(archive, "").values() if kind == "officeDocument"), None
    )
    if main is None:
        raise TableError(BROKEN)
    related = _relations(archive, main)
    named: dict[str, str] = {}
    epoch = [EPOCH]

    def begin(element: str, said: Mapping[str, str]) -> None:
        if element == "sheet" and said.get("state", "visible") == "visible":
            named[said["name"]] = related[said["id"]][1]
        elif element == "workbookPr" and said.get("date1904") in ("1", "true"):
            epoch[0] = EPOCH_OF_1904

    walk(archive, main, begin)
    texts = next((target for kind, target in related.values() if kind == "sharedStrings"), None)
    return _Book(named, texts, epoch[0])


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """What a part leads to, inside the file: kind and part by the relation's id."""
    folder, _slash, name = part.rpartition("/")
    found: dict[str, tuple[str, str]] = {}

    def begin(element: str, said: Mapping[str, str]) -> None:
        if element == "Relationship" and said.get("TargetMode") != "External":
            target = said["Target"]
            whole = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
            found[said["Id"]] = (said["Type"].rpartition("/")[2], whole)

    walk(archive, join(folder, "_rels", f"{name}.rels"), begin)
    return found


def _texts(archive: zipfile.ZipFile, part: str | None) -> list[str]:
    """The texts that cells share."""
    reader = _SharedTexts()
    if part is not None:
        walk(archive, part, reader.begin, reader.end, reader.text)
    return reader.found


class _SharedTexts:
    """Gathered from their elements; what is read aloud beside a text in another script is no part of it."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._inside: list[str] = []

    def begin(self, element: str, _said: Mapping[str, str]) -> None:
        self._inside.append(element)
        if element == "si":
            self.found.append("")
        if len(self.found) > MOST_TEXTS or len(self._inside) > _DEEPEST:
            raise TableError(TOO_LARGE)

    def end(self, _element: str) -> None:
        self._inside.pop()

    def text(self, words: str) -> None:
        shown = self._inside[-1] == "t" and "rPh" not in self._inside
        if shown and self.found and len(self.found[-1]) < LONGEST_CELL:
            self.found[-1] += words


# --- cells -----------------------------------------------------------------------------------------------


def _rows_of(
    archive: zipfile.ZipFile, part: str, texts: Sequence[str]
) -> Generator[tuple[int, Sequence[Cell]]]:
    """The sheet's rows as they are come upon; rows without cells are left out."""
    reader = _Sheet(texts)
    with archive.open(part) as stream:
        parser, bound = parser_of(reader.begin, reader.end, reader.text), BoundedReader(stream, LARGEST_PART)
        while piece := bound.read(PIECE):
            parser.Parse(piece)
            yield from reader.taken()
        parser.Parse(b"", True)
    yield from reader.taken()


class _Sheet:
    """What the elements of a sheet say, gathered to rows."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._done: list[tuple[int, Sequence[Cell]]] = []
        self._row = self._column = 0
        self._cells: list[Cell] = []
        self._kind = ""
        self._words: list[str] = []
        self._within = False
        self._aloud = False
        self._has_formula = False

    def taken(self) -> list[tuple[int, Sequence[Cell]]]:
        """The rows that are whole since last time."""
        done, self._done = self._done, []
        return done

    def begin(self, element: str, said: Mapping[str, str]) -> None:
        if element == "c":
            self._begin_cell(said)
        elif element in ("v", "t"):
            self._within = not self._aloud
        elif element == "row":
            self._row = self._number(said.get("r"), self._row + 1)
            self._column, self._cells = 0, []
        elif element == "f":
            self._has_formula = True
        elif element == "rPh":
            self._aloud = True

    def end(self, element: str) -> None:
        if element in ("v", "t"):
            self._within = False
        elif element == "c":
            self._end_cell()
        elif element == "row":
            if self._cells:
                self._done.append((self._row, self._cells))
        elif element == "rPh":
            self._aloud = False

    def text(self, words: str) -> None:
        if self._within:
            self._words.append(words)

    def _begin_cell(self, said: Mapping[str, str]) -> None:
        self._kind, self._words, self._has_formula = said.get("t", "n"), [], False
        if (reference := said.get("r")) is not None:
            found = _REFERENCE.fullmatch(reference)
            if found is None:
                raise TableError(BROKEN)
            self._column = _place(found[1])

    def _end_cell(self) -> None:
        if self._column < MOST_COLUMNS:
            value = self._value("".join(self._words)[:LONGEST_CELL])
            if value is not None:
                self._cells.extend([None] * (self._column + 1 - len(self._cells)))
                self._cells[self._column] = value
        self._column += 1

    def _value(self, words: str) -> Cell:
        if not words and self._has_formula and self._kind != "str":
            return WrongCell(FORMULA)
        if self._kind == "s":
            return self._shared(words)
        if self._kind == "e":
            return WrongCell(words)
        if self._kind == "b":
            return words or None
        return _number(words) if self._kind == "n" else (words or None)

    def _shared(self, words: str) -> Cell:
        place = self._number(words, -1)
        if not 0 <= place < len(self._texts):
            raise TableError(BROKEN)
        return self._texts[place] or None

    @staticmethod
    def _number(text: str | None, otherwise: int) -> int:
        if text is None:
            return otherwise
        if not (text.isascii() and text.isdecimal() and len(text) < 10):
            raise TableError(BROKEN)
        return int(text)


def _place(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _number(words: str) -> Cell:
    """A number with the fifteen digits that the program which wrote it counts with."""
    if not words:
        return None
    try:
        number = Decimal(words.strip())
    except InvalidOperation:
        raise TableError(BROKEN) from None
    if not number.is_finite() or number.adjusted() > 20:
        return WrongCell(words[:40])
    if number.adjusted() < -20:
        return Decimal(0)
    if len(number.as_tuple().digits) > 15:
        number = Decimal(f"{number:.14e}")
    return number
