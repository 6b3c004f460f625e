"""What a person types in a follow-up, as plain values, and as JSON while it is being written.

It may be saved while it is incomplete: what is not known is None, or an empty text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from app.core.final_report import Fulfilment
from app.core.follow_up import Coming, Use
from app.core.plainly import day_of, day_text, number_of, number_text
from app.follow_up.questions import BY_ASK, Ask, Kind

Value = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class GoalSaid:
    """How far a goal has been reached since the project ended, and how that is seen."""

    fulfilment: Fulfilment | None = None
    value: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class BenefitSaid:
    """How a promised benefit stands, and how that is seen or why it is so."""

    coming: Coming | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Remaining:
    """Something that is left to do and that nobody has written down before."""

    text: str = ""
    owner: str = ""
    due_on: date | None = None

    @property
    def is_empty(self) -> bool:
        """Nothing is written of it."""
        return not (self.text or self.owner or self.due_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A follow-up as it is typed: goals and benefits by their keys."""

    answers: Mapping[Ask, Value] = field(default_factory=dict)
    goals: Mapping[str, GoalSaid] = field(default_factory=dict)
    benefits: Mapping[str, BenefitSaid] = field(default_factory=dict)
    remaining: Sequence[Remaining] = ()

    def text(self, ask: Ask) -> str:
        """A text, or nothing."""
        return str(self.answers.get(ask) or "")

    def count(self, ask: Ask) -> int | None:
        """A whole number."""
        value = self.answers.get(ask)
        return value if isinstance(value, int) else None

    def number(self, ask: Ask) -> Decimal | None:
        """A number with decimals, or an amount."""
        value = self.answers.get(ask)
        return value if isinstance(value, Decimal) else None

    def day(self, ask: Ask) -> date | None:
        """A day."""
        value = self.answers.get(ask)
        return value if isinstance(value, date) else None

    @property
    def use(self) -> Use:
        """How much the service was used."""
        return Use(
            started=self.count(Ask.STARTED),
            completed=self.count(Ask.COMPLETED),
            otherwise=self.count(Ask.OTHERWISE),
            since=self.day(Ask.SINCE),
            until=self.day(Ask.UNTIL),
        )


def plain(value: Value) -> Any:
    """An answer as JSON."""
    if isinstance(value, Decimal):
        return number_text(value)
    return day_text(value) if isinstance(value, date) else value


def as_json(content: Content) -> dict[str, Any]:
    """Plain JSON."""
    return {
        "answers": {ask.value: plain(value) for ask, value in content.answers.items()},
        "goals": {
            key: {
                "fulfilment": said.fulfilment.value if said.fulfilment else None,
                "value": said.value,
                "comment": said.comment,
            }
            for key, said in content.goals.items()
        },
        "benefits": {
            key: {"coming": said.coming.value if said.coming else None, "comment": said.comment}
            for key, said in content.benefits.items()
        },
        "remaining": [
            {"text": row.text, "owner": row.owner, "due_on": day_text(row.due_on)}
            for row in content.remaining
        ],
    }


def from_json(kept: Mapping[str, Any]) -> Content:
    """The values again."""
    return Content(
        answers={Ask(key): _value(Ask(key), value) for key, value in kept["answers"].items()},
        goals={
            key: GoalSaid(
                Fulfilment(row["fulfilment"]) if row["fulfilment"] else None, row["value"], row["comment"]
            )
            for key, row in kept["goals"].items()
        },
        benefits={
            key: BenefitSaid(Coming(row["coming"]) if row["coming"] else None, row["comment"])
            for key, row in kept["benefits"].items()
        },
        remaining=[Remaining(row["text"], row["owner"], day_of(row["due_on"])) for row in kept["remaining"]],
    )


def _value(ask: Ask, value: Any) -> Value:
    kind = BY_ASK[ask].kind
    if kind is Kind.DAY:
        return day_of(value)
    if kind in (Kind.NUMBER, Kind.MONEY):
        return number_of(value)
    return value if isinstance(value, str | int) else None
