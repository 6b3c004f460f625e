"""A follow-up as it is sent: one document that needs no other record to be read, the same in ten years."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.core.plainly import day_text, number_text
from app.follow_up.content import BenefitSaid, Content, GoalSaid, as_json
from app.follow_up.ground import Benefit, Goal, Ground
from app.follow_up.questions import Ask

FORMAT = 1
"""Raised when the shape changes, so that old ones are still read as what they are."""


def frozen(ground: Ground, content: Content, case: Mapping[str, Any]) -> dict[str, Any]:
    """The whole follow-up as plain JSON. `case` are the names of project, people and department that day."""
    use, planned = content.use, ground.operation
    department = content.count(Ask.OWNER_DEPARTMENT)
    return {
        "format": FORMAT,
        **case,
        "handed_over_on": day_text(ground.handed_over_on),
        "said": as_json(content),
        "use": {
            "completion": number_text(use.completion),
            "digital": number_text(use.digital),
        },
        "owner_department": ground.departments.get(department or 0, ""),
        "operation_planned": {
            "owner": planned.owner,
            "department": planned.department,
            "yearly_cost": number_text(planned.yearly_cost),
            "payer": planned.payer,
            "financed_until": day_text(planned.financed_until),
        },
        "goals": [_goal(goal, content.goals.get(goal.key, GoalSaid())) for goal in ground.goals],
        "reached": [goal.text for goal in ground.reached],
        "benefits": [_benefit(row, content.benefits.get(row.key, BenefitSaid())) for row in ground.benefits],
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
    }


def _goal(goal: Goal, said: GoalSaid) -> dict[str, Any]:
    return {
        "kind": goal.kind.value,
        "text": goal.text,
        "indicator": goal.indicator,
        "unit": goal.unit,
        "baseline": goal.baseline,
        "target": goal.target,
        "by": goal.by,
        "before": goal.fulfilment.value if goal.fulfilment else None,
        "fulfilment": said.fulfilment.value if said.fulfilment else None,
        "value": said.value,
        "comment": said.comment,
    }


def _benefit(row: Benefit, said: BenefitSaid) -> dict[str, Any]:
    return {
        "text": row.text,
        "department": row.department,
        "owner": row.owner,
        "indicator": row.indicator,
        "starts_on": day_text(row.starts_on),
        "yearly": number_text(row.yearly),
        "unit": row.unit,
        "baseline": number_text(row.baseline),
        "target": number_text(row.target),
        "target_on": day_text(row.target_on),
        "measured": number_text(row.measured),
        "measured_until": day_text(row.measured_until),
        "realised": number_text(row.realised),
        "coming": said.coming.value if said.coming else None,
        "comment": said.comment,
    }
