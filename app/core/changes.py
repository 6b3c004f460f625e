"""Requests to change a decided project, as plain data: what can be asked for, and where a request stands.

A request has parts; each says how the project should be. What it would change is in `core.changed_plan`.
Amounts are kronor, exact to the öre.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.core.costs import CostKind, Financier
from app.core.plan import Effort, Milestone
from app.core.workflow import State

ZERO = Decimal(0)


class Part(StrEnum):
    """What a request can ask for, several at once."""

    TIME = "time"
    SCOPE = "scope"
    FUNDS = "funds"
    MOVE = "move"
    EFFORT = "effort"
    LEADER = "leader"
    PAUSE = "pause"
    TERMINATION = "termination"


_ALWAYS = frozenset({Part.LEADER, Part.TERMINATION})

ASKED_IN: Mapping[State, frozenset[Part]] = {
    State.APPROVED: _ALWAYS,
    State.RUNNING: frozenset(Part),
    State.PAUSED: frozenset(Part) - {Part.PAUSE},
    State.CLOSING: _ALWAYS,
}
"""What can be asked for and approved, by where the project stands. In other states nothing is changed."""


CHANGES_PLAN = frozenset({Part.TIME, Part.SCOPE, Part.FUNDS, Part.MOVE, Part.EFFORT})
"""What makes a new baseline when it is approved."""


class ChangeState(StrEnum):
    """Where a request stands."""

    DRAFT = "draft"
    SENT = "sent"
    """The secretariat treats it."""
    QUESTIONED = "questioned"
    """The secretariat has asked something; the project leader answers."""
    WITHDRAWN = "withdrawn"
    DECIDED = "decided"


class ChangeAction(StrEnum):
    """A verb that moves a request."""

    SEND = "send_change"
    ASK = "ask_about_change"
    ANSWER = "answer_about_change"
    WITHDRAW = "withdraw_change"
    DECIDE = "decide_change"


TARGETS: Mapping[tuple[ChangeState, ChangeAction], ChangeState] = {
    (ChangeState.DRAFT, ChangeAction.SEND): ChangeState.SENT,
    (ChangeState.DRAFT, ChangeAction.WITHDRAW): ChangeState.WITHDRAWN,
    (ChangeState.SENT, ChangeAction.ASK): ChangeState.QUESTIONED,
    (ChangeState.SENT, ChangeAction.WITHDRAW): ChangeState.WITHDRAWN,
    (ChangeState.SENT, ChangeAction.DECIDE): ChangeState.DECIDED,
    (ChangeState.QUESTIONED, ChangeAction.ANSWER): ChangeState.SENT,
    (ChangeState.QUESTIONED, ChangeAction.WITHDRAW): ChangeState.WITHDRAWN,
    (ChangeState.QUESTIONED, ChangeAction.DECIDE): ChangeState.DECIDED,
}
"""What becomes of a request. What is not here cannot be done."""

UNDECIDED = frozenset({ChangeState.SENT, ChangeState.QUESTIONED})
"""States of a request that somebody is to decide on."""

WRITTEN_IN = frozenset({ChangeState.DRAFT, ChangeState.QUESTIONED})
"""States in which the project leader writes the request."""


@dataclass(frozen=True, slots=True)
class Time:
    """When the project should end, and everything that should be ready when; key 0 is a new milestone."""

    ends_on: date
    milestones: Sequence[Milestone]


@dataclass(frozen=True, slots=True)
class Promise:
    """From which day a benefit is expected, and what it is worth in a year at full effect."""

    key: int
    """The benefit line's number."""
    description: str
    starts_on: date
    yearly: Decimal | None
    """Kronor; None: what the decided application says."""
    working: str
    """How the amount was counted."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What the project should do instead, in words, and what that makes of its benefits."""

    text: str
    benefits: Sequence[Promise]


@dataclass(frozen=True, slots=True)
class Cost:
    """What more should be granted: for what, to which department, in which year."""

    description: str
    kind: CostKind
    department_id: int
    department: str
    year: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Move:
    """Money of a line of the budget, to be used in another year, by another department, or both."""

    line: int
    """The line's key."""
    description: str
    financier: Financier
    department_id: int
    department: str
    year: int
    to_department_id: int
    to_department: str
    to_year: int
    amount: Decimal

    @property
    def source(self) -> tuple[int, int]:
        """The department, by its number, and the year that it is taken from."""
        return self.department_id, self.year

    @property
    def target(self) -> tuple[int, int]:
        """The department, by its number, and the year that it goes to."""
        return self.to_department_id, self.to_year


@dataclass(frozen=True, slots=True)
class Pause:
    """For how long the project should rest, and why."""

    starts_on: date
    until: date
    why: str


@dataclass(frozen=True, slots=True)
class Termination:
    """Who has decided that the project should not go on, on which day and why."""

    decided_by: str
    decided_on: date
    reasons: str


FIELD_OF: Mapping[Part, str] = {
    Part.TIME: "time",
    Part.SCOPE: "scope",
    Part.FUNDS: "costs",
    Part.MOVE: "moves",
    Part.EFFORT: "effort",
    Part.LEADER: "leader_id",
    Part.PAUSE: "pause",
    Part.TERMINATION: "termination",
}
"""What each part is called in what is wanted."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the project should be; None or nothing for a part that is not asked for."""

    reason: str = ""
    """Why, of the request as a whole."""
    time: Time | None = None
    scope: Scope | None = None
    costs: Sequence[Cost] = ()
    moves: Sequence[Move] = ()
    effort: Sequence[Effort] = ()
    leader_id: int | None = None
    pause: Pause | None = None
    termination: Termination | None = None

    @property
    def parts(self) -> frozenset[Part]:
        """What is asked for."""
        return frozenset(part for part, name in FIELD_OF.items() if getattr(self, name))

    @property
    def amount(self) -> Decimal:
        """How much more is asked of the programme."""
        return sum((cost.amount for cost in self.costs), ZERO)

    @property
    def of_granted_money(self) -> bool:
        """Whether it asks for more of the programme's money, or for the same elsewhere."""
        moved = any(move.financier is Financier.PROGRAMME for move in self.moves)
        return bool(self.costs) or moved

    def named(self, departments: Mapping[int, str]) -> Wanted:
        """The same with the departments as they are called now."""
        return replace(
            self,
            costs=tuple(replace(cost, department=departments[cost.department_id]) for cost in self.costs),
            moves=tuple(
                replace(
                    move,
                    department=departments[move.department_id],
                    to_department=departments[move.to_department_id],
                )
                for move in self.moves
            ),
        )
