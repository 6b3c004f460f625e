"""What becomes of a condition of a decision, as one table: (state, action) -> state."""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class ConditionState(StrEnum):
    """Where a condition stands."""

    OPEN = "open"
    """Nobody has said that it is met."""
    REPORTED = "reported"
    """The project leader says that it is met, and shows it."""
    RETURNED = "returned"
    """What was shown is not enough."""
    APPROVED = "approved"
    """Met, for good."""


class ConditionAction(StrEnum):
    """A verb that moves a condition."""

    REPORT = "report_condition"
    APPROVE = "approve_condition"
    RETURN = "return_condition"


TRANSITIONS: dict[tuple[ConditionState, ConditionAction], ConditionState] = {
    (ConditionState.OPEN, ConditionAction.REPORT): ConditionState.REPORTED,
    (ConditionState.RETURNED, ConditionAction.REPORT): ConditionState.REPORTED,
    (ConditionState.REPORTED, ConditionAction.APPROVE): ConditionState.APPROVED,
    (ConditionState.REPORTED, ConditionAction.RETURN): ConditionState.RETURNED,
}

TO_BE_MET = frozenset({ConditionState.OPEN, ConditionState.RETURNED})
"""States in which the project leader has it, and in which its day can pass."""


def after(state: ConditionState, action: ConditionAction) -> ConditionState | None:
    """Where the action leads from this state; None when there is no such action."""
    return TRANSITIONS.get((state, action))


class Became(StrEnum):
    """What has become of a condition, when one looks back."""

    IN_TIME = "in_time"
    LATE = "late"
    """Met, after its day."""
    TO_COME = "to_come"
    """Not met yet, and its day has not passed."""
    OVERDUE = "overdue"
    """Not met, and its day has passed."""
    FELL = "fell"
    """Not met when its project ended."""


def became(met_on: date | None, due_on: date | None, today: date, *, ended: bool) -> Became:
    """What has become of it today: `met_on` is the day from which it is approved as met, None as long as it
    is not; `due_on` is None for a condition without a day; `ended` says that its project is over."""
    if met_on is not None:
        return Became.IN_TIME if due_on is None or met_on <= due_on else Became.LATE
    if ended:
        return Became.FELL
    return Became.OVERDUE if due_on is not None and due_on < today else Became.TO_COME
