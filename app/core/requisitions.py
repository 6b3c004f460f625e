"""What becomes of a requisition, as one table: (state, action) -> state, and whose action it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RequisitionState(StrEnum):
    """Where a requisition stands."""

    SENT = "sent"
    """Sent by the project leader; the secretariat checks it."""
    RETURNED = "returned"
    """Something must be put right by the project leader."""
    CHECKED = "checked"
    """Found right; the controller pays it."""
    PAID = "paid"
    """Paid, for good."""
    WITHDRAWN = "withdrawn"
    """Taken back by the project leader, for good."""


class RequisitionAction(StrEnum):
    """A verb that moves a requisition."""

    SEND_AGAIN = "send_requisition_again"
    WITHDRAW = "withdraw_requisition"
    APPROVE = "approve_requisition"
    RETURN = "return_requisition"
    PAY = "pay_requisition"


class Hand(StrEnum):
    """Whose action it is."""

    LEADER = "leader"
    CHECKER = "checker"
    PAYER = "payer"


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table."""

    action: RequisitionAction
    source: RequisitionState
    target: RequisitionState
    hand: Hand


MOVES: tuple[Move, ...] = (
    Move(RequisitionAction.APPROVE, RequisitionState.SENT, RequisitionState.CHECKED, Hand.CHECKER),
    Move(RequisitionAction.RETURN, RequisitionState.SENT, RequisitionState.RETURNED, Hand.CHECKER),
    Move(RequisitionAction.PAY, RequisitionState.CHECKED, RequisitionState.PAID, Hand.PAYER),
    Move(RequisitionAction.RETURN, RequisitionState.CHECKED, RequisitionState.RETURNED, Hand.PAYER),
    Move(RequisitionAction.SEND_AGAIN, RequisitionState.RETURNED, RequisitionState.SENT, Hand.LEADER),
    Move(RequisitionAction.WITHDRAW, RequisitionState.SENT, RequisitionState.WITHDRAWN, Hand.LEADER),
    Move(RequisitionAction.WITHDRAW, RequisitionState.RETURNED, RequisitionState.WITHDRAWN, Hand.LEADER),
)

WAITS_FOR: dict[RequisitionState, Hand] = {
    RequisitionState.SENT: Hand.CHECKER,
    RequisitionState.RETURNED: Hand.LEADER,
    RequisitionState.CHECKED: Hand.PAYER,
}
"""Whose turn it is. A state that is not here waits for nobody, and is for good."""

COUNTS = frozenset(RequisitionState) - {RequisitionState.WITHDRAWN}
"""States in which a requisition takes of what was granted."""

_BY_STEP = {(move.source, move.action): move for move in MOVES}


def move(state: RequisitionState, action: RequisitionAction) -> Move | None:
    """The row of the table for this action in this state; None when there is none."""
    return _BY_STEP.get((state, action))
