"""A life as a case that is entered: its application, its way to where it stands, its rounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from app.demo.case import Case
from app.demo.invention import benefits_of, costs_of, first_of_month
from app.demo.lives.life import Life
from app.demo.neighbours import path
from app.demo.programmes import ROLLING, ROUND_SPANS, TODAYS, Span, round_name
from app.demo.sections import sections_of
from app.projects.models import ProjectKind

HALF_YEAR = 6
"""Months from one round to the next."""
ASKED_BEFORE, COMPLETED_AFTER = timedelta(days=4), timedelta(days=13)
"""What happens in a round so long before and after an application comes in."""
OPEN_FOR = 3
"""Months that a round is open."""


def case_of(life: Life, today: date) -> Case:
    """What its people enter, until its project runs or has been turned down."""
    chance = Random(f"{life.key} application")  # noqa: S311 - nothing secret is drawn
    invention = replace(life.invention, chance=chance)
    costs = costs_of(invention)
    sections = sections_of(invention, costs)
    return Case(
        key=life.key,
        programme=TODAYS,
        round=round_of(invention.submitted_on, today),
        title=invention.service["title"],
        kind=ProjectKind.IMPLEMENTATION if life.is_service else ProjectKind.PRE_STUDY,
        lead=invention.service["lead"],
        sections=sections,
        costs=costs,
        benefits=benefits_of(invention),
        remarks=(),
        path=list(path(life.plan, invention, sections)),
        handler=life.plan.age % 2,
    )


def rounds_before(told: Sequence[Life], today: date) -> list[Span]:
    """The rounds of every half year from the first life to the rounds around today, the earliest first."""
    first = min((life.invention.submitted_on for life in told), default=today)
    opened, _closed = ROUND_SPANS[0]
    return sorted(_half_years(today - timedelta(days=opened), first))


def _half_years(until: date, first: date) -> Iterator[Span]:
    closes_on = first_of_month(until, 0) - timedelta(days=1)
    while closes_on > first:
        yield first_of_month(closes_on, 1 - OPEN_FOR), closes_on
        closes_on = first_of_month(closes_on, 1 - HALF_YEAR) - timedelta(days=1)


def round_of(submitted_on: date, today: date) -> str:
    """The round that was open on the day, else the one that is always open."""
    around = (tuple(today - timedelta(days=ago) for ago in span) for span in ROUND_SPANS)
    earlier = _half_years(today - timedelta(days=ROUND_SPANS[0][0]), submitted_on - timedelta(days=1))
    for opens_on, closes_on in (*around, *earlier):
        if opens_on + ASKED_BEFORE <= submitted_on <= closes_on - COMPLETED_AFTER:
            return round_name(closes_on)
    return ROLLING


def begins_to_run_on(case: Case) -> date | None:
    """The day on which its plan is established; None if it never is."""
    return next((step.at.date() for step in case.path if step.name == "run"), None)
