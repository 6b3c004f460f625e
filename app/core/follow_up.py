"""Follow-ups of what a project has left: on which days, what becomes of each, what its figures come to.

Pure. Every day is counted from the day of the hand-over, never from another follow-up: who is late moves
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from app.core.calendar import after_working_days, months_later
from app.core.treated import Treated, steps_of

MOST = 10
"""So many follow-ups of a project are planned at most."""
LONGEST = 120
"""So many months after the hand-over at most."""
MOST_WORKING_DAYS = 120


# --- when ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Schedule:
    """After how many months what a project has left is followed up, and how long that may take."""

    months: tuple[int, ...] = (3, 12, 24)
    working_days: int = 20
    """From the day of a follow-up until it is due."""

    def __post_init__(self) -> None:
        rising = all(one < other for one, other in pairwise((0, *self.months)))
        if not (0 < len(self.months) <= MOST and rising and self.months[-1] <= LONGEST):
            raise ValueError("the months of follow-ups rise, from 1 on")
        if not 0 <= self.working_days <= MOST_WORKING_DAYS:
            raise ValueError("a follow-up is due on its day or after it")


@dataclass(frozen=True, slots=True)
class Occasion:
    """A time to follow up."""

    months: int | None
    """After the hand-over; None for one that is asked for later."""
    on: date
    """The day from which it can be said how it went."""
    due_on: date


def occasions(handed_over_on: date, schedule: Schedule) -> list[Occasion]:
    """The follow-ups of what was handed over on a day, the first first."""
    found = []
    for months in schedule.months:
        on = months_later(handed_over_on, months)
        found.append(Occasion(months, on, due_after(on, schedule)))
    return found


def due_after(on: date, schedule: Schedule) -> date:
    """When a follow-up of that day is due."""
    return after_working_days(on, schedule.working_days)


# --- the life of a follow-up -----------------------------------------------------------------------------


class FollowUpAction(StrEnum):
    """A verb that moves a follow-up."""

    SEND = "send_follow_up"
    RETURN = "return_follow_up"
    APPROVE = "approve_follow_up"


_STEPS = steps_of(FollowUpAction.SEND, FollowUpAction.RETURN, FollowUpAction.APPROVE)


def after(state: Treated, action: FollowUpAction) -> Treated | None:
    """Where the action leads from this state; None when there is no such action."""
    return _STEPS.get((state, action))


class Standing(StrEnum):
    """Where a follow-up stands for those who wait for it."""

    COMING = "coming"
    """Its day has not come."""
    OPEN = "open"
    """Its day has come, and it is not due yet."""
    LATE = "late"
    SENT = "sent"
    RETURNED = "returned"
    APPROVED = "approved"


def standing(state: Treated, on: date, due_on: date, today: date) -> Standing:
    """What is sent is never late; what came back is, when its day has passed."""
    if state in (Treated.SENT, Treated.APPROVED):
        return Standing(state.value)
    if due_on < today:
        return Standing.LATE
    if state is Treated.RETURNED:
        return Standing.RETURNED
    return Standing.OPEN if on <= today else Standing.COMING


# --- what is answered ------------------------------------------------------------------------------------


class InUse(StrEnum):
    """Whether anybody uses what was launched."""

    YES = "yes"
    NO = "no"


class Asked(StrEnum):
    """Whether users have been asked what they think."""

    YES = "yes"
    NO = "no"


class Channel(StrEnum):
    """What became of the way in which people did it before."""

    CLOSED = "closed"
    REMAINS = "remains"
    NONE = "none"
    """There was no other way."""


class Works(StrEnum):
    """Whether operating responsibility works."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Coming(StrEnum):
    """How a promised benefit stands."""

    AS_PROMISED = "as_promised"
    LESS = "less"
    LATER = "later"
    NOT_YET = "not_yet"
    """Nothing is seen of it, and it is not late."""
    NEVER = "never"


TO_EXPLAIN = frozenset({Coming.LESS, Coming.LATER, Coming.NEVER})


class Another(StrEnum):
    """Whether one more follow-up is needed, beside those that are planned."""

    YES = "yes"
    NO = "no"


# --- the use of a service --------------------------------------------------------------------------------


class UseFault(StrEnum):
    """What cannot be true of the use of a service."""

    MORE_COMPLETED = "more_completed"
    """More were completed than begun."""
    BACKWARDS = "backwards"
    """The time ends before it begins."""
    NOT_YET = "not_yet"
    """The time has not passed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """How much a service was used in a time. What is not known is None."""

    started: int | None = None
    completed: int | None = None
    otherwise: int | None = None
    """How many were settled in another way: on paper, by telephone."""
    since: date | None = None
    until: date | None = None

    @property
    def completion(self) -> Decimal | None:
        """The share of those who began that came to the end; None where nobody began, or nobody knows."""
        return _share(self.completed, self.started)

    @property
    def digital(self) -> Decimal | None:
        """The share of all that were settled in the service; None where nothing was, or nobody knows."""
        if self.completed is None or self.otherwise is None:
            return None
        return _share(self.completed, self.completed + self.otherwise)

    def faults(self, today: date) -> Iterator[UseFault]:
        """What cannot be true."""
        if self.started is not None and self.completed is not None and self.completed > self.started:
            yield UseFault.MORE_COMPLETED
        if self.since and self.until and self.until < self.since:
            yield UseFault.BACKWARDS
        if self.until and self.until > today:
            yield UseFault.NOT_YET


SIXTH = Decimal("0.000001")
"""What a share is told to: four decimals of a per cent."""


def _share(part: int | None, whole: int | None) -> Decimal | None:
    if part is None or not whole:
        return None
    return (Decimal(part) / Decimal(whole)).quantize(SIXTH)


# --- the end ---------------------------------------------------------------------------------------------


def all_approved(states: Iterable[Treated]) -> bool:
    """Whether there is nothing left to follow up: there was something, and all of it is approved."""
    found = list(states)
    return bool(found) and all(state is Treated.APPROVED for state in found)
