"""Final reports: what becomes of one, how far goals were reached, what came when and took how much.

Pure. A project is held against the plan that it began with: every later plan stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.core.plan import Plan, days_late
from app.core.spending import Actuals, EffortOutcome, LineOutcome, effort_outcomes, line_outcomes
from app.core.treated import Treated, steps_of

ZERO = Decimal(0)
EXPLAINED = Decimal("0.10")
"""The share by which cost or hours may be off the first plan without an explanation."""

# --- the life of a report --------------------------------------------------------------------------------


FinalState = Treated
"""Where a final report stands."""


class FinalAction(StrEnum):
    """A verb that moves a final report."""

    SEND = "send_final_report"
    RETURN = "return_final_report"
    APPROVE = "approve_final_report"


_STEPS = steps_of(FinalAction.SEND, FinalAction.RETURN, FinalAction.APPROVE)


def after(state: FinalState, action: FinalAction) -> FinalState | None:
    """Where the action leads from this state; None when there is no such action."""
    return _STEPS.get((state, action))


# --- goals -----------------------------------------------------------------------------------------------


class GoalKind(StrEnum):
    """What kind of promise: an effect after the project, a benefit, something that the project makes."""

    EFFECT = "effect"
    BENEFIT = "benefit"
    PROJECT = "project"


class Fulfilment(StrEnum):
    """How far a goal was reached."""

    FULFILLED = "fulfilled"
    PARTLY = "partly"
    NOT = "not"
    NOT_YET = "not_yet"
    """Cannot be measured within the project; somebody follows it up afterwards."""
    INTERRUPTED = "interrupted"
    """Cannot be measured: the project was terminated."""


def possible(*, interrupted: bool) -> tuple[Fulfilment, ...]:
    """What can be said of a goal; that the project was interrupted, only of one that was."""
    return tuple(row for row in Fulfilment if interrupted or row is not Fulfilment.INTERRUPTED)


class Needs(StrEnum):
    """What an answer about a goal must come with."""

    PROOF = "proof"
    """A measured value, or words on how one sees that it is reached."""
    REASON = "reason"
    FOLLOW_UP = "follow_up"
    """Who follows it up: a role of a department, and by when."""


def needs_of(fulfilment: Fulfilment) -> Needs | None:
    """What must be said beside this answer; nothing where the project was interrupted."""
    return {
        Fulfilment.FULFILLED: Needs.PROOF,
        Fulfilment.PARTLY: Needs.REASON,
        Fulfilment.NOT: Needs.REASON,
        Fulfilment.NOT_YET: Needs.FOLLOW_UP,
    }.get(fulfilment)


# --- lessons ---------------------------------------------------------------------------------------------


class Group(StrEnum):
    """Who has looked back."""

    STEERING = "steering"
    PROJECT = "project"
    REFERENCE = "reference"


class Lesson(StrEnum):
    """What a group found."""

    SUCCESS = "success"
    CHALLENGE = "challenge"
    OTHER = "other"


class Area(StrEnum):
    """What it is about."""

    WORK = "work"
    STAFFING = "staffing"
    PLANNING = "planning"
    ELSE = "else"


# --- what came when --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MilestoneOutcome:
    """A milestone as it was first planned, as it is planned now, and the day on which it was reached."""

    key: int
    name: str
    first_on: date | None
    """None: it was added later."""
    planned_on: date
    reached_on: date | None

    @property
    def delay(self) -> int | None:
        """Days later than first planned, below zero when earlier; one that was added later is held against
        its own plan. None as long as it is not reached."""
        return days_late(self.first_on or self.planned_on, self.reached_on) if self.reached_on else None


def milestone_outcomes(plan: Plan, first: Plan, reached: Mapping[int, date | None]) -> list[MilestoneOutcome]:
    """Every milestone of the plan, in its order; `reached` by their keys."""
    began = {row.key: row.planned_on for row in first.milestones}
    return [
        MilestoneOutcome(row.key, row.name, began.get(row.key), row.planned_on, reached.get(row.key))
        for row in plan.milestones
    ]


@dataclass(frozen=True, slots=True)
class EndOutcome:
    """The end of a project as it was first planned, as it is planned now, and as it came."""

    first_on: date
    planned_on: date
    ended_on: date

    @property
    def delay(self) -> int:
        """Days later than first planned; below zero when earlier."""
        return days_late(self.first_on, self.ended_on)


# --- what it took ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RoleOutcome:
    """A role with the work that it was planned to do now, held against what was first planned."""

    outcome: EffortOutcome
    """Against the first plan, or against today's where the role was added later."""
    added: bool


def role_outcomes(plan: Plan, first: Plan, actuals: Actuals) -> list[RoleOutcome]:
    """Every role of the plan, in its order."""
    began = {row.key: row for row in first.effort}
    held = replace(plan, effort=[began.get(row.key, row) for row in plan.effort])
    return [RoleOutcome(row, row.effort.key not in began) for row in effort_outcomes(held, actuals)]


@dataclass(frozen=True, slots=True)
class CostOutcome:
    """A budget line with what it was first planned to cost, and what it cost."""

    line: LineOutcome
    first: Decimal | None
    """None: it was added later."""


def cost_outcomes(plan: Plan, first: Plan, actuals: Actuals) -> list[CostOutcome]:
    """Every budget line of the plan, in its order."""
    began = {row.key: row.total for row in first.budget}
    return [CostOutcome(row, began.get(row.line.key)) for row in line_outcomes(plan, actuals)]


class Off(StrEnum):
    """What is further from the plan than may go unexplained."""

    TIME = "time"
    COST = "cost"
    HOURS = "hours"


def to_explain(
    end: EndOutcome, budget: Decimal, spent: Decimal, roles: Sequence[RoleOutcome]
) -> Iterator[Off]:
    """What must be explained: an end that came late, a cost off the budget, a role that worked more."""
    if end.delay > 0:
        yield Off.TIME
    if budget and abs(spent - budget) > budget * EXPLAINED:
        yield Off.COST
    if any(_off(row.outcome) for row in roles):
        yield Off.HOURS


def _off(row: EffortOutcome) -> bool:
    over = row.overrun.least if row.overrun else ZERO
    share = row.share_over / row.effort.share if row.share_over and row.effort.share else ZERO
    return max(over, share) > EXPLAINED
