"""Which column of a table means what: chosen by a person, guessed from the headings, kept for next time."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.core.tabular import Table, TableRow, column_name, text_in


class Meaning(StrEnum):
    """What a column holds."""

    DAY = "day"
    ACTIVITY = "activity"
    LINE = "line"
    ROLE = "role"
    HOURS = "hours"
    RATE = "rate"
    AMOUNT = "amount"


@dataclass(frozen=True)
class Columns:
    """Where the headings stand, and in which column each meaning is found, counted from 0."""

    sheet: str
    header_row: int
    """Its number in the file; 0: there are no headings."""
    places: Mapping[Meaning, int]

    def as_json(self) -> dict[str, Any]:
        """Plain JSON."""
        places = {meaning.value: place for meaning, place in self.places.items()}
        return {"sheet": self.sheet, "header_row": self.header_row, "places": places}


def columns_in(content: Mapping[str, Any]) -> Columns:
    """The columns again."""
    places = {Meaning(name): place for name, place in content["places"].items()}
    return Columns(content["sheet"], content["header_row"], places)


@dataclass(frozen=True)
class Headings:
    """What stands above the columns."""

    names: Sequence[str]

    @property
    def labels(self) -> list[str]:
        """Each heading with the column's letter, so that no two are the same."""
        letters = [column_name(place) for place in range(len(self.names))]
        return [
            f"{name} ({letter})" if name else letter for name, letter in zip(self.names, letters, strict=True)
        ]

    @property
    def print(self) -> str:
        """The same for files whose columns are called the same, in the same order."""
        said = json.dumps([name.casefold() for name in self.names], ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()


def headings_of(table: Table, header_row: int) -> Headings:
    """The headings in that row, one for each column that the table uses; unnamed where nothing stands."""
    row = next((row for row in table.rows if row.number == header_row), TableRow(0, ()))
    width = max(len(row.cells) for row in table.rows)
    return Headings([text_in(row.at(place))[:80] for place in range(width)])


WORDS: Mapping[Meaning, tuple[str, ...]] = {
    Meaning.DAY: ("bokforingsdatum", "transaktionsdatum", "verifikationsdatum", "datum", "dag", "date"),
    Meaning.ACTIVITY: (
        "text", "verifikationstext", "beskrivning", "benamning", "aktivitet", "vad", "description",
    ),
    Meaning.LINE: ("budgetrad", "budgetpost", "budget line"),
    Meaning.ROLE: ("roll", "befattning", "role"),
    Meaning.HOURS: ("timmar", "antal timmar", "tid (h)", "tid", "hours"),
    Meaning.RATE: ("timpris", "timkostnad", "pris per timme", "a-pris", "rate"),
    Meaning.AMOUNT: ("belopp", "utfall", "kostnad", "summa", "amount"),
}  # fmt: skip
"""What the columns are called in the programs that write such files; the surest word first;
letters without their rings and dots."""
HEADINGS_WITHIN = 30
"""Rows at the top among which the headings are looked for."""


def proposed(table: Table) -> Columns:
    """The headings that look most like headings, and what they seem to mean."""
    first = table.rows[:HEADINGS_WITHIN]
    best = max(first, key=lambda row: (len(_guessed(row)), -row.number))
    places = _guessed(best)
    return Columns(table.sheet, best.number if places else 0, places)


def guessed(headings: Headings) -> dict[Meaning, int]:
    """What the headings seem to mean."""
    return _guessed(TableRow(0, tuple(headings.names)))


def _guessed(row: TableRow) -> dict[Meaning, int]:
    names = [_bare(text_in(cell)) for cell in row.cells]
    found: dict[Meaning, int] = {}
    for meaning, words in WORDS.items():
        taken = set(found.values())
        places = (names.index(word) for word in words if word in names and names.index(word) not in taken)
        if (place := next(places, None)) is not None:
            found[meaning] = place
    return found


def _bare(text: str) -> str:
    """Small letters without rings, dots and accents."""
    parts = unicodedata.normalize("NFKD", text.casefold().rstrip(" :"))
    return "".join(sign for sign in parts if not unicodedata.combining(sign))
