"""Requests to change a decided project, as plain data: what can be asked for, and what it would change.

A request has parts; each says how the project should be. What it changes follows from the plan as it stands.
Amounts are kronor, exact to the öre.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.core.costs import CostKind, Financier
from app.core.plan import BudgetLine, Milestone, Plan, days_late
from app.core.workflow import State

ZERO = Decimal(0)


class Part(StrEnum):
    """What a request can ask for, several at once."""

    TIME = "time"
    FUNDS = "funds"
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
class Cost:
    """What more should be granted: for what, to which department, in which year."""

    description: str
    kind: CostKind
    department_id: int
    department: str
    year: int
    amount: Decimal


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


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the project should be; None or nothing for a part that is not asked for."""

    reason: str = ""
    """Why, of the request as a whole."""
    time: Time | None = None
    costs: Sequence[Cost] = ()
    leader_id: int | None = None
    pause: Pause | None = None
    termination: Termination | None = None

    @property
    def parts(self) -> frozenset[Part]:
        """What is asked for."""
        asked = {
            Part.TIME: self.time,
            Part.FUNDS: self.costs,
            Part.LEADER: self.leader_id,
            Part.PAUSE: self.pause,
            Part.TERMINATION: self.termination,
        }
        return frozenset(part for part, value in asked.items() if value)

    @property
    def amount(self) -> Decimal:
        """How much more is asked of the programme."""
        return sum((cost.amount for cost in self.costs), ZERO)


def after(plan: Plan, wanted: Wanted) -> Plan:
    """The plan as it would be. What more is granted becomes lines of the budget, after the others."""
    time = wanted.time
    moved = replace(plan, ends_on=time.ends_on, milestones=list(time.milestones)) if time else plan
    return replace(moved, budget=[*plan.budget, *(added_line(costs) for costs in by_line(wanted.costs))])


def by_line(costs: Sequence[Cost]) -> list[list[Cost]]:
    """The costs that are one line of the budget: one department, name and kind, over the years."""
    lines: dict[tuple[str, CostKind, int], list[Cost]] = {}
    for cost in costs:
        if cost.amount:
            lines.setdefault((cost.description, cost.kind, cost.department_id), []).append(cost)
    return list(lines.values())


def added_line(costs: Sequence[Cost]) -> BudgetLine:
    """One new line of the budget, paid by the programme. Two costs of one year are added up."""
    first = costs[0]
    return BudgetLine(
        0, first.description, first.kind, first.department, Financier.PROGRAMME, amounts_by_year(costs)
    )


def amounts_by_year(costs: Sequence[Cost]) -> dict[int, Decimal]:
    """The sum of each year."""
    years: dict[int, Decimal] = {}
    for cost in costs:
        years[cost.year] = years.get(cost.year, ZERO) + cost.amount
    return dict(sorted(years.items()))


def granted_by_account(costs: Sequence[Cost]) -> dict[tuple[int, int], Decimal]:
    """What each department is to get in each year, by its number; nothing where it is nothing."""
    accounts: dict[tuple[int, int], Decimal] = {}
    for cost in costs:
        if cost.amount:
            place = (cost.department_id, cost.year)
            accounts[place] = accounts.get(place, ZERO) + cost.amount
    return accounts


@dataclass(frozen=True, slots=True)
class MoneyChange:
    """The budget of a department, a year and a financier, before and after."""

    department: str
    year: int
    financier: Financier
    before: Decimal
    after: Decimal


def money_changes(before: Plan, later: Plan) -> list[MoneyChange]:
    """The whole budget by department, year and financier, before and after; the first year first."""
    sums = _by_place(before), _by_place(later)
    places = sorted(sums[0].keys() | sums[1].keys(), key=lambda place: (place[1], place[0], place[2]))
    return [MoneyChange(*place, *(found.get(place, ZERO) for found in sums)) for place in places]


def _by_place(plan: Plan) -> dict[tuple[str, int, Financier], Decimal]:
    sums: dict[tuple[str, int, Financier], Decimal] = {}
    for line in plan.budget:
        for year, amount in line.amounts.items():
            place = (line.department, year, line.financier)
            sums[place] = sums.get(place, ZERO) + amount
    return sums


@dataclass(frozen=True, slots=True)
class MilestoneChange:
    """A milestone before and after; None before: it is new, None after: it is dropped."""

    name: str
    before: date | None
    after: date | None

    @property
    def days(self) -> int | None:
        """How many days later; None for one that is new or dropped."""
        if self.before is None or self.after is None:
            return None
        return days_late(self.before, self.after)


def milestone_changes(before: Plan, later: Plan) -> list[MilestoneChange]:
    """Every milestone that is not as it was: moved, renamed, dropped or new, in the order of their days."""
    old = {row.key: row for row in before.milestones}
    kept = {row.key for row in later.milestones if row.key}
    found = [
        MilestoneChange(row.name, old[row.key].planned_on if row.key in old else None, row.planned_on)
        for row in later.milestones
        if row != old.get(row.key)
    ]
    dropped = [MilestoneChange(row.name, row.planned_on, None) for key, row in old.items() if key not in kept]
    return sorted([*found, *dropped], key=lambda row: (row.after or row.before or date.max, row.name))
