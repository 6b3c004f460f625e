"""What a person types in a final report, as plain values, and as JSON while it is being written.

It may be saved while it is incomplete: what is not known is None, or an empty text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from app.core.final_report import Area, Fulfilment, Group, Lesson
from app.core.plainly import day_of, day_text


class Words(StrEnum):
    """The texts of a report."""

    SUMMARY = "summary"
    REASONS = "reasons"
    """Why the project was terminated."""
    BACKGROUND = "background"
    DESCRIPTION = "description"
    SCOPE = "scope"
    TIME = "time"
    """Why the end came another day than planned."""
    COST = "cost"
    """Why cost or hours are off the plan."""
    CHANGES = "changes"
    ORGANISATION = "organisation"
    COOPERATION = "cooperation"
    METHODS = "methods"
    QUALITY = "quality"
    ANCHORING = "anchoring"
    RECOMMENDATIONS = "recommendations"


@dataclass(frozen=True, slots=True)
class GoalSaid:
    """How far a goal was reached, how that is seen, and who follows it up."""

    fulfilment: Fulfilment | None = None
    value: str = ""
    comment: str = ""
    role: str = ""
    department_id: int | None = None
    by: date | None = None


@dataclass(frozen=True, slots=True)
class MilestoneSaid:
    """When a milestone was reached; or why it was not."""

    reached_on: date | None = None
    note: str = ""


def place(lesson: Lesson, area: Area) -> str:
    """The name of a square in a group's grid."""
    return f"{lesson}_{area}"


@dataclass(frozen=True, slots=True)
class GroupSaid:
    """What a group found, by the squares of its grid; or why it was not asked."""

    lessons: Mapping[str, str] = field(default_factory=dict)
    absent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A final report as it is typed: goals by their keys, milestones by the number of the plan's row."""

    texts: Mapping[Words, str] = field(default_factory=dict)
    ended_on: date | None = None
    goals: Mapping[str, GoalSaid] = field(default_factory=dict)
    milestones: Mapping[int, MilestoneSaid] = field(default_factory=dict)
    groups: Mapping[Group, GroupSaid] = field(default_factory=dict)

    def text(self, words: Words) -> str:
        """A text, or nothing."""
        return self.texts.get(words, "")


def as_json(content: Content) -> dict[str, Any]:
    """Plain JSON."""
    return {
        "texts": {key.value: text for key, text in content.texts.items()},
        "ended_on": day_text(content.ended_on),
        "goals": {
            key: {
                "fulfilment": said.fulfilment.value if said.fulfilment else None,
                "value": said.value,
                "comment": said.comment,
                "role": said.role,
                "department_id": said.department_id,
                "by": day_text(said.by),
            }
            for key, said in content.goals.items()
        },
        "milestones": {
            str(key): {"reached_on": day_text(said.reached_on), "note": said.note}
            for key, said in content.milestones.items()
        },
        "groups": {
            key.value: {"lessons": dict(said.lessons), "absent": said.absent}
            for key, said in content.groups.items()
        },
    }


def from_json(kept: Mapping[str, Any]) -> Content:
    """The values again."""
    return Content(
        texts={Words(key): text for key, text in kept["texts"].items()},
        ended_on=day_of(kept["ended_on"]),
        goals={key: _goal(row) for key, row in kept["goals"].items()},
        milestones={
            int(key): MilestoneSaid(day_of(row["reached_on"]), row["note"])
            for key, row in kept["milestones"].items()
        },
        groups={Group(key): GroupSaid(row["lessons"], row["absent"]) for key, row in kept["groups"].items()},
    )


def _goal(row: Mapping[str, Any]) -> GoalSaid:
    return GoalSaid(
        Fulfilment(row["fulfilment"]) if row["fulfilment"] else None,
        row["value"],
        row["comment"],
        row["role"],
        row["department_id"],
        day_of(row["by"]),
    )
