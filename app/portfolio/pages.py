"""What the page of the portfolio shows, gathered for the template."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.accounts.access import Viewer
from app.accounts.queries import department_names
from app.core.workflow import GRANTED, UNDECIDED, State
from app.operations import register as services
from app.operations.policy import may_see_register as may_see_services
from app.portfolio import listing, queries
from app.portfolio.asked import REPORTING, Late, Lit, Wanted
from app.portfolio.moment import Moment, moment_of
from app.portfolio.queries import Frame
from app.portfolio.rows import Row, Sums, Totals, totals_of
from app.portfolio.words import LIT
from app.web.pages import Page


@dataclass(frozen=True)
class Operation:
    """What the services that the reader sees are to cost next year."""

    year: int
    services: int
    cost: Decimal
    late_reviews: int


@dataclass(frozen=True)
class PortfolioPage:
    """Everything on the page."""

    wanted: Wanted
    moment: Moment
    totals: Totals
    whole: Sums
    frame: Frame
    rows: Sequence[Row]
    page: Page
    departments: Mapping[int, str]
    operation: Operation | None
    """None where only today is known, and another day is shown."""

    @property
    def states(self) -> list[tuple[State, Sums]]:
        """The states that any case is in, in the order of the process."""
        return [(state, self.totals.by_state[state]) for state in State if state in self.totals.by_state]

    @property
    def undecided(self) -> Sums:
        """Those of which a decision is waited for."""
        return self._of(UNDECIDED)

    @property
    def granted(self) -> Sums:
        """Those that were granted money."""
        return self._of(GRANTED)

    def _of(self, states: Container[State]) -> Sums:
        return sum((sums for state, sums in self.totals.by_state.items() if state in states), Sums())

    @property
    def lights(self) -> list[tuple[Lit, int]]:
        """How many projects each light has, the worst first."""
        return [(lit, self.totals.by_light.get(lit, Sums()).count) for lit in LIT]

    @property
    def at_work(self) -> int:
        """How many projects have a light, or should have."""
        return sum(self.totals.by_state[state].count for state in REPORTING if state in self.totals.by_state)

    @property
    def late(self) -> dict[Late, int]:
        """How many cases each late thing concerns."""
        return {
            Late.CASE: self.whole.late_cases,
            Late.REPORT: self.whole.late_reports,
            Late.FOLLOW_UP: self.whole.late_follow_ups,
        }


def portfolio_page(viewer: Viewer, wanted: Wanted, number: int, today: date) -> PortfolioPage:
    """Gather the page."""
    moment = moment_of(wanted.on, today)
    found = queries.found(viewer, wanted, moment)
    totals = totals_of(found)
    whole = totals.whole
    page = Page(number, whole.count, listing.ROWS).within()
    return PortfolioPage(
        wanted,
        moment,
        totals,
        whole,
        queries.frame(wanted, moment),
        found[page.offset : page.offset + page.size],
        page,
        department_names(),
        _operation(viewer, today) if moment.until is None and may_see_services(viewer) else None,
    )


def _operation(viewer: Viewer, today: date) -> Operation:
    asked = services.Asked(None, None, today.year + 1, 0, "", today)
    count, cost, faults = services.counts(viewer, asked)
    return Operation(asked.year, count, cost, faults[services.Fault.REVIEW_LATE])
