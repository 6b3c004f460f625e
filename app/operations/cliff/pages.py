"""What the page of the cost cliff shows, gathered for the template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.accounts.access import Viewer
from app.accounts.queries import department_names
from app.core.alphabet import key
from app.core.cost_cliff import Cliff, Cost, cliff_of
from app.operations.cliff import queries
from app.operations.cliff.beside import Series, series_for

YEARS_AHEAD = 10


def years_from(today: date) -> range:
    """This year, and ten more."""
    return range(today.year, today.year + YEARS_AHEAD + 1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the cliff somebody wants to see."""

    department_id: int | None
    """The department that bears the cost."""
    year: int | None
    """None: the first in which money is missing."""


@dataclass(frozen=True)
class CliffPage:
    """Everything on the page."""

    cliff: Cliff
    beside: Sequence[Series]
    year: int
    """What departments and services are told of."""
    departments: Sequence[tuple[str, Cost]]
    """In the year, by name; those that pay nothing then are left out."""
    whole: Mapping[int, Cost]
    """All departments together, by year."""
    names: Mapping[int, str]
    """Of all departments."""
    has_shared: bool
    """Some of it is borne by several departments."""

    @property
    def is_empty(self) -> bool:
        """Nothing costs anything."""
        return not any(cost.whole for cost in self.whole.values())


def cliff_page(viewer: Viewer, wanted: Wanted, today: date) -> CliffPage:
    """Gather the page."""
    years = years_from(today)
    paid = queries.services(viewer, wanted.department_id, years)
    cliff = cliff_of((row.borne for row in paid), years, wanted.department_id)
    year = wanted.year or cliff.first_without or years[1]
    names = department_names()
    departments = sorted(
        ((names[number], rows[year]) for number, rows in cliff.by_department.items() if rows[year].whole),
        key=lambda row: key(row[0]),
    )
    whole = {year: cliff.in_year(year) for year in years}
    beside = series_for(viewer, wanted.department_id, years)
    shared = any(row.borne.is_shared for row in paid)
    return CliffPage(cliff, beside, year, departments, whole, names, shared)
