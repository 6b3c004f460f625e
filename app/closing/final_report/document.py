"""A final report as it is sent: one document that needs no other record to be read, the same in ten years."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from app.closing.final_report.content import Content, GoalSaid, GroupSaid, MilestoneSaid, Words
from app.closing.final_report.ground import Goal, Ground, Organisation
from app.core.final_report import GoalKind, Group
from app.core.plainly import day_text, number_text
from app.core.spending import EffortOutcome

FORMAT = 2
"""Raised when the shape changes, so that old ones are still read as what they are."""


def frozen(
    ground: Ground, content: Content, case: Mapping[str, str], over_time: Mapping[str, Any] | None
) -> dict[str, Any]:
    """The whole report as plain JSON. `case` are the names of project, people and department that day,
    `over_time` what is drawn of milestones and money (see over_time.py)."""
    end = ground.end(content.ended_on) if content.ended_on else None
    termination = ground.termination
    return {
        "format": FORMAT,
        **case,
        "interrupted": ground.interrupted,
        "texts": {words.value: content.text(words) for words in Words},
        "end": {
            "ended_on": day_text(content.ended_on),
            "first_on": day_text(end.first_on) if end else None,
            "planned_on": day_text(end.planned_on) if end else None,
            "delay": end.delay if end else None,
        },
        "termination": {"on": day_text(termination.on), "by": termination.by} if termination else None,
        "goals": {
            kind.value: [_goal(ground, goal, content) for goal in ground.goals_of(kind)] for kind in GoalKind
        },
        "milestones": _milestones(ground, content),
        "plans": [
            {
                "number": row.number,
                "on": day_text(row.on),
                "starts_on": day_text(row.starts_on),
                "ends_on": day_text(row.ends_on),
                "reason": row.reason,
            }
            for row in ground.kept
        ],
        "changes": [
            {
                "number": row.number,
                "parts": list(row.parts),
                "amount": number_text(row.amount),
                "reason": row.reason,
                "outcome": row.outcome,
                "decided_on": day_text(row.decided_on),
            }
            for row in ground.changes
        ],
        "rest": [
            {
                "what": row.what,
                "department": row.department,
                "owner": row.owner,
                "due_on": day_text(row.due_on),
                "state": row.state,
            }
            for row in ground.rest
        ],
        **_money(ground),
        "organisation": _organisation(ground.organisation),
        "over_time": over_time,
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
        "follow_up_by": day_text(said.by),
    }


def _milestones(ground: Ground, content: Content) -> list[dict[str, Any]]:
    reached = {key: said.reached_on for key, said in content.milestones.items()}
    return [
        {
            "name": row.name,
            "first_on": day_text(row.first_on),
            "planned_on": day_text(row.planned_on),
            "reached_on": day_text(row.reached_on),
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
                "granted": number_text(row.granted),
                "paid": number_text(row.paid),
                "returned": number_text(row.returned),
                "remaining": number_text(row.remaining),
            }
            for row in ground.granted
        ],
        "costs": [
            {
                "description": row.line.line.description,
                "department": row.line.line.department,
                "financier": row.line.line.financier.value,
                "first": number_text(row.first),
                "budget": number_text(row.line.line.total),
                "spent": number_text(row.line.actual),
            }
            for row in ground.costs
        ],
        "hours": roles_in(ground),
        "activities": [
            {"name": row.name, "hours": number_text(row.hours), "amount": number_text(row.amount)}
            for row in ground.activities
        ],
        "totals": {
            "first_budget": number_text(ground.began.budget_of() if ground.began else ground.budget),
            "budget": number_text(ground.budget),
            "spent": number_text(actuals.total),
            "outside_plan": number_text(actuals.outside_plan),
            "hours": number_text(actuals.hours),
            "hours_outside_plan": number_text(actuals.hours_outside_plan),
            **{
                name: number_text(sum((getattr(row, name) for row in ground.granted), Decimal(0)))
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
        "low": number_text(row.effort.low),
        "high": number_text(row.effort.high),
        "share": number_text(row.effort.share),
        "worked_low": number_text(low),
        "worked_high": number_text(high),
        "worked_share": number_text(row.assessed.share) if row.assessed else None,
        "entered": number_text(row.entered),
        "over_least": number_text(over.least) if over else None,
        "over_most": number_text(over.most) if over else None,
        "share_over": number_text(row.share_over),
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
