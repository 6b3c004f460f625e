"""Measurements as rows of a file: what its columns are called, and what is wrong with which row."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.core.measuring import Period
from app.core.sheets import Sheet
from app.core.tabular import Cell, Table, UnreadableError, WrongCell, day_in, text_in
from app.realisation import pages, service
from app.realisation.forms_measuring import MEASUREMENT_FAULTS, MeasuredRow
from app.realisation.queries import BenefitOf
from app.realisation.values import MeasurementValues
from app.web.language import LANGUAGES

MOST_ROWS = 120
"""Ten years of months."""
_MONTHS = ("first", "last")
_MAY_BE_MISSING = ("source", "explanation")


@dataclass(frozen=True, slots=True)
class FileRow:
    """What a row says, by the name of its field, as a person would have typed it."""

    number: int
    typed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with a row, and in which column."""

    row_number: int
    column: str
    text: str


@dataclass
class Reading:
    """What became of a file's rows."""

    rows: list[FileRow] = field(default_factory=list)
    measurements: list[MeasurementValues] = field(default_factory=list)
    """Of the rows without faults, in their order."""
    faults: list[RowFault] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """There are rows, and every one can be kept."""
        return bool(self.measurements) and not self.faults


class NoSuchTableError(ValueError):
    """The file is not one of measurements of this benefit; says what to do."""


def heads_of(found: BenefitOf) -> dict[str, str]:
    """The headings of a file, by the name of the field, in the language of the moment."""
    said = {name: _head(one) for name, one in MeasuredRow(found=found)._fields.items()}
    return {**said, "indicator_value": found.plan.indicator.name if found.plan else said["indicator_value"]}


def _head(one: Any) -> str:
    unit = getattr(one, "unit", "")
    return f"{one.label.text}, {unit}" if unit else str(one.label.text)


def template(found: BenefitOf, today: date) -> Sheet:
    """A file to fill in: the headings, and the period that is next."""
    heads = heads_of(found)
    period = pages.proposed_period(found, today)
    months = [str(day)[:7] for day in (period.begins_on, period.ends_on)] if period else []
    rows = [[*months, *[None] * (len(heads) - len(months))]] if months else []
    return Sheet(_("Mätningar"), list(heads.values()), list(heads), rows)


# --- from a file to what is typed ------------------------------------------------------------------------


def rows_of(table: Table, found: BenefitOf, filename: str) -> list[FileRow]:
    """What the rows below the headings say. A row that names no source has the file for one.

    Raises NoSuchTableError.
    """
    head, *below = table.rows
    places = _places([text_in(cell) for cell in head.cells], found)
    if len(below) > MOST_ROWS:
        raise NoSuchTableError(_("Filen har fler än %(most)s rader. Dela upp den.", most=MOST_ROWS))
    rows = []
    for row in below:
        typed = {name: _typed(name, row.at(place), table) for name, place in places.items()}
        if any(typed.values()):
            said = _("%(file)s, rad %(row)s", file=filename, row=row.number)
            rows.append(FileRow(row.number, typed | {"source": typed.get("source") or said}))
    if not rows:
        raise NoSuchTableError(_("Inga rader under rubrikerna är ifyllda."))
    return rows


def _places(heads: Sequence[str], found: BenefitOf) -> dict[str, int]:
    """Where each field stands, by its heading in any language."""
    known: dict[str, str] = {}
    for language in LANGUAGES:
        with force_locale(language):
            known |= {head.casefold(): name for name, head in heads_of(found).items()}
    places = {known[head.casefold()]: place for place, head in enumerate(heads) if head.casefold() in known}
    missing = [
        head for name, head in heads_of(found).items() if name not in places and name not in _MAY_BE_MISSING
    ]
    if missing:
        told = _("Filens första rad saknar rubriken %(heads)s. Hämta mallen.", heads=", ".join(missing))
        raise NoSuchTableError(told)
    return places


def _typed(name: str, cell: Cell, table: Table) -> str:
    """A month that a spreadsheet has made a day of is that day's month; a fault in a cell stays one."""
    if isinstance(cell, WrongCell):
        return cell.text
    text = text_in(cell)
    if name in _MONTHS and text and len(text) != len("2028-01"):
        try:
            day = day_in(cell, table.epoch)
        except UnreadableError:
            return text
        return str(day)[:7] if day else ""
    return text


# --- from the page and back ------------------------------------------------------------------------------


def as_text(rows: Sequence[FileRow]) -> str:
    """The rows as a form carries them until somebody has looked at them."""
    return json.dumps([[row.number, row.typed] for row in rows], ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> list[FileRow]:
    """The rows of such a text. Raises NoSuchTableError for any other."""
    try:
        said: Any = json.loads(text)
        rows = [
            FileRow(int(number), {str(name): str(value) for name, value in dict(typed).items()})
            for number, typed in said[:MOST_ROWS]
        ]
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        rows = []
    if not rows:
        raise NoSuchTableError(_("Raderna kom inte fram hela. Välj filen på nytt."))
    return rows


# --- what is wrong ---------------------------------------------------------------------------------------


def reading_of(rows: Sequence[FileRow], found: BenefitOf, today: date) -> Reading:
    """Each row by the rules of the form, and then against what is measured already and the rows above."""
    reading, taken = Reading(list(rows)), dict[Period, int]()
    heads = heads_of(found)
    for row in rows:
        form = MeasuredRow(MultiDict(row.typed), found=found)
        if form.validate() and _can_be_kept(form, found, today, taken):
            reading.measurements.append(form.values())
            taken[form.values().period] = row.number
        reading.faults += _faults(form, row, heads)
    return reading


def _can_be_kept(form: MeasuredRow, found: BenefitOf, today: date, taken: Mapping[Period, int]) -> bool:
    values = form.values()
    before = [number for period, number in taken.items() if period.overlaps(values.period)]
    if before:
        form["first"].errors = [_("Någon av månaderna står redan på rad %(row)s.", row=before[0])]
        return False
    try:
        service.check(found, values, today)
    except MEASUREMENT_FAULTS as error:
        form.refused(error)
        return False
    return True


def _faults(form: MeasuredRow, row: FileRow, heads: Mapping[str, str]) -> Iterator[RowFault]:
    for name, errors in form.errors.items():
        for error in errors:
            yield RowFault(row.number, heads[name or ""], str(error))
