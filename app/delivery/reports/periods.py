"""The periods of a programme: which there are, and which are proposed next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.calendar import Period, Tertial, periods_of
from app.delivery.reports.models import ReportPeriod

NAMES: Mapping[Tertial, Any] = {
    Tertial.FIRST: _l("Tertial 1 %(year)s"),
    Tertial.SECOND: _l("Tertial 2 %(year)s"),
    Tertial.YEAR_END: _l("Helår %(year)s"),
}


def name_of(period: Period) -> str:
    """`Tertial 1 2027`."""
    return str(NAMES[period.tertial]) % {"year": period.year}


def proposed(known: Sequence[ReportPeriod], today: date) -> Period:
    """The first period of the calendar that is not over and that nobody has set."""
    taken = {row.ends_on for row in known}
    year = today.year
    while True:
        for period in periods_of(year):
            if period.ends_on >= today and period.ends_on not in taken:
                return period
        year += 1
