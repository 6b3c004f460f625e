"""What a follow-up asks: each question with its section and the kind of its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.core.follow_up import Another, Asked, Channel, InUse, Works


class Section(StrEnum):
    """A section, by its place in the address."""

    SUMMARY = "sammanfattning"
    USE = "anvandning"
    USERS = "anvandarna"
    WORK = "arbetssatt"
    CHANNEL = "gamla-sattet"
    OPERATION = "drift"
    GOALS = "mal"
    BENEFITS = "nyttor"
    REST = "det-som-aterstar"


class Ask(StrEnum):
    """A question."""

    SUMMARY = "summary"
    IN_USE = "in_use"
    NOT_USED = "not_used"
    SINCE = "since"
    UNTIL = "until"
    STARTED = "started"
    COMPLETED = "completed"
    OTHERWISE = "otherwise"
    USE_SOURCE = "use_source"
    ASKED = "asked"
    ASKED_HOW = "asked_how"
    ASKED_COUNT = "asked_count"
    ASKED_RESULT = "asked_result"
    NOT_ASKED = "not_asked"
    WORK = "work"
    HOURS_FREED = "hours_freed"
    FREED_FOR = "freed_for"
    UNEXPECTED = "unexpected"
    CHANNEL = "channel"
    CHANNEL_CLOSED = "channel_closed"
    CHANNEL_WHY = "channel_why"
    WORKS = "works"
    WORKS_WHY = "works_why"
    OWNER = "owner"
    OWNER_DEPARTMENT = "owner_department"
    YEARLY_COST = "yearly_cost"
    PAYER = "payer"
    ANOTHER = "another"
    ANOTHER_ON = "another_on"
    ANOTHER_WHY = "another_why"


class Kind(StrEnum):
    """What an answer is."""

    TEXT = "text"
    LINE = "line"
    COUNT = "count"
    NUMBER = "number"
    MONEY = "money"
    DAY = "day"
    CHOICE = "choice"
    DEPARTMENT = "department"


@dataclass(frozen=True, slots=True)
class Question:
    """A question, where it stands and what answers it."""

    ask: Ask
    section: Section
    kind: Kind
    choices: type[StrEnum] | None = None


QUESTIONS: tuple[Question, ...] = (
    Question(Ask.SUMMARY, Section.SUMMARY, Kind.TEXT),
    Question(Ask.IN_USE, Section.USE, Kind.CHOICE, InUse),
    Question(Ask.NOT_USED, Section.USE, Kind.TEXT),
    Question(Ask.SINCE, Section.USE, Kind.DAY),
    Question(Ask.UNTIL, Section.USE, Kind.DAY),
    Question(Ask.STARTED, Section.USE, Kind.COUNT),
    Question(Ask.COMPLETED, Section.USE, Kind.COUNT),
    Question(Ask.OTHERWISE, Section.USE, Kind.COUNT),
    Question(Ask.USE_SOURCE, Section.USE, Kind.LINE),
    Question(Ask.ASKED, Section.USERS, Kind.CHOICE, Asked),
    Question(Ask.ASKED_HOW, Section.USERS, Kind.TEXT),
    Question(Ask.ASKED_COUNT, Section.USERS, Kind.COUNT),
    Question(Ask.ASKED_RESULT, Section.USERS, Kind.TEXT),
    Question(Ask.NOT_ASKED, Section.USERS, Kind.TEXT),
    Question(Ask.WORK, Section.WORK, Kind.TEXT),
    Question(Ask.HOURS_FREED, Section.WORK, Kind.NUMBER),
    Question(Ask.FREED_FOR, Section.WORK, Kind.TEXT),
    Question(Ask.UNEXPECTED, Section.WORK, Kind.TEXT),
    Question(Ask.CHANNEL, Section.CHANNEL, Kind.CHOICE, Channel),
    Question(Ask.CHANNEL_CLOSED, Section.CHANNEL, Kind.DAY),
    Question(Ask.CHANNEL_WHY, Section.CHANNEL, Kind.TEXT),
    Question(Ask.WORKS, Section.OPERATION, Kind.CHOICE, Works),
    Question(Ask.WORKS_WHY, Section.OPERATION, Kind.TEXT),
    Question(Ask.OWNER, Section.OPERATION, Kind.LINE),
    Question(Ask.OWNER_DEPARTMENT, Section.OPERATION, Kind.DEPARTMENT),
    Question(Ask.YEARLY_COST, Section.OPERATION, Kind.MONEY),
    Question(Ask.PAYER, Section.OPERATION, Kind.LINE),
    Question(Ask.ANOTHER, Section.REST, Kind.CHOICE, Another),
    Question(Ask.ANOTHER_ON, Section.REST, Kind.DAY),
    Question(Ask.ANOTHER_WHY, Section.REST, Kind.TEXT),
)

BY_ASK: Mapping[Ask, Question] = {question.ask: question for question in QUESTIONS}


def questions_in(section: Section) -> tuple[Question, ...]:
    """The questions of a section, in their order."""
    return tuple(question for question in QUESTIONS if question.section is section)
