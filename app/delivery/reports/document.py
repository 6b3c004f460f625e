"""A report as it is sent: one document that needs no other record to be read, the same in ten years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.core.plan import Plan
from app.core.reporting import Dimension, Figures, Proposal, Reached, proposals
from app.delivery.reports.content import Content, CostSaid, HoursSaid, LightSaid, MilestoneSaid

FORMAT = 1
"""Raised when the shape changes, so that old ones are still read as what they are."""

ZERO = Decimal(0)


@dataclass(frozen=True)
class RiskSaid:
    """An open risk as a report tells of it."""

    text: str
    score: int
    action: str
    owner: str


@dataclass(frozen=True)
class Ground:
    """What a report is held against: the plan as it stands, the first one, and the period."""

    plan: Plan
    first: Plan
    period_name: str
    starts_on: date
    ends_on: date
    due_on: date
    baseline: int
    """The number of the newest baseline."""
    top_risk: int | None = None
    """The highest score of the open risks."""
    risks: Sequence[RiskSaid] = ()
    """Those that are high enough to be told of."""
    outside_plan: Decimal = ZERO
    """Kronor booked until the period's end on no line of the budget: spent, and forecast, all the same."""


def figures_of(ground: Ground, content: Content) -> Figures:
    """The report in numbers. What is not typed yet counts as it was planned, so that a draft can be shown."""
    plan = ground.plan
    costs = [(line, content.costs.get(line.key, CostSaid())) for line in plan.budget]
    hours = [(row, content.hours.get(row.key, HoursSaid())) for row in plan.effort]
    planned_hours = [(row, said) for row, said in hours if row.low is not None]
    return Figures(
        period_ends_on=ground.ends_on,
        milestones=[_reached(row.planned_on, content.milestones.get(row.key)) for row in plan.milestones],
        budget=plan.budget_of(),
        spent=sum((said.spent or ZERO for _line, said in costs), ground.outside_plan),
        forecast=sum((_or(said.forecast, line.total) for line, said in costs), ground.outside_plan),
        hours_planned=plan.hours,
        hours_forecast=sum((_or(said.forecast, row.high or ZERO) for row, said in planned_hours), ZERO),
        benefit_delays=_benefit_delays(ground),
        top_risk=ground.top_risk,
    )


def _reached(planned_on: date, said: MilestoneSaid | None) -> Reached:
    if said is None:
        return Reached(planned_on, planned_on)
    if said.reached_on:
        return Reached(planned_on, said.reached_on, is_reached=True)
    return Reached(planned_on, said.forecast_on or planned_on)


def _benefit_delays(ground: Ground) -> list[int]:
    """How many days later than first planned each benefit is expected."""
    first = {row.key: row.starts_on for row in ground.first.benefits}
    pairs = [(first.get(row.key), row.starts_on) for row in ground.plan.benefits]
    return [(now - before).days for before, now in pairs if now and before]


def hours_worked(content: Content) -> Decimal:
    """The hours of all roles until the period's end."""
    return sum((said.worked or ZERO for said in content.hours.values()), ZERO)


def frozen(ground: Ground, content: Content, case: Mapping[str, str]) -> dict[str, Any]:
    """The whole report as plain JSON. `case` are the names of project, people and department that day."""
    figures = figures_of(ground, content)
    proposed = proposals(figures)
    first = {row.key: row.planned_on for row in ground.first.milestones}
    return {
        "format": FORMAT,
        **case,
        "period": {
            "name": ground.period_name,
            "starts_on": ground.starts_on.isoformat(),
            "ends_on": ground.ends_on.isoformat(),
            "due_on": ground.due_on.isoformat(),
        },
        "baseline": ground.baseline,
        "planned_end": ground.plan.ends_on.isoformat(),
        "first_end": ground.first.ends_on.isoformat(),
        "lights": {
            dimension.value: _light(content.lights.get(dimension, LightSaid()), proposed.get(dimension))
            for dimension in Dimension
        },
        "milestones": [
            {
                "key": row.key,
                "name": row.name,
                "kind": row.kind.value,
                "first_planned_on": _day(first.get(row.key)),
                "planned_on": row.planned_on.isoformat(),
                "expected_on": reached.expected_on.isoformat(),
                "is_reached": reached.is_reached,
            }
            for row, reached in zip(ground.plan.milestones, figures.milestones, strict=True)
        ],
        "costs": _costs(ground, content),
        "hours": [
            {
                "key": row.key,
                "role": row.role,
                "department": row.department,
                "low": _number(row.low),
                "high": _number(row.high),
                "share": _number(row.share),
                "worked": _number(content.hours.get(row.key, HoursSaid()).worked),
                "forecast": _number(content.hours.get(row.key, HoursSaid()).forecast),
            }
            for row in ground.plan.effort
        ],
        "benefits": [
            {"description": row.description, "starts_on": _day(row.starts_on)} for row in ground.plan.benefits
        ],
        "risks": [
            {"text": row.text, "score": row.score, "action": row.action, "owner": row.owner}
            for row in ground.risks
        ],
        "totals": {
            "budget": _number(figures.budget),
            "spent": _number(figures.spent),
            "forecast": _number(figures.forecast),
            "hours": _number(hours_worked(content)),
            "days_late": figures.days_late,
        },
        "explanation": content.explanation,
        "done": content.done,
        "coming": content.coming,
        "needs": content.needs,
    }


def _costs(ground: Ground, content: Content) -> list[dict[str, Any]]:
    """The budget's lines; after them, without key and name, what is booked on none of them."""
    lines = [
        {
            "key": line.key,
            "description": line.description,
            "department": line.department,
            "financier": line.financier.value,
            "budget": _number(line.total),
            "spent": _number(content.costs.get(line.key, CostSaid()).spent or ZERO),
            "forecast": _number(_or(content.costs.get(line.key, CostSaid()).forecast, line.total)),
        }
        for line in ground.plan.budget
    ]
    outside = dict.fromkeys(("spent", "forecast"), _number(ground.outside_plan))
    booked = {"key": None, "description": "", "department": "", "budget": "0"} | outside
    return [*lines, booked] if ground.outside_plan else lines


def _light(said: LightSaid, proposal: Proposal | None) -> dict[str, str | None]:
    return {
        "light": said.light.value if said.light else None,
        "reason": said.reason,
        "proposed": proposal.light.value if proposal else None,
        "finding": f"{proposal.finding:f}" if proposal else None,
    }


def _or(value: Decimal | None, other: Decimal) -> Decimal:
    return other if value is None else value


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
