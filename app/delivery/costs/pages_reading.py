"""What the pages of a file that is read in show, gathered for the templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from app.core.tabular import Table
from app.delivery.costs import queries, read_in
from app.delivery.costs.columns import Columns, columns_in, guessed, headings_of, proposed
from app.delivery.costs.forms import account_chosen
from app.delivery.costs.forms_reading import said_of
from app.delivery.costs.models import CostReadIn
from app.delivery.costs.prints import print_of
from app.delivery.costs.queries import UploadOf
from app.delivery.costs.reading import Ground, Reading
from app.delivery.costs.service import lines_of
from app.delivery.costs.words import OUTSIDE
from app.web.formats import iso_date

SHOWN = 10
"""Rows of the preview."""


def already_read(before: CostReadIn) -> str:
    """That the same file has been read in."""
    return _(
        "Samma fil lästes in %(day)s. Makulera den inläsningen först, om filen ska läsas in på nytt.",
        day=iso_date(before.read_in_at),
    )


@dataclass(frozen=True)
class KnownColumns:
    """What is known of a file's columns before anybody says."""

    header_row: int
    data: Mapping[str, Any]
    kept_as: str
    """The name under which it was kept; empty when it is guessed."""


def known_columns(found: UploadOf, table: Table, asked: int | None) -> KnownColumns:
    """As it was chosen for this file, as it was kept for files with these headings, or a guess.

    `asked` is the row of the headings, when somebody has said that.
    """
    chosen = columns_in(found.upload.columns) if found.upload.columns else None
    if chosen and asked is None and chosen.sheet == table.sheet:
        return _known(table, chosen, "", found.upload.account)
    guess = proposed(table)
    row = guess.header_row if asked is None else asked
    headings = headings_of(table, row)
    kept = queries.columns_for(found.project.programme_id, headings.print)
    if kept is not None:
        places = columns_in(kept.columns).places
        return _known(table, Columns(table.sheet, row, places), kept.name, found.upload.account)
    return _known(table, Columns(table.sheet, row, guessed(headings)), "", found.upload.account)


def _known(table: Table, columns: Columns, kept_as: str, account: str) -> KnownColumns:
    headings = headings_of(table, columns.header_row)
    data = said_of(columns, headings) | {"save_as": kept_as, "account": account}
    return KnownColumns(columns.header_row, data, kept_as)


def ground_of(found: UploadOf, today: date) -> Ground:
    """What the file's rows are held against."""
    lines = lines_of(found.project)
    line, financier = account_chosen(found.upload.account)
    return Ground(lines.budget, lines.effort, line, financier, today)


@dataclass(frozen=True)
class AccountSum:
    """What would be entered on a budget line, or outside the plan."""

    name: Any
    rows: int
    hours: Decimal
    amount: Decimal


@dataclass(frozen=True)
class PreviewPage:
    """What would be entered, and what is wrong."""

    reading: Reading
    sums: Sequence[AccountSum]
    alike: int
    """Rows that look like entries that stand already."""
    print: str

    @property
    def first(self) -> Sequence[Any]:
        """The first rows."""
        return self.reading.rows[:SHOWN]


def preview_page(found: UploadOf, table: Table, ground: Ground) -> PreviewPage:
    """Gather the page."""
    reading = read_in.reading_of(found, table, ground)
    if not reading.rows:
        return PreviewPage(reading, (), 0, "")
    standing = queries.standing_between(found.project.id, *reading.days)
    alike = sum((row.booked_on, row.activity, row.hours, row.amount) in standing for row in reading.rows)
    return PreviewPage(reading, _sums(reading, ground), alike, print_of(reading.rows))


def _sums(reading: Reading, ground: Ground) -> list[AccountSum]:
    gathered: dict[int | None, list[Any]] = {}
    for row in reading.rows:
        gathered.setdefault(row.budget_line_id, []).append(row)
    names: dict[int | None, Any] = {line.id: line.description for line in ground.budget.values()}
    names[None] = OUTSIDE[ground.financier]
    return [
        AccountSum(
            names[key],
            len(rows),
            sum((row.hours or Decimal(0) for row in rows), Decimal(0)),
            sum((row.amount for row in rows), Decimal(0)),
        )
        for key, rows in sorted(gathered.items(), key=lambda pair: (pair[0] is None, pair[0] or 0))
    ]
