"""What somebody wants to see of the portfolio."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.core.workflow import FUNDED, State
from app.core.workflow import GRANTED as GRANTED_STATES

OPEN = "open"
"""Every state in which a decision is waited for."""
GRANTED = "granted"
"""Every state of what was granted money."""

REPORTING = FUNDED - {State.APPROVED}
"""States of projects that have a light: they have a plan, and have not ended."""


class Lit(StrEnum):
    """What a project can be lit by: its report's worst light, or the lack of a report."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    NONE = "none"
    """It has a plan, and has not reported."""


class Late(StrEnum):
    """What somebody should have done by now; its value stands in the address."""

    CASE = "arende"
    REPORT = "rapport"
    FOLLOW_UP = "uppfoljning"


SORTS = (
    "case", "title", "department", "state", "light", "applied", "granted", "paid", "left", "promised",
    "forecast", "realised", "risk", "late",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """A filter and an order; empty fields ask for nothing."""

    department_id: int | None = None
    programme_id: int | None = None
    round_id: int | None = None
    year: int | None = None
    """Of the decision."""
    state: str = ""
    """A state, or OPEN or GRANTED."""
    light: str = ""
    category: str = ""
    """Of benefits: projects that promise some of it, and what comes of those benefits alone."""
    late: str = ""
    sort: str = "light"
    descending: bool = False
    on: date | None = None
    """As it was known at the end of this day; None: as it is."""


def with_money(wanted: Wanted) -> Wanted | None:
    """The same of projects that were granted money; None where the filter asks for none of those."""
    if not wanted.state:
        return replace(wanted, state=GRANTED)
    return wanted if wanted.state == GRANTED or wanted.state in GRANTED_STATES else None
