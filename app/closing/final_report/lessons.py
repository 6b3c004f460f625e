"""The lessons that a final report tells, read out of its document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.closing.final_report.content import Words, place
from app.core.final_report import Area, Group, Lesson


@dataclass(frozen=True, slots=True)
class Told:
    """What one group found, of one kind and about one area."""

    group: Group
    lesson: Lesson
    area: Area
    text: str


def told_in(document: Mapping[str, Any]) -> Iterator[Told]:
    """Everything that the groups found, in the order of the report; squares without words are none."""
    for group in Group:
        words: Mapping[str, str] = document["groups"][group.value]["lessons"]
        for lesson in Lesson:
            for area in Area:
                text = words.get(place(lesson, area), "").strip()
                if text:
                    yield Told(group, lesson, area, text)


def recommended_in(document: Mapping[str, Any]) -> str:
    """What the project recommends to the programme; nothing where it recommends nothing."""
    text: str = document["texts"].get(Words.RECOMMENDATIONS.value, "")
    return text.strip()
