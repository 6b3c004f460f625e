"""From a table to entries: each row that can be read, and what is wrong with each that cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.costs import Financier
from app.core.spending import (
    LARGEST_AMOUNT,
    LARGEST_RATE,
    MOST_HOURS,
    AmountDiffersError,
    NothingError,
    amount_of,
)
from app.core.tabular import Table, TableRow, UnreadableError, WrongCell, day_in, number_in, text_in
from app.delivery.costs.columns import Columns, Headings, Meaning, headings_of
from app.delivery.plans.models import BudgetLine, EffortLine
from app.web.formats import exact

MOST_FAULTS = 100
"""Faults that are told one by one."""
LONGEST = 200
"""Characters of a text."""
_TOTALS = ("summa", "delsumma", "totalt", "total", "totalsumma", "sum", "subtotal")


@dataclass(frozen=True)
class Ground:
    """What the rows are held against."""

    budget: Mapping[int, BudgetLine]
    effort: Mapping[int, EffortLine]
    line: int | None
    """The budget line of rows that name none; None: outside the plan."""
    financier: Financier
    """Who pays what is outside the plan."""
    today: date


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row as it would be entered."""

    row_number: int
    booked_on: date
    activity: str
    role: str
    budget_line_id: int | None
    effort_line_id: int | None
    hours: Decimal | None
    rate: Decimal | None
    amount: Decimal
    financier: str


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with a row, and in which column."""

    row_number: int
    column: str
    text: Any


@dataclass
class Reading:
    """What became of a table."""

    rows: list[ReadRow] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)
    """The first of them."""
    fault_count: int = 0
    passed_over: list[tuple[int, Any]] = field(default_factory=list)
    """Rows that are no entries: totals, repeated headings, nothing."""

    @property
    def amount(self) -> Decimal:
        """Money of the rows that can be read."""
        return sum((row.amount for row in self.rows), Decimal(0))

    @property
    def hours(self) -> Decimal:
        """Hours of the rows that can be read."""
        return sum((row.hours for row in self.rows if row.hours is not None), Decimal(0))

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day; only of a reading with rows."""
        booked = [row.booked_on for row in self.rows]
        return min(booked), max(booked)


class _FaultError(Exception):
    def __init__(self, meaning: Meaning, text: Any) -> None:
        super().__init__(meaning)
        self.meaning, self.text = meaning, text


_MISSING = _l("Här saknas ett värde.")
_NO_DAY = _l("Det här är inget datum. Skriv till exempel 2027-03-31.")
_NO_NUMBER = _l("Det här är inget tal. Skriv till exempel 1 234,50.")
_FUTURE = _l("Dagen har inte varit än.")
_TOO_LONG = _l("Texten är längre än %(limit)s tecken.", limit=LONGEST)
_TOO_LARGE = _l("Talet är orimligt stort.")
_NEGATIVE = _l("Timpriset kan inte vara under noll.")
_NOTHING = _l("Raden har varken timmar eller belopp.")
_NO_HOURS = _l("Raden har timpris men inga timmar.")
_NO_LINE = _l("Budgeten har ingen rad som heter så.")
_MANY_LINES = _l("Budgeten har flera rader som heter så.")
TOTAL = _l("Summarad")
AGAIN = _l("Rubrikerna en gång till")
ZERO = _l("Noll kronor och inga timmar")


def read_entries(
    table: Table, columns: Columns, ground: Ground, begun: Callable[[int], None] = lambda _number: None
) -> Reading:
    """Read every row below the headings. Nothing is rounded and nothing is guessed.

    `begun` is told the place, from 1, of each row before it is read.
    """
    found, headings = Reading(), headings_of(table, columns.header_row)
    reader = _Reader(columns, ground, table.epoch)
    for place, row in enumerate(table.rows, 1):
        begun(place)
        if row.number <= columns.header_row:
            continue
        if (why := _no_entry(row, columns, headings)) is not None:
            found.passed_over.append((row.number, why))
            continue
        try:
            read = reader.entry(row)
        except _FaultError as fault:
            found.fault_count += 1
            if len(found.faults) < MOST_FAULTS:
                label = headings.labels[columns.places[fault.meaning]]
                found.faults.append(RowFault(row.number, label, fault.text))
        else:
            if read.amount or read.hours:
                found.rows.append(read)
            else:
                found.passed_over.append((row.number, ZERO))
    return found


def _no_entry(row: TableRow, columns: Columns, headings: Headings) -> Any:
    """Why the row is no entry; None for one that is meant to be."""
    day = text_in(row.at(columns.places[Meaning.DAY]))
    if columns.header_row and day and day == headings.names[columns.places[Meaning.DAY]]:
        return AGAIN
    if (not day or _is_total(day)) and any(_is_total(text_in(cell)) for cell in row.cells):
        return TOTAL
    used = (text_in(row.at(place)) for place in columns.places.values())
    return None if day or any(used) else ZERO


def _is_total(text: str) -> bool:
    return text.casefold().partition(" ")[0].rstrip(":") in _TOTALS


class _Reader:
    """Reads rows against the plan's lines, which are looked up by what they are called."""

    def __init__(self, columns: Columns, ground: Ground, epoch: date) -> None:
        self._places, self._ground, self._epoch = columns.places, ground, epoch
        self._lines = _by_name((line.description, line.id) for line in ground.budget.values())
        self._roles = _by_name((line.role, line.id) for line in ground.effort.values())

    def entry(self, row: TableRow) -> ReadRow:
        booked_on, activity = self._day(row), self._text(row, Meaning.ACTIVITY)
        if not activity:
            raise _FaultError(Meaning.ACTIVITY, _MISSING)
        role = self._text(row, Meaning.ROLE)
        line = self._line(row)
        hours, rate, amount = self._work(row)
        roles = self._roles.get(_name(role), ())
        budget = self._ground.budget[line] if line is not None else None
        return ReadRow(
            row.number,
            booked_on,
            activity,
            role,
            line,
            roles[0] if len(roles) == 1 else None,
            hours,
            rate,
            amount,
            budget.financier if budget else self._ground.financier.value,
        )

    def _day(self, row: TableRow) -> date:
        try:
            found = day_in(row.at(self._places[Meaning.DAY]), self._epoch)
        except UnreadableError:
            raise _FaultError(Meaning.DAY, _NO_DAY) from None
        if found is None:
            raise _FaultError(Meaning.DAY, _MISSING)
        if found > self._ground.today:
            raise _FaultError(Meaning.DAY, _FUTURE)
        return found

    def _text(self, row: TableRow, meaning: Meaning) -> str:
        cell = row.at(self._places[meaning]) if meaning in self._places else None
        if isinstance(cell, WrongCell):
            raise _FaultError(meaning, _wrong(cell))
        text = text_in(cell)
        if len(text) > LONGEST:
            raise _FaultError(meaning, _TOO_LONG)
        return text

    def _line(self, row: TableRow) -> int | None:
        name = self._text(row, Meaning.LINE)
        if not name:
            return self._ground.line
        found = self._lines.get(_name(name), ())
        if len(found) != 1:
            raise _FaultError(Meaning.LINE, _MANY_LINES if found else _NO_LINE)
        return found[0]

    def _work(self, row: TableRow) -> tuple[Decimal | None, Decimal | None, Decimal]:
        """Hours, rate and amount, as far as the row has them."""
        hours = self._number(row, Meaning.HOURS, 4, MOST_HOURS)
        rate = self._number(row, Meaning.RATE, 2, LARGEST_RATE)
        said = self._number(row, Meaning.AMOUNT, 2, LARGEST_AMOUNT)
        if rate is not None and rate < 0:
            raise _FaultError(Meaning.RATE, _NEGATIVE)
        if hours is None and rate is not None:
            raise _FaultError(Meaning.RATE, _NO_HOURS)
        if hours is None and said == 0:
            return None, None, said
        place = Meaning.AMOUNT if Meaning.AMOUNT in self._places else Meaning.HOURS
        try:
            return hours, rate, amount_of(hours, rate, said)
        except AmountDiffersError as error:
            text = _l("Timmar gånger timpris blir %(amount)s.", amount=exact(error.computed))
            raise _FaultError(place, text) from None
        except NothingError:
            raise _FaultError(place, _NOTHING) from None

    def _number(self, row: TableRow, meaning: Meaning, places: int, most: Decimal) -> Decimal | None:
        if meaning not in self._places:
            return None
        cell = row.at(self._places[meaning])
        if isinstance(cell, WrongCell):
            raise _FaultError(meaning, _wrong(cell))
        try:
            number = number_in(cell)
        except UnreadableError:
            raise _FaultError(meaning, _NO_NUMBER) from None
        if number is None:
            return None
        if abs(number) > most:
            raise _FaultError(meaning, _TOO_LARGE)
        if number != round(number, places):
            raise _FaultError(meaning, _l("Talet har fler än %(places)s decimaler.", places=places))
        return number


def _wrong(cell: WrongCell) -> Any:
    return _l("Cellen har ett fel: %(text)s.", text=cell.text)


def _by_name(pairs: Iterator[tuple[str, int]]) -> Mapping[str, Sequence[int]]:
    found: dict[str, list[int]] = {}
    for name, number in pairs:
        found.setdefault(_name(name), []).append(number)
    return found


def _name(text: str) -> str:
    return " ".join(text.casefold().split())
