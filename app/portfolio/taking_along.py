"""The rows of the portfolio to take along: the columns, filters and rights of the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from app.accounts.access import Viewer
from app.accounts.queries import department_names
from app.core.sheets import Sheet, Value
from app.portfolio import queries
from app.portfolio.asked import Wanted
from app.portfolio.columns import COLUMNS, Kind
from app.portfolio.moment import Moment, moment_of
from app.portfolio.rows import SUMMED, Row, Totals, totals_of
from app.portfolio.words import KINDS, lit_tag
from app.programmes.queries import round_names
from app.web.tags import state_tag

FORMAT = 1
"""Raised when a field of the JSON changes its meaning or goes away."""


def sheet(viewer: Viewer, wanted: Wanted, today: date, *, in_words: bool) -> tuple[Sheet, dict[str, Any]]:
    """Everything that is asked for, in its order, and what it is about. In words: for people, in their
    language; else as it is stored."""
    moment = moment_of(wanted.on, today)
    names: Mapping[str, Mapping[int, str]] = {"department": department_names(), "round": round_names()}
    rows = queries.found(viewer, wanted, moment)
    made = Sheet(
        _("Portfölj"),
        [_head(column.label, column.kind) for column in COLUMNS],
        ["id", *(column.key for column in COLUMNS)] if not in_words else [column.key for column in COLUMNS],
        _told(rows, [(column.key, column.kind) for column in COLUMNS], names, in_words),
    )
    return made, _about(moment, totals_of(rows))


def _head(label: Any, kind: Kind) -> str:
    return _("%(column)s, kr", column=label) if kind is Kind.MONEY else str(label)


def _told(
    rows: Sequence[Row],
    columns: Sequence[tuple[str, Kind]],
    names: Mapping[str, Mapping[int, str]],
    in_words: bool,
) -> Iterator[list[Value]]:
    for row in rows:
        cells = [_cell(row, key, kind, names, in_words) for key, kind in columns]
        yield cells if in_words else [row.id, *cells]


def _cell(row: Row, key: str, kind: Kind, names: Mapping[str, Mapping[int, str]], in_words: bool) -> Value:
    if key in names:
        number = getattr(row, f"{key}_id")
        return names[key].get(number) if number else None
    value: Value = getattr(row, key)
    if in_words and kind is Kind.STATE:
        return str(state_tag(row.state).label)
    if in_words and key == "kind":
        return str(KINDS[row.kind])
    if in_words and kind is Kind.LIGHT:
        tag = lit_tag(row.light)
        return str(tag.label) if tag else None
    return value if value != "" else None


def _about(moment: Moment, totals: Totals) -> dict[str, Any]:
    whole = totals.whole
    sums = {name: getattr(whole, name) for name in SUMMED}
    return {
        "format": FORMAT,
        "day": moment.day.isoformat(),
        "sums": {name: f"{value:f}" if isinstance(value, Decimal) else value for name, value in sums.items()},
    }
