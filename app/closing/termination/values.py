"""What is told of an interrupted project: what the service takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.core.termination import ContractState, Fate
from app.delivery.plans.values import RowValues


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionValues:
    """Who decided that the project should not go on, when and why."""

    decided_on: date
    decided_by: str
    reasons: str
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReusableValues(RowValues):
    """Something that somebody else can use."""

    result: str
    useful_to: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractValues(RowValues):
    """A contract, and what becomes of it."""

    supplier: str
    reference: str = ""
    status: ContractState = ContractState.OPEN
    notice_by: date | None = None
    ends_on: date | None = None
    cost: Decimal = Decimal(0)
    taken_over_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeValues:
    """What becomes of a benefit."""

    fate: Fate
    reason: str
    share: Decimal | None = None
    owner: str = ""
