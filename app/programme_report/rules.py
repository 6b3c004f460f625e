"""What must hold before a report is issued: every lack is told, with its part and its field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.lacks import Lack, in_order
from app.core.programme_report import EVALUATES, GoalStanding, stands_on
from app.programme_report.content import Content, GoalSaid
from app.programme_report.queries import ReportOf
from app.programme_report.questions import ASKED, Ask, Part
from app.programmes.models import ProgrammeGoal

_MISSING: Mapping[Ask, Any] = {
    Ask.HEADLINE: _l("Skriv det viktigaste i en mening eller två."),
    Ask.WELL: _l("Skriv vad som går bra."),
    Ask.WORRIES: _l("Skriv vad som oroar."),
    Ask.DECIDE: _l("Skriv vad rådet behöver ta ställning till, eller att det inte är något."),
}

DAY = "as_at"
"""The field of the day, which stands on a page of its own."""


def lacks_in(found: ReportOf, content: Content, goals: Sequence[ProgrammeGoal], today: date) -> list[Lack]:
    """Everything that stands against issuing the report, in the order of its parts."""
    lacks = [*_day(found, today), *_texts(content)]
    if found.kind in EVALUATES:
        lacks += [lack for goal in goals for lack in _goal(goal, content.goal(str(goal.id)))]
    return in_order(lacks, Part)


def _day(found: ReportOf, today: date) -> Iterator[Lack]:
    if not stands_on(found.kind, found.span, found.report.as_at, today):
        yield Lack(Part.SUMMARY, DAY, _l("Dagen som siffrorna gäller är inte över än. Välj en tidigare dag."))


def _texts(content: Content) -> Iterator[Lack]:
    for part, asked in ASKED.items():
        for question in asked:
            if question.required and not content.text(question.ask).strip():
                yield Lack(part, question.ask.value, _MISSING[question.ask])


def _goal(goal: ProgrammeGoal, said: GoalSaid) -> Iterator[Lack]:
    field = f"standing_{goal.id}"
    if said.standing is None:
        yield Lack(Part.GOALS, field, _l("Bedöm målet ”%(goal)s”.", goal=goal.text))
    elif said.standing is not GoalStanding.MET and not said.comment.strip():
        text = _l("Skriv varför målet ”%(goal)s” inte är uppfyllt.", goal=goal.text)
        yield Lack(Part.GOALS, f"comment_{goal.id}", text)
