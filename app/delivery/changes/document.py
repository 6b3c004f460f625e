"""A request as it is sent: a document that says what it would change that day, and needs no other record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.core.changed_plan import after, effort_changes, milestone_changes, money_changes
from app.core.changes import Wanted
from app.core.money import round_half_up
from app.core.plan import BenefitStart, Effort, Plan, days_late
from app.core.precision import plain
from app.delivery.changes import wanted as json
from app.delivery.changes.worth import Worth

FORMAT = 2
"""Raised when the shape changes, so that old ones are still read as what they are."""


@dataclass(frozen=True)
class Held:
    """What a request that changes the plan is held against."""

    plan: Plan
    granted: Decimal
    """All that the project has been granted together, kronor."""
    left: Decimal
    """Of the frame, kronor."""
    worths: tuple[Worth, Worth]
    """What the project is worth, as it is and as it would be."""


@dataclass(frozen=True)
class Facts:
    """What a document says of the project."""

    number: int
    title: str
    case_number: str | None
    leader: str
    lead_department: str
    new_leader: str | None


def as_json(facts: Facts, wanted: Wanted, held: Held | None) -> dict[str, Any]:
    """The document. What does not change the plan is held against nothing."""
    plan = held.plan if held else None
    later = after(plan, wanted) if plan else None
    return {
        "format": FORMAT,
        "number": facts.number,
        "title": facts.title,
        "case_number": facts.case_number,
        "leader": facts.leader,
        "lead_department": facts.lead_department,
        "new_leader": facts.new_leader,
        "wanted": json.as_json(wanted),
        "before": json.before_as_json(plan, wanted) if plan else None,
        "time": _time(plan, later) if plan and later and wanted.time else None,
        "scope": _scope(held, later) if held and later and wanted.scope else None,
        "money": _money(held, later, wanted) if held and later and (wanted.costs or wanted.moves) else None,
        "effort": _effort(plan, later) if plan and later and wanted.effort else None,
        "whole": _whole(held, later, wanted) if held and later else None,
    }


def is_overtaken(content: Mapping[str, Any], plan: Plan | None) -> bool:
    """Whether the plan is another than it was when the request was sent, in what the request writes anew."""
    before = content["before"]
    if before is None or plan is None:
        return False
    said = {"time": before} if content["format"] == 1 else before
    now = json.before_as_json(plan, json.from_json(content["wanted"]))
    return any(text is not None and text != now[name] for name, text in said.items())


def _time(plan: Plan, later: Plan) -> dict[str, Any]:
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


def _scope(held: Held, later: Plan) -> dict[str, Any]:
    now, then = held.worths
    return {
        "text": {"before": held.plan.scope, "after": later.scope},
        "benefits": [
            {
                "description": new.description,
                "starts_on": {"before": _day(old.starts_on), "after": _day(new.starts_on)},
                "yearly": {"before": _yearly(old, now), "after": _yearly(new, then)},
                "working": new.working,
                "present_value": {
                    "before": _optional(now.benefits.get(old.key)),
                    "after": _optional(then.benefits.get(new.key)),
                },
            }
            for old, new in zip(held.plan.benefits, later.benefits, strict=True)
            if old != new
        ],
    }


def _yearly(row: BenefitStart, worth: Worth) -> str | None:
    amount = worth.yearly.get(row.key)
    return None if amount is None else _text(_whole_kronor(amount))


def _effort(plan: Plan, later: Plan) -> list[dict[str, Any]]:
    return [
        {
            "role": row.role,
            "department": row.department,
            "before": _work(row.before),
            "after": _work(row.after),
        }
        for row in effort_changes(plan, later)
    ]


def _work(row: Effort | None) -> dict[str, str | None] | None:
    if row is None:
        return None
    numbers = {"low": row.low, "high": row.high, "share": row.share}
    return {name: None if value is None else _text(plain(value)) for name, value in numbers.items()}


def _whole(held: Held, later: Plan, wanted: Wanted) -> dict[str, Any]:
    """What the request as a whole makes of the project."""
    return {
        "granted": _pair(held.granted, held.granted + wanted.amount),
        "left": _pair(held.left, held.left - wanted.amount),
        "present_value": _pair(*(_whole_kronor(worth.present_value) for worth in held.worths)),
        "hours": {
            "before": [_text(plain(end)) for end in held.plan.hours],
            "after": [_text(plain(end)) for end in later.hours],
        },
    }


def _money(held: Held, later: Plan, wanted: Wanted) -> dict[str, Any]:
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
            for row in money_changes(held.plan, later)
        ],
    }


def _pair(before: Decimal, later: Decimal) -> Mapping[str, str]:
    return {"before": _text(before), "after": _text(later)}


def _whole_kronor(amount: Decimal) -> Decimal:
    """What is calculated is told in whole kronor."""
    return round_half_up(amount)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _optional(amount: Decimal | None) -> str | None:
    return None if amount is None else _text(amount)


def _text(amount: Decimal) -> str:
    return f"{amount:f}"
