"""A programme's report as it is issued: one document that needs no other record to be read, the same in ten
years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.programme_report.content import Content, as_json
from app.programme_report.gathering import Asked
from app.programmes.models import ProgrammeGoal

FORMAT = 1
"""Raised when the shape changes, so that old ones are still read as what they are."""

Document = Mapping[str, Any]


def frozen(
    asked: Asked, content: Content, goals: Sequence[ProgrammeGoal], figures: Mapping[str, Any], year: int
) -> dict[str, Any]:
    """The whole report as plain JSON: its names that day, what is said, and every figure."""
    programme = asked.programme
    return {
        "format": FORMAT,
        "programme": {
            "name": programme.name,
            "decision_reference": programme.decision_reference,
            "starts_on": programme.starts_on.isoformat(),
            "ends_on": programme.ends_on.isoformat(),
        },
        "kind": asked.kind.value,
        "year": year,
        "starts_on": asked.span.starts_on.isoformat(),
        "ends_on": asked.span.ends_on.isoformat(),
        "as_at": asked.as_at.isoformat(),
        "said": as_json(content),
        "goals": [_goal(goal, content) for goal in goals],
        **figures,
    }


def _goal(goal: ProgrammeGoal, content: Content) -> dict[str, Any]:
    said = content.goal(str(goal.id))
    return {
        "key": str(goal.id),
        "text": goal.text,
        "measure": said.measure,
        "value": said.value,
        "standing": said.standing.value if said.standing else None,
        "comment": said.comment,
    }
