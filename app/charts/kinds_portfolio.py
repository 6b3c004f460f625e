"""The charts of many projects beside each other, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.charts.kinds import ChartError
from app.charts.numbers import Language
from app.core.follow_up import Standing
from app.core.project_time import ProjectTime
from app.core.reporting import Light


@dataclass(frozen=True)
class Bubble:
    """A project: how large it is, and where it stands."""

    number: int
    """By which the table of the chart names it."""
    name: str
    """What a screen reader says of it, and what is shown to who points at it."""
    href: str
    column: int
    up: Decimal
    size: Decimal
    light: Light | None


@dataclass(frozen=True)
class BubbleChart:
    """Projects in columns, each as large as its money; the largest first."""

    finding: str
    language: Language
    across: str
    """What divides them into columns."""
    columns: tuple[str, ...]
    up: str
    """What is counted upwards."""
    bubbles: tuple[Bubble, ...]
    lights: tuple[tuple[Light | None, str], ...]
    """How each light is called."""
    weak: Decimal
    """What is below this comes to little."""

    def __post_init__(self) -> None:
        if not self.bubbles:
            raise ChartError("There is no project to draw")
        if any(bubble.size <= 0 or bubble.up < 0 for bubble in self.bubbles):
            raise ChartError("A bubble has a size, and nothing comes to less than nought")
        if any(bubble.column not in range(len(self.columns)) for bubble in self.bubbles):
            raise ChartError("A bubble stands in a column")


@dataclass(frozen=True)
class TimeAxis:
    """The days between two ends, with the day that is today, and nothing else."""

    first: date
    last: date
    today: date


@dataclass(frozen=True)
class TimeRow:
    """A project on an axis of days. It says nothing: the cells do, of the table's row in which it stands."""

    axis: TimeAxis
    time: ProjectTime
    decided_on: date | None


class TimeSign(StrEnum):
    """What is drawn of a project in time."""

    PLAN = "plan"
    GONE = "gone"
    COMING = "coming"
    DECIDED = "decided"
    LAUNCHED = "launched"
    LATE = "late"
    INTERRUPTED = "interrupted"
    FOLLOW_UP = "follow_up"
    """Its day has not come, or it is not sent."""
    SENT = "sent"
    TODAY = "today"


SENT = frozenset({Standing.SENT, Standing.APPROVED})
"""Follow-ups that have come."""


@dataclass(frozen=True)
class TimeKey:
    """What the signs of projects in time mean."""

    finding: str
    signs: tuple[tuple[TimeSign, str], ...]
