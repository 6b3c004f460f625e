"""A project through time: what it was first planned to take, when its end is expected, what comes after it.

Pure. Days are Swedish calendar days. What nobody has said is None.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.core.follow_up import Standing
from app.core.plan import days_late


class Ending(StrEnum):
    """What is known of a project's end."""

    UNPLANNED = "unplanned"
    """It has no plan yet."""
    EXPECTED = "expected"
    PASSED = "passed"
    """The day has passed on which it was expected, and it has not ended."""
    ENDED = "ended"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Period:
    """The time that a plan covers."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class FollowedUp:
    """A follow-up: its day, and where it stands."""

    on: date
    months: int | None
    """After the hand-over; None for one that was asked for later."""
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectTime:
    """What is known of a project's days at a day."""

    day: date
    first: Period | None = None
    """Of the first plan: everything later is held against it."""
    newest: Period | None = None
    """Of the newest plan; the same as the first until the plan is changed."""
    reported_on: date | None = None
    """The last day on which the newest report expects a milestone, where it goes by the newest plan."""
    is_over: bool = False
    is_interrupted: bool = False
    ended_on: date | None = None
    launched_on: date | None = None
    follow_ups: tuple[FollowedUp, ...] = ()

    @property
    def expected_on(self) -> date | None:
        """The day on which it ended, or is expected to: that of the plan, or of the milestone after it."""
        if self.is_over or self.newest is None:
            return self.ended_on
        return max(self.newest.ends_on, self.reported_on or self.newest.ends_on)

    @property
    def ending(self) -> Ending:
        """What is known of its end."""
        if self.is_over:
            return Ending.INTERRUPTED if self.is_interrupted else Ending.ENDED
        end = self.expected_on
        if end is None:
            return Ending.UNPLANNED
        return Ending.PASSED if end < self.day else Ending.EXPECTED

    @property
    def reaches_to(self) -> date | None:
        """How far its bar goes: a project that should have ended goes on until the day."""
        end = self.expected_on
        return max(end, self.day) if end and self.ending is Ending.PASSED else end

    @property
    def delay(self) -> int | None:
        """Days later than first planned; below nought when earlier. None where either is not known."""
        end = self.reaches_to
        return days_late(self.first.ends_on, end) if self.first and end else None

    @property
    def is_late(self) -> bool:
        """Whether it ends later than first planned."""
        return (self.delay or 0) > 0

    @property
    def days(self) -> tuple[date, ...]:
        """Every day that there is something to show of, in their order."""
        plans = [day for plan in (self.first, self.newest) if plan for day in (plan.starts_on, plan.ends_on)]
        others = (self.reaches_to, self.launched_on, *(row.on for row in self.follow_ups))
        return tuple(sorted({*plans, *(day for day in others if day)}))
