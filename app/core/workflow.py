"""The process as one table: which action leads from which state to which, and who may take it.

Pure: knows nothing of people or records. `app.projects` maps each party to persons, and moves a project
along this table by one function.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a project stands."""

    DRAFT = "draft"
    AWAITING_SIGNATURE = "awaiting_signature"
    SUBMITTED = "submitted"
    CHECKING = "checking"
    RETURNED = "returned"
    AWAITING_NEW_SIGNATURE = "awaiting_new_signature"
    ASSESSMENT = "assessment"
    COUNCIL = "council"
    AWAITING_DECISION = "awaiting_decision"
    APPROVED = "approved"
    POSTPONED = "postponed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    RUNNING = "running"
    PAUSED = "paused"
    CLOSING = "closing"
    TERMINATING = "terminating"
    HANDED_OVER = "handed_over"
    FOLLOW_UP = "follow_up"
    CLOSED = "closed"
    TERMINATED = "terminated"


class Action(StrEnum):
    """A verb that moves a project."""

    ASK_FOR_SIGNATURE = "ask_for_signature"
    RECALL = "recall"
    SEND_BACK = "send_back"
    SIGN = "sign"
    REGISTER = "register"
    RETURN_FOR_COMPLETION = "return_for_completion"
    RESUBMIT = "resubmit"
    ACCEPT_AS_COMPLETE = "accept_as_complete"
    REFER_TO_COUNCIL = "refer_to_council"
    RECORD_OPINION = "record_opinion"
    APPROVE = "approve"
    POSTPONE = "postpone"
    REJECT = "reject"
    RESUME = "resume"
    WITHDRAW = "withdraw"
    START_RUNNING = "start_running"
    PAUSE = "pause"
    CONTINUE = "continue"
    BEGIN_CLOSING = "begin_closing"
    REOPEN = "reopen"
    TERMINATE = "terminate"
    HAND_OVER = "hand_over"
    FOLLOW_UP = "follow_up"
    CLOSE = "close"
    FINISH_TERMINATION = "finish_termination"


class Party(StrEnum):
    """Who may take an action, seen from the project."""

    LEADER = "leader"
    MANAGER = "manager"
    SECRETARIAT = "secretariat"


class IllegalTransitionError(ValueError):
    """The action does not exist in this state."""

    def __init__(self, state: State, action: Action) -> None:
        super().__init__(f"{action} is not possible in state {state}")
        self.state = state
        self.action = action


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table."""

    action: Action
    source: State
    target: State
    party: Party


TRANSITIONS: tuple[Transition, ...] = (
    Transition(Action.ASK_FOR_SIGNATURE, State.DRAFT, State.AWAITING_SIGNATURE, Party.LEADER),
    Transition(Action.RECALL, State.AWAITING_SIGNATURE, State.DRAFT, Party.LEADER),
    Transition(Action.SEND_BACK, State.AWAITING_SIGNATURE, State.DRAFT, Party.MANAGER),
    Transition(Action.SIGN, State.AWAITING_SIGNATURE, State.SUBMITTED, Party.MANAGER),
    Transition(Action.REGISTER, State.SUBMITTED, State.CHECKING, Party.SECRETARIAT),
    Transition(Action.RETURN_FOR_COMPLETION, State.CHECKING, State.RETURNED, Party.SECRETARIAT),
    Transition(Action.RESUBMIT, State.RETURNED, State.CHECKING, Party.LEADER),
    Transition(Action.ASK_FOR_SIGNATURE, State.RETURNED, State.AWAITING_NEW_SIGNATURE, Party.LEADER),
    Transition(Action.RECALL, State.AWAITING_NEW_SIGNATURE, State.RETURNED, Party.LEADER),
    Transition(Action.SEND_BACK, State.AWAITING_NEW_SIGNATURE, State.RETURNED, Party.MANAGER),
    Transition(Action.SIGN, State.AWAITING_NEW_SIGNATURE, State.CHECKING, Party.MANAGER),
    Transition(Action.ACCEPT_AS_COMPLETE, State.CHECKING, State.ASSESSMENT, Party.SECRETARIAT),
    Transition(Action.REFER_TO_COUNCIL, State.ASSESSMENT, State.COUNCIL, Party.SECRETARIAT),
    Transition(Action.RECORD_OPINION, State.COUNCIL, State.AWAITING_DECISION, Party.SECRETARIAT),
    Transition(Action.APPROVE, State.AWAITING_DECISION, State.APPROVED, Party.SECRETARIAT),
    Transition(Action.POSTPONE, State.AWAITING_DECISION, State.POSTPONED, Party.SECRETARIAT),
    Transition(Action.REJECT, State.AWAITING_DECISION, State.REJECTED, Party.SECRETARIAT),
    Transition(Action.RESUME, State.POSTPONED, State.ASSESSMENT, Party.SECRETARIAT),
    Transition(Action.WITHDRAW, State.DRAFT, State.WITHDRAWN, Party.LEADER),
    Transition(Action.WITHDRAW, State.SUBMITTED, State.WITHDRAWN, Party.LEADER),
    Transition(Action.WITHDRAW, State.CHECKING, State.WITHDRAWN, Party.LEADER),
    Transition(Action.WITHDRAW, State.RETURNED, State.WITHDRAWN, Party.LEADER),
    Transition(Action.WITHDRAW, State.ASSESSMENT, State.WITHDRAWN, Party.LEADER),
    Transition(Action.WITHDRAW, State.POSTPONED, State.WITHDRAWN, Party.LEADER),
    Transition(Action.START_RUNNING, State.APPROVED, State.RUNNING, Party.LEADER),
    Transition(Action.PAUSE, State.RUNNING, State.PAUSED, Party.SECRETARIAT),
    Transition(Action.CONTINUE, State.PAUSED, State.RUNNING, Party.LEADER),
    Transition(Action.BEGIN_CLOSING, State.RUNNING, State.CLOSING, Party.LEADER),
    Transition(Action.REOPEN, State.CLOSING, State.RUNNING, Party.LEADER),
    Transition(Action.TERMINATE, State.APPROVED, State.TERMINATING, Party.SECRETARIAT),
    Transition(Action.TERMINATE, State.RUNNING, State.TERMINATING, Party.SECRETARIAT),
    Transition(Action.TERMINATE, State.PAUSED, State.TERMINATING, Party.SECRETARIAT),
    Transition(Action.TERMINATE, State.CLOSING, State.TERMINATING, Party.SECRETARIAT),
    Transition(Action.HAND_OVER, State.CLOSING, State.HANDED_OVER, Party.SECRETARIAT),
    Transition(Action.FOLLOW_UP, State.HANDED_OVER, State.FOLLOW_UP, Party.SECRETARIAT),
    Transition(Action.CLOSE, State.FOLLOW_UP, State.CLOSED, Party.SECRETARIAT),
    Transition(Action.FINISH_TERMINATION, State.TERMINATING, State.TERMINATED, Party.SECRETARIAT),
)

_BY_STEP = {(row.source, row.action): row for row in TRANSITIONS}

EDITABLE = frozenset({State.DRAFT, State.RETURNED})
"""States in which the project leader writes."""

BEFORE_SUBMISSION = frozenset({State.DRAFT, State.AWAITING_SIGNATURE})
"""States that only the applying department sees, as long as nothing has been submitted."""

SIGNING = frozenset({State.AWAITING_SIGNATURE, State.AWAITING_NEW_SIGNATURE})
"""States in which the manager reads and signs; nobody writes."""

WAITS_FOR: dict[State, Party] = {
    State.DRAFT: Party.LEADER,
    State.AWAITING_SIGNATURE: Party.MANAGER,
    State.SUBMITTED: Party.SECRETARIAT,
    State.CHECKING: Party.SECRETARIAT,
    State.RETURNED: Party.LEADER,
    State.AWAITING_NEW_SIGNATURE: Party.MANAGER,
    State.ASSESSMENT: Party.SECRETARIAT,
    State.COUNCIL: Party.SECRETARIAT,
    State.AWAITING_DECISION: Party.SECRETARIAT,
    State.POSTPONED: Party.SECRETARIAT,
    State.APPROVED: Party.LEADER,
}
"""Whose turn it is. A state that is not here waits for nobody."""

REFUSED = frozenset({State.REJECTED, State.WITHDRAWN})
"""States of what never became a project."""

FOLLOWED_UP = frozenset({State.HANDED_OVER, State.FOLLOW_UP})
"""States in which what a project has left is followed up."""

COMPLETED = FOLLOWED_UP | {State.CLOSED, State.TERMINATED}
"""States in which the project's own work is over; nothing of it is written any more."""

ENDED = REFUSED | COMPLETED

FUNDED = frozenset({State.APPROVED, State.RUNNING, State.PAUSED, State.CLOSING, State.TERMINATING})
"""States in which a project works with money that it was granted: plans, meets conditions, is paid."""

GRANTED = FUNDED | COMPLETED
"""States of a project that was granted money: what it planned, spent and reported is read from then on."""

INTERRUPTED = frozenset({State.TERMINATING, State.TERMINATED})
"""States of a project that was ended before it was ready."""

DECIDED = GRANTED | {State.REJECTED}

UNDECIDED = frozenset(WAITS_FOR) - DECIDED
"""States in which somebody waits for a decision."""


class Step(StrEnum):
    """The steps that a reader follows a project through; several states can belong to one step."""

    APPLICATION = "application"
    SIGNATURE = "signature"
    COMPLETENESS = "completeness"
    ASSESSMENT = "assessment"
    OPINION = "opinion"
    DECISION = "decision"
    RUNNING = "running"
    CLOSING = "closing"
    FOLLOW_UP = "follow_up"


STEP_OF: dict[State, Step] = {
    State.DRAFT: Step.APPLICATION,
    State.AWAITING_SIGNATURE: Step.SIGNATURE,
    State.SUBMITTED: Step.COMPLETENESS,
    State.CHECKING: Step.COMPLETENESS,
    State.RETURNED: Step.COMPLETENESS,
    State.AWAITING_NEW_SIGNATURE: Step.COMPLETENESS,
    State.ASSESSMENT: Step.ASSESSMENT,
    State.COUNCIL: Step.OPINION,
    State.AWAITING_DECISION: Step.DECISION,
    State.APPROVED: Step.DECISION,
    State.POSTPONED: Step.DECISION,
    State.REJECTED: Step.DECISION,
    State.WITHDRAWN: Step.APPLICATION,
    State.RUNNING: Step.RUNNING,
    State.PAUSED: Step.RUNNING,
    State.CLOSING: Step.CLOSING,
    State.TERMINATING: Step.CLOSING,
    State.HANDED_OVER: Step.CLOSING,
    State.FOLLOW_UP: Step.FOLLOW_UP,
    State.CLOSED: Step.FOLLOW_UP,
    State.TERMINATED: Step.CLOSING,
}


def transition(state: State, action: Action) -> Transition:
    """The row of the table for this action in this state.

    Raises IllegalTransitionError when there is none.
    """
    try:
        return _BY_STEP[(state, action)]
    except KeyError:
        raise IllegalTransitionError(state, action) from None


def actions_from(state: State) -> tuple[Action, ...]:
    """Every action that exists in this state, in the order of the table."""
    return tuple(row.action for row in TRANSITIONS if row.source is state)
