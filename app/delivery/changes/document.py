"""A request as it is sent: a document that says what it would change that day, and needs no other record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.core.changed_plan import after, milestone_changes, money_changes
from app.core.changes import Wanted
from app.core.plan import Plan, days_late
from app.delivery.changes import wanted as json

FORMAT = 2
"""Raised when the shape changes, so that old ones are still read as what they are."""


@dataclass(frozen=True)
class Money:
    """What the money that is asked for is held against, kronor."""

    granted: Decimal
    """All that the project has been granted together."""
    left: Decimal
    """Of the frame."""
    present_values: tuple[Decimal, Decimal]
    """Of the project's calculation: as it is, and as it would be."""


@dataclass(frozen=True)
class Facts:
    """What a document says of the project."""

    number: int
    title: str
    case_number: str | None
    leader: str
    lead_department: str
    new_leader: str | None


def as_json(facts: Facts, wanted: Wanted, plan: Plan | None, money: Money | None) -> dict[str, Any]:
    """The document. Without a plan nothing is said of time, and without costs or moves nothing of money."""
    return {
        "format": FORMAT,
        "number": facts.number,
        "title": facts.title,
        "case_number": facts.case_number,
        "leader": facts.leader,
        "lead_department": facts.lead_department,
        "new_leader": facts.new_leader,
        "wanted": json.as_json(wanted),
        "before": json.time_as_json(plan) if plan and wanted.time else None,
        "time": _time(plan, wanted) if plan and wanted.time else None,
        "money": _money(plan, wanted, money) if plan and money else None,
    }


def _time(plan: Plan, wanted: Wanted) -> dict[str, Any]:
    later = after(plan, wanted)
    return {
        "before": plan.ends_on.isoformat(),
        "after": later.ends_on.isoformat(),
        "days": days_late(plan.ends_on, later.ends_on),
        "milestones": [
            {
                "name": row.name,
                "before": row.before.isoformat() if row.before else None,
                "after": row.after.isoformat() if row.after else None,
                "days": row.days,
            }
            for row in milestone_changes(plan, later)
        ],
    }


def _money(plan: Plan, wanted: Wanted, money: Money) -> dict[str, Any]:
    return {
        "amount": _text(wanted.amount),
        "rows": [
            {
                "department": row.department,
                "year": row.year,
                "financier": row.financier.value,
                "before": _text(row.before),
                "after": _text(row.after),
            }
            for row in money_changes(plan, after(plan, wanted))
        ],
        "granted": _pair(money.granted, money.granted + wanted.amount),
        "left": _pair(money.left, money.left - wanted.amount),
        "present_value": _pair(*(_whole(value) for value in money.present_values)),
    }


def _pair(before: Decimal, later: Decimal) -> Mapping[str, str]:
    return {"before": _text(before), "after": _text(later)}


def _whole(amount: Decimal) -> Decimal:
    """Present values are told in whole kronor."""
    return amount.quantize(Decimal(1))


def _text(amount: Decimal) -> str:
    return f"{amount:f}"
