"""The rows of a plan as somebody wants them: what the service takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.core.costs import CostKind, Financier
from app.core.plan import MilestoneKind


@dataclass(frozen=True, slots=True, kw_only=True)
class RowValues:
    """What every row has."""

    id: int | None = None
    """None: the row is new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneValues(RowValues):
    """Something that is to be ready."""

    name: str
    kind: MilestoneKind = MilestoneKind.MILESTONE
    planned_on: date
    responsible: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetValues(RowValues):
    """What a cost may be, by year."""

    description: str
    kind: CostKind
    department_id: int
    financier: Financier
    amounts: Mapping[int, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class EffortValues(RowValues):
    """What a role does."""

    role: str
    department_id: int
    hours_low: Decimal | None = None
    hours_high: Decimal | None = None
    share: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberValues(RowValues):
    """Who steers."""

    role: str
    department_id: int
    chairs: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingValues(RowValues):
    """When the steering group meets."""

    planned_on: date
    held_on: date | None = None
    note: str = ""
