"""What becomes of a condition of a decision, as one table: (state, action) -> state."""

from __future__ import annotations

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
