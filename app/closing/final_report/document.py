"""A final report as it is sent: one document that needs no other record to be read, the same in ten years."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from app.closing.final_report.content import Content, GoalSaid, GroupSaid, MilestoneSaid, Words
from app.closing.final_report.ground import Goal, Ground, Organisation
from app.core.final_report import GoalKind, Group
from app.core.spending import EffortOutcome

FORMAT = 1
"""Raised when the shape changes, so that old ones are still read as what they are."""


def frozen(ground: Ground, content: Content, case: Mapping[str, str]) -> dict[str, Any]:
    """The whole report as plain JSON. `case` are the names of project, people and department that day."""
    end = ground.end(content.ended_on) if content.ended_on else None
    termination = ground.termination
    return {
        "format": FORMAT,
        **case,
        "interrupted": ground.interrupted,
        "texts": {words.value: content.text(words) for words in Words},
        "end": {
            "ended_on": _day(content.ended_on),
            "first_on": _day(end.first_on) if end else None,
            "planned_on": _day(end.planned_on) if end else None,
            "delay": end.delay if end else None,
        },
        "termination": {"on": _day(termination.on), "by": termination.by} if termination else None,
        "goals": {
            kind.value: [_goal(ground, goal, content) for goal in ground.goals_of(kind)] for kind in GoalKind
        },
        "milestones": _milestones(ground, content),
        "plans": [
            {
                "number": row.number,
                "on": _day(row.on),
                "starts_on": _day(row.starts_on),
                "ends_on": _day(row.ends_on),
                "reason": row.reason,
            }
            for row in ground.kept
        ],
        "changes": [
            {
                "number": row.number,
                "parts": list(row.parts),
                "amount": _number(row.amount),
                "reason": row.reason,
                "outcome": row.outcome,
                "decided_on": _day(row.decided_on),
            }
            for row in ground.changes
        ],
        "rest": [
            {
                "what": row.what,
                "department": row.department,
                "owner": row.owner,
                "due_on": _day(row.due_on),
                "state": row.state,
            }
            for row in ground.rest
        ],
        **_money(ground),
        "organisation": _organisation(ground.organisation),
        "groups": {group.value: _group(content.groups.get(group, GroupSaid())) for group in Group},
    }


def _goal(ground: Ground, goal: Goal, content: Content) -> dict[str, str | None]:
    said = content.goals.get(goal.key, GoalSaid())
    return {
        "text": goal.text,
        "indicator": goal.indicator,
        "unit": goal.unit,
        "baseline": goal.baseline,
        "target": goal.target,
        "by": goal.by,
        "fulfilment": said.fulfilment.value if said.fulfilment else None,
        "value": said.value,
        "comment": said.comment,
        "follow_up_role": said.role,
        "follow_up_department": ground.departments.get(said.department_id or 0, ""),
        "follow_up_by": _day(said.by),
    }


def _milestones(ground: Ground, content: Content) -> list[dict[str, Any]]:
    reached = {key: said.reached_on for key, said in content.milestones.items()}
    return [
        {
            "name": row.name,
            "first_on": _day(row.first_on),
            "planned_on": _day(row.planned_on),
            "reached_on": _day(row.reached_on),
            "delay": row.delay,
            "note": content.milestones.get(row.key, MilestoneSaid()).note,
        }
        for row in ground.milestones(reached)
    ]


# --- money and hours -------------------------------------------------------------------------------------


def _money(ground: Ground) -> dict[str, Any]:
    actuals = ground.actuals
    return {
        "granted": [
            {
                "department": row.department,
                "year": row.year,
                "granted": _number(row.granted),
                "paid": _number(row.paid),
                "returned": _number(row.returned),
                "remaining": _number(row.remaining),
            }
            for row in ground.granted
        ],
        "costs": [
            {
                "description": row.line.line.description,
                "department": row.line.line.department,
                "financier": row.line.line.financier.value,
                "first": _number(row.first),
                "budget": _number(row.line.line.total),
                "spent": _number(row.line.actual),
            }
            for row in ground.costs
        ],
        "hours": roles_in(ground),
        "activities": [
            {"name": row.name, "hours": _number(row.hours), "amount": _number(row.amount)}
            for row in ground.activities
        ],
        "totals": {
            "first_budget": _number(ground.began.budget_of()) if ground.began else _number(ground.budget),
            "budget": _number(ground.budget),
            "spent": _number(actuals.total),
            "outside_plan": _number(actuals.outside_plan),
            "hours": _number(actuals.hours),
            "hours_outside_plan": _number(actuals.hours_outside_plan),
            **{
                name: _number(sum((getattr(row, name) for row in ground.granted), Decimal(0)))
                for name in ("granted", "paid", "returned", "remaining")
            },
        },
    }


def roles_in(ground: Ground) -> list[dict[str, Any]]:
    """What each role was first planned to work, and worked."""
    return [_role(row.outcome, added=row.added) for row in ground.roles]


def _role(row: EffortOutcome, *, added: bool) -> dict[str, Any]:
    """Planned first, worked, and how much more: shares of the plan, and of the time."""
    over = row.overrun
    low, high = row.worked
    return {
        "role": row.effort.role,
        "department": row.effort.department,
        "added": added,
        "low": _number(row.effort.low),
        "high": _number(row.effort.high),
        "share": _number(row.effort.share),
        "worked_low": _number(low),
        "worked_high": _number(high),
        "worked_share": _number(row.assessed.share) if row.assessed else None,
        "entered": _number(row.entered),
        "over_least": _number(over.least) if over else None,
        "over_most": _number(over.most) if over else None,
        "share_over": _number(row.share_over),
    }


# --- people ----------------------------------------------------------------------------------------------


def _organisation(found: Organisation) -> dict[str, Any]:
    return {
        "steering": [
            {"role": row.role, "department": row.department, "chairs": row.chairs} for row in found.steering
        ],
        "working": [{"role": row.role, "department": row.department} for row in found.working],
        "taking_part": list(found.taking_part),
        "meetings_planned": found.meetings_planned,
        "meetings_held": found.meetings_held,
    }


def _group(said: GroupSaid) -> dict[str, Any]:
    return {"lessons": {key: text for key, text in said.lessons.items() if text}, "absent": said.absent}


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _number(value: Decimal | None) -> str | None:
    """As few decimals as it has, on every database."""
    return None if value is None else f"{value.normalize():f}"
