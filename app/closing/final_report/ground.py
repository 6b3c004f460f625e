"""What the record knows of a project that ends: what its final report is filled with and held against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app.core.final_report import (
    CostOutcome,
    EndOutcome,
    GoalKind,
    MilestoneOutcome,
    RoleOutcome,
    cost_outcomes,
    milestone_outcomes,
    role_outcomes,
)
from app.core.plan import Plan
from app.core.spending import Actuals

ZERO = Decimal(0)


@dataclass(frozen=True)
class Goal:
    """Something that the decided application promises."""

    key: str
    kind: GoalKind
    text: str
    indicator: str = ""
    unit: str = ""
    baseline: str = ""
    target: str = ""
    """Of a benefit the kronor a year that a later decision says, as a decimal string."""
    by: str = ""
    owner: str = ""


@dataclass(frozen=True)
class Granted:
    """A department's granted money for a budget year, and what became of it, in kronor."""

    department: str
    year: int
    granted: Decimal
    paid: Decimal
    returned: Decimal
    remaining: Decimal
    """Neither asked for nor returned."""


@dataclass(frozen=True)
class Activity:
    """What was entered as cost and hours under one name."""

    name: str
    hours: Decimal
    amount: Decimal


@dataclass(frozen=True)
class Member:
    """A role in the project's organisation."""

    role: str
    department: str
    chairs: bool = False


@dataclass(frozen=True)
class Organisation:
    """Who steered, who worked, who took part, and how often the steering group met."""

    steering: Sequence[Member] = ()
    working: Sequence[Member] = ()
    taking_part: Sequence[str] = ()
    """Departments beside the one that led."""
    meetings_planned: int = 0
    meetings_held: int = 0


@dataclass(frozen=True)
class Kept:
    """A plan that was established."""

    number: int
    on: date
    starts_on: date
    ends_on: date
    reason: str


@dataclass(frozen=True)
class ChangeAsked:
    """A change that was asked for, and what became of it."""

    number: int
    parts: Sequence[str]
    """Values of `core.changes.Part`."""
    amount: Decimal
    """What more was asked for, in kronor."""
    reason: str
    outcome: str
    """Its decision's kind; `withdrawn`, or `undecided`."""
    decided_on: date | None


@dataclass(frozen=True)
class Rest:
    """Something that is left to do, and who takes it over."""

    what: str
    department: str
    owner: str
    due_on: date
    state: str
    """Who has it, or how it ended: a value of `core.handover`."""


@dataclass(frozen=True)
class Termination:
    """That the project was ended before it was ready."""

    on: date
    by: str
    reasons: str


@dataclass(frozen=True, kw_only=True)
class Ground:
    """All of it."""

    interrupted: bool
    goals: Sequence[Goal] = ()
    proposed: Mapping[str, str] = field(default_factory=dict)
    """Texts of the decided application, by the text of the report that begins with them."""
    plan: Plan | None = None
    """As it stands; None for a project that was terminated before it had one."""
    first: Plan | None = None
    reached: Mapping[int, date | None] = field(default_factory=dict)
    """The day on which each milestone was reached, as the reports say."""
    actuals: Actuals = field(default_factory=Actuals)
    activities: Sequence[Activity] = ()
    granted: Sequence[Granted] = ()
    organisation: Organisation = field(default_factory=Organisation)
    kept: Sequence[Kept] = ()
    changes: Sequence[ChangeAsked] = ()
    rest: Sequence[Rest] = ()
    termination: Termination | None = None
    departments: Mapping[int, str] = field(default_factory=dict)

    @property
    def began(self) -> Plan | None:
        """What the project is held against: the first plan that was established, else the one there is."""
        return self.first or self.plan

    @property
    def budget(self) -> Decimal:
        """What the project might cost, as it is planned now."""
        return self.plan.budget_of() if self.plan else ZERO

    def goals_of(self, kind: GoalKind) -> list[Goal]:
        """The goals of a kind."""
        return [goal for goal in self.goals if goal.kind is kind]

    def end(self, ended_on: date) -> EndOutcome | None:
        """How the end came; None without a plan."""
        if self.plan is None or self.began is None:
            return None
        return EndOutcome(self.began.ends_on, self.plan.ends_on, ended_on)

    def milestones(self, reached: Mapping[int, date | None]) -> list[MilestoneOutcome]:
        """Every milestone, with the days that are said."""
        if self.plan is None or self.began is None:
            return []
        return milestone_outcomes(self.plan, self.began, reached)

    @property
    def roles(self) -> list[RoleOutcome]:
        """What each role worked."""
        if self.plan is None or self.began is None:
            return []
        return role_outcomes(self.plan, self.began, self.actuals)

    @property
    def costs(self) -> list[CostOutcome]:
        """What each budget line cost."""
        if self.plan is None or self.began is None:
            return []
        return cost_outcomes(self.plan, self.began, self.actuals)
