"""A plan as plain JSON, and back: what a baseline keeps. Amounts are decimal strings, dates ISO."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from app.core.costs import CostKind, Financier
from app.core.plan import BenefitStart, BudgetLine, Effort, Milestone, MilestoneKind, Plan

FORMAT = 2
"""Raised when the shape changes, so that old ones are still read as what they are."""


def as_json(plan: Plan) -> dict[str, Any]:
    """Plain JSON of the whole plan."""
    return {
        "format": FORMAT,
        "starts_on": plan.starts_on.isoformat(),
        "ends_on": plan.ends_on.isoformat(),
        "milestones": [
            {
                "key": row.key,
                "name": row.name,
                "kind": row.kind.value,
                "planned_on": row.planned_on.isoformat(),
                "responsible": row.responsible,
            }
            for row in plan.milestones
        ],
        "budget": [
            {
                "key": row.key,
                "description": row.description,
                "kind": row.kind.value,
                "department": row.department,
                "financier": row.financier.value,
                "amounts": {str(year): f"{amount:f}" for year, amount in sorted(row.amounts.items())},
            }
            for row in plan.budget
        ],
        "effort": [
            {
                "key": row.key,
                "role": row.role,
                "department": row.department,
                "low": _text(row.low),
                "high": _text(row.high),
                "share": _text(row.share),
            }
            for row in plan.effort
        ],
        "benefits": [
            {
                "key": row.key,
                "description": row.description,
                "starts_on": row.starts_on.isoformat() if row.starts_on else None,
                "yearly": _text(row.yearly),
                "working": row.working,
            }
            for row in plan.benefits
        ],
        "scope": plan.scope,
    }


def from_json(content: Mapping[str, Any]) -> Plan:
    """The plan again, equal to what was kept. Format 1 knew of nothing but days of benefits."""
    return Plan(
        date.fromisoformat(content["starts_on"]),
        date.fromisoformat(content["ends_on"]),
        [
            Milestone(
                row["key"],
                row["name"],
                MilestoneKind(row["kind"]),
                date.fromisoformat(row["planned_on"]),
                row["responsible"],
            )
            for row in content["milestones"]
        ],
        [
            BudgetLine(
                row["key"],
                row["description"],
                CostKind(row["kind"]),
                row["department"],
                Financier(row["financier"]),
                {int(year): Decimal(amount) for year, amount in row["amounts"].items()},
            )
            for row in content["budget"]
        ],
        [
            Effort(
                row["key"],
                row["role"],
                row["department"],
                _number(row["low"]),
                _number(row["high"]),
                _number(row["share"]),
            )
            for row in content["effort"]
        ],
        [
            BenefitStart(
                row["key"],
                row["description"],
                date.fromisoformat(row["starts_on"]) if row["starts_on"] else None,
                _number(row.get("yearly")),
                row.get("working", ""),
            )
            for row in content["benefits"]
        ],
        content.get("scope", ""),
    )


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
