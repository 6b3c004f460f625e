"""What the secretariat writes in a programme's report: its parts, and the texts that each asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """A part of the report, in its order; the value stands in the address."""

    SUMMARY = "sammanfattning"
    MONEY = "pengar"
    PIPELINE = "arenden"
    RUNNING = "projekt"
    BENEFITS = "nyttor"
    OPERATION = "drift"
    LEARNED = "lardomar"
    GOALS = "mal"


class Ask(StrEnum):
    """A text of the report."""

    HEADLINE = "headline"
    WELL = "well"
    WORRIES = "worries"
    DECIDE = "decide"
    MONEY = "money"
    PIPELINE = "pipeline"
    RUNNING = "running"
    BENEFITS = "benefits"
    OPERATION = "operation"
    LEARNED = "learned"
    GOALS = "assessment"


@dataclass(frozen=True, slots=True)
class Question:
    """A text that is asked for."""

    ask: Ask
    limit: int
    """Signs. Those of the summary keep it on two pages."""
    required: bool = False


_LONG = 8000

ASKED: Mapping[Part, Sequence[Question]] = {
    Part.SUMMARY: (
        Question(Ask.HEADLINE, 300, required=True),
        Question(Ask.WELL, 900, required=True),
        Question(Ask.WORRIES, 900, required=True),
        Question(Ask.DECIDE, 700, required=True),
    ),
    Part.MONEY: (Question(Ask.MONEY, _LONG),),
    Part.PIPELINE: (Question(Ask.PIPELINE, _LONG),),
    Part.RUNNING: (Question(Ask.RUNNING, _LONG),),
    Part.BENEFITS: (Question(Ask.BENEFITS, _LONG),),
    Part.OPERATION: (Question(Ask.OPERATION, _LONG),),
    Part.LEARNED: (Question(Ask.LEARNED, _LONG),),
    Part.GOALS: (Question(Ask.GOALS, _LONG),),
}

PART_OF: Mapping[Ask, Part] = {question.ask: part for part, asked in ASKED.items() for question in asked}
