"""What the record knows of what a project has left: what a follow-up is filled with and held against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app.closing.final_report.ground import Rest
from app.core.final_report import Fulfilment, GoalKind
from app.follow_up.content import Content


@dataclass(frozen=True)
class Goal:
    """A goal of the project, and how far it had been reached when that was last said."""

    key: str
    kind: GoalKind
    text: str
    indicator: str
    unit: str
    baseline: str
    target: str
    by: str
    fulfilment: Fulfilment | None


@dataclass(frozen=True)
class Benefit:
    """A benefit that was promised."""

    key: str
    text: str
    department: str
    owner: str
    indicator: str
    starts_on: date | None
    """As the plan has it."""
    yearly: Decimal | None
    """Kronor a year at full effect; None for what has no price."""
    unit: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    target_on: date | None = None
    measured: Decimal | None = None
    """What the indicator showed when it was last measured; None: nobody has measured."""
    measured_until: date | None = None
    realised: Decimal | None = None
    """Kronor by all that is measured; None for what has no price."""


@dataclass(frozen=True)
class Operation:
    """Who was to own what was launched, what it was to cost and who was to pay."""

    owner: str = ""
    department: str = ""
    department_id: int | None = None
    yearly_cost: Decimal | None = None
    payer: str = ""
    financed_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Ground:
    """All of it."""

    handed_over_on: date
    goals: Sequence[Goal] = ()
    """Those that are not reached."""
    reached: Sequence[Goal] = ()
    benefits: Sequence[Benefit] = ()
    rest: Sequence[Rest] = ()
    """What is still open."""
    operation: Operation = field(default_factory=Operation)
    """As the decided application planned it."""
    registered: Operation | None = None
    """As the register of services has it by now; None: it does not know the service."""
    before: Content | None = None
    """What the last follow-up that was sent said."""
    planned: Sequence[date] = ()
    """The days of every follow-up of the project."""
    departments: Mapping[int, str] = field(default_factory=dict)
