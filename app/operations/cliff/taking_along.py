"""The cost of services to take along: each year of each department, as the page has it."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _

from app.core.alphabet import key
from app.core.sheets import Sheet, Value
from app.operations.cliff.pages import CliffPage


def sheet(page: CliffPage) -> Sheet:
    """What each department bears year by year; the years in which it bears nothing are left out."""
    columns = {
        "department": _("Betalande förvaltning"),
        "year": _("År"),
        "operating": _("Drift, kr"),
        "capital": _("Kapital, kr"),
        "whole": _("Summa, kr"),
        "financed": _("Finansierat, kr"),
        "unfinanced": _("Utan pengar, kr"),
    }
    return Sheet(_("Kostnadsklippan"), list(columns.values()), list(columns), _rows(page))


def _rows(page: CliffPage) -> Iterator[list[Value]]:
    by_department = page.cliff.by_department
    for number in sorted(by_department, key=lambda one: key(page.names[one])):
        for year, cost in by_department[number].items():
            if cost.whole:
                yield [
                    page.names[number],
                    year,
                    cost.operating,
                    cost.capital,
                    cost.whole,
                    cost.financed,
                    cost.unfinanced,
                ]
