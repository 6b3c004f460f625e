"""What a person types in a programme's report, as plain values, and as JSON while it is being written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.core.programme_report import GoalStanding
from app.programme_report.questions import Ask


@dataclass(frozen=True, slots=True)
class GoalSaid:
    """How far a goal of the programme has come, and how that is seen."""

    measure: str = ""
    """What it is measured by."""
    value: str = ""
    """What was measured."""
    standing: GoalStanding | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """A report as it is typed: goals by their numbers in the programme. What is missing is not typed yet."""

    texts: Mapping[Ask, str] = field(default_factory=dict)
    goals: Mapping[str, GoalSaid] = field(default_factory=dict)

    def text(self, ask: Ask) -> str:
        """A text, or nothing."""
        return self.texts.get(ask, "")

    def goal(self, key: str) -> GoalSaid:
        """What is said of a goal, or nothing."""
        return self.goals.get(key, GoalSaid())


def as_json(content: Content) -> dict[str, Any]:
    """Plain JSON."""
    return {
        "texts": {ask.value: text for ask, text in content.texts.items() if text},
        "goals": {
            key: {
                "measure": said.measure,
                "value": said.value,
                "standing": said.standing.value if said.standing else None,
                "comment": said.comment,
            }
            for key, said in content.goals.items()
        },
    }


def from_json(kept: Mapping[str, Any]) -> Content:
    """The values again."""
    return Content(
        {Ask(key): text for key, text in kept["texts"].items()},
        {
            key: GoalSaid(
                row["measure"],
                row["value"],
                GoalStanding(row["standing"]) if row["standing"] else None,
                row["comment"],
            )
            for key, row in kept["goals"].items()
        },
    )
