"""What somebody wants to enter: what the service takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.core.costs import Financier


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryValues:
    """Something that was paid or worked."""

    booked_on: date
    activity: str
    budget_line_id: int | None = None
    financier: Financier = Financier.OWN_BUDGET
    """Who paid, when no budget line says so."""
    effort_line_id: int | None = None
    role: str = ""
    """When the plan does not have the role."""
    hours: Decimal | None = None
    rate: Decimal | None = None
    amount: Decimal | None = None
    """None: hours times rate, or nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentValues:
    """How much a role has worked up to a day."""

    until: date
    low: Decimal | None = None
    high: Decimal | None = None
    share: Decimal | None = None
    note: str = ""
