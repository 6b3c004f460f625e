"""What the page of bubbles shows, gathered for the template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from app.accounts.access import Viewer
from app.accounts.queries import department_names
from app.core.prospects import Prospect
from app.portfolio import queries
from app.portfolio.asked import Wanted, with_money
from app.portfolio.moment import moment_of
from app.portfolio.rows import Row
from app.web.pages import Page

DRAWN = 30
"""So many projects are drawn: those with the most money."""
ROWS = 12
"""So many stand on a page of the table."""
NAMED = 5


@dataclass(frozen=True)
class Project:
    """A project in the order of its money."""

    number: int
    row: Row

    @property
    def prospect(self) -> Prospect:
        """What is to be expected of it."""
        row = self.row
        return Prospect(row.granted, row.yearly, row.forecast)


@dataclass(frozen=True, slots=True)
class GrantedTogether:
    """How many projects they are, and what they were granted."""

    count: int = 0
    granted: Decimal = Decimal(0)


@dataclass(frozen=True)
class BubblePage:
    """Everything on the page."""

    together: GrantedTogether
    largest: Sequence[Project]
    """The largest, drawn as far as they have promised anything in money."""
    rows: Sequence[Project]
    """Those of the page of the table."""
    page: Page
    departments: Mapping[int, str]

    @property
    def placed(self) -> list[Project]:
        """Those that are drawn."""
        return [one for one in self.largest if one.prospect.per_krona is not None]

    @property
    def unplaced(self) -> int:
        """How many of the largest stand in the table alone."""
        return len(self.largest) - len(self.placed)

    @property
    def weak(self) -> list[Project]:
        """Those of the largest of which little is expected, the largest first."""
        return [one for one in self.largest if one.prospect.is_weak]

    @property
    def smaller(self) -> GrantedTogether:
        """Those that are too small to be drawn."""
        drawn = sum((one.row.granted for one in self.largest), Decimal(0))
        return GrantedTogether(self.together.count - len(self.largest), self.together.granted - drawn)


def bubble_page(viewer: Viewer, wanted: Wanted, number: int, today: date) -> BubblePage:
    """Gather the page. The order is that of the money, whatever the address says."""
    moment, asked = moment_of(wanted.on, today), with_money(wanted)
    if asked is None:
        return BubblePage(GrantedTogether(), (), (), Page(1, 0, ROWS), {})
    asked = replace(asked, sort="granted", descending=True)
    found = queries.found(viewer, asked, moment)
    page = Page(number, len(found), ROWS).within()
    every = [Project(place, row) for place, row in enumerate(found, 1)]
    together = GrantedTogether(len(found), sum((row.granted for row in found), Decimal(0)))
    return BubblePage(together, every[:DRAWN], every[page.offset : page.last], page, department_names())
