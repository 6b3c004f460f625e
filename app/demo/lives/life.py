"""What is drawn of each project before anybody enters it: what it is, how it went, and what came of it.

Pure: the same seed and day give the same lives. What is promised is promised as hopefully as applicants do;
what comes is drawn around `LEVELS`, well under it, and `MONTHS_LATE` later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from app.core.calendar import months_later
from app.core.follow_up import Schedule
from app.core.workflow import COMPLETED, GRANTED, State
from app.demo.case import words
from app.demo.invention import Invention
from app.demo.lives.subjects import Subject, service_of, study_of, subjects
from app.demo.neighbours import PARTLY, Plan

SEED = 1964
MOST = 150
"""So many lives there are; fewer are the first of them."""

LEVELS: Mapping[str, float] = {"financial": 0.85, "redistribution": 0.6, "quality": 0.72}
"""What comes of a promise, once it comes, on average: by what it is a promise of."""
LEVEL_SPREAD = 0.17
MONTHS_LATE: Mapping[str, float] = {"financial": 3, "redistribution": 6, "quality": 4}
"""How many months after its day a benefit begins to come, on average."""
MONTHS_SPREAD = 2
UNPLANNED, UNMEASURED = 0.04, 0.08
"""How often nobody says how a benefit is measured; how often it is said and nobody does."""
AFTER_APPLICATION = 75
"""Days from an application until what it is for begins."""


@dataclass(frozen=True, slots=True)
class Span:
    """How many lives stand in a state: services and pre-studies, and how many days ago each came in. Of those
    that have ended the days are counted from their end."""

    services: int
    studies: int
    earliest: int
    latest: int


SPANS: Mapping[State, Span] = {
    State.CLOSED: Span(18, 0, 800, 1500),
    State.FOLLOW_UP: Span(24, 0, 112, 1250),
    State.HANDED_OVER: Span(6, 15, 12, 80),
    State.RUNNING: Span(16, 4, 90, 480),
    State.TERMINATED: Span(5, 1, 60, 1300),
    State.PAUSED: Span(3, 0, 150, 330),
    State.CLOSING: Span(3, 0, -10, -4),
    State.TERMINATING: Span(2, 0, 8, 20),
    State.APPROVED: Span(3, 1, 48, 110),
    State.REJECTED: Span(8, 5, 60, 2050),
    State.WITHDRAWN: Span(3, 2, 20, 1700),
    State.POSTPONED: Span(2, 1, 60, 420),
    State.DRAFT: Span(3, 1, 9, 70),
    State.AWAITING_SIGNATURE: Span(2, 0, 1, 9),
    State.SUBMITTED: Span(2, 1, 1, 4),
    State.CHECKING: Span(2, 1, 5, 20),
    State.RETURNED: Span(2, 1, 12, 30),
    State.AWAITING_NEW_SIGNATURE: Span(2, 0, 13, 30),
    State.ASSESSMENT: Span(3, 1, 10, 40),
    State.COUNCIL: Span(3, 1, 17, 45),
    State.AWAITING_DECISION: Span(2, 1, 45, 70),
}
"""The lives of all projects. The first of the list come first, one of each state that has more to tell than
its application."""
STUDIES_LEFT = 1_900
"""Pre-studies that were handed over stay so: for up to so many days."""
FIRST = (
    State.CLOSED, State.FOLLOW_UP, State.RUNNING, State.TERMINATED, State.CLOSING, State.PAUSED,
    State.HANDED_OVER, State.TERMINATING,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What comes of a promised benefit, and how that is seen."""

    level: Decimal
    """Of what was promised, once it comes."""
    months_late: int
    planned: bool
    """Somebody says how it is to be measured."""
    measured: bool
    every: int
    """How often, in months."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """How what was launched is run."""

    held: bool
    """Somebody holds the owner's role."""
    lost: bool
    """Whoever held it has left the city."""
    contract_months: int
    """From the hand-over to the end of the contract."""
    funded_years: int
    dearer: Decimal
    """What it costs in a year, as a share of its plan."""
    reviewed: bool


@dataclass(frozen=True, kw_only=True)
class Life:
    """One project, from its application to where it stands today."""

    key: str
    plan: Plan
    invention: Invention
    subject: Subject
    came: Sequence[Came]
    service: Service
    days_late: int
    """How many days after its first plan it ends."""
    asks_for_time: bool
    dearer: Decimal
    """What it costs, as a share of its budget."""
    ends_on: date
    """When it is or would be handed over, or is interrupted."""
    closes_on: date | None
    """When a closed one was closed."""
    meets_conditions: bool
    owes_a_report: bool
    """It has not sent its newest report."""
    owes_a_follow_up: bool

    @property
    def state(self) -> State:
        """Where it stands today."""
        return self.plan.state

    @property
    def is_service(self) -> bool:
        """It builds something; pre-studies only find something out."""
        return not self.invention.is_pre_study

    def says(self, name: str) -> str:
        """A sentence of this kind, always the same in this life."""
        chance = Random(f"{self.key} {name}")  # noqa: S311 - nothing secret is drawn
        return self.subject.told(chance.choice(words("life")[name]))

    def some(self, name: str, count: int) -> list[str]:
        """Different sentences of this kind."""
        chance = Random(f"{self.key} {name}")  # noqa: S311 - nothing secret is drawn
        return [self.subject.told(text) for text in chance.sample(words("life")[name], count)]


def lives(count: int, today: date) -> list[Life]:
    """The first so many of all lives, as they stand on this day."""
    chance = Random(SEED)  # noqa: S311 - nothing secret is drawn
    found = subjects(chance)
    return [
        _life(number, state, found[number], today, is_study=study)
        for number, (state, study) in enumerate(_standings(chance)[:count])
    ]


def _standings(chance: Random) -> list[tuple[State, bool]]:
    """Where every life stands, and whether it is a pre-study: first one of each that has much to tell."""
    told = [
        (state, study)
        for state, span in SPANS.items()
        for study in (*[False] * span.services, *[True] * span.studies)
    ]
    first = [(state, False) for state in FIRST]
    for row in first:
        told.remove(row)
    chance.shuffle(told)
    return [*first, *told]


def _life(number: int, state: State, subject: Subject, today: date, *, is_study: bool) -> Life:
    chance = Random(f"{SEED}-{number}")  # noqa: S311 - nothing secret is drawn
    span = SPANS[state]
    days_late = _days_late(chance, is_study=is_study)
    months = chance.choice((3, 4, 5)) if is_study else chance.choice((6, 7, 8, 9, 10, 12, 14))
    latest = STUDIES_LEFT if is_study and state is State.HANDED_OVER else span.latest
    age = chance.randint(span.earliest, latest)
    if state is State.RUNNING:
        months = max(months, (age - AFTER_APPLICATION - days_late) // 30 + chance.randint(1, 5))
    elif state is State.PAUSED:
        months = 16
    elif state in COMPLETED or state in (State.CLOSING, State.TERMINATING):
        left = age
        age = left + AFTER_APPLICATION + _lasted(state, months, days_late) + 10
    service = study_of(subject, chance) if is_study else service_of(subject, chance)
    invention = Invention(service, today - timedelta(days=age), words("phrases"), chance, months)
    ends_on = _ends_on(state, invention, days_late, today)
    return Life(
        key=f"generated-{number + 1}",
        plan=Plan(
            state, age, completed=chance.random() < 0.2, variant=_variant(state, chance), months=months
        ),
        invention=invention,
        subject=subject,
        came=[_came(row[1], chance) for row in service.get("benefits", ())],
        service=_service(chance),
        days_late=days_late,
        asks_for_time=days_late > 75 and chance.random() < 0.6,
        dearer=Decimal(str(round(min(max(chance.gauss(1.06, 0.12), 0.82), 1.45), 2))),
        ends_on=ends_on,
        closes_on=_closes_on(ends_on, today, chance) if state is State.CLOSED else None,
        meets_conditions=chance.random() < 0.8,
        owes_a_report=chance.random() < 0.15,
        owes_a_follow_up=chance.random() < 0.25,
    )


def _days_late(chance: Random, *, is_study: bool) -> int:
    """A third end on their day; the others later, and some of them much later."""
    if chance.random() < 0.35:
        return 0
    return round(chance.triangular(14, 90 if is_study else 240, 60))


def _lasted(state: State, months: int, days_late: int) -> int:
    """How many days it was under way; what is interrupted is so halfway."""
    whole = months * 30.4 + days_late
    return round(whole / 2 if state in (State.TERMINATED, State.TERMINATING) else whole)


def _ends_on(state: State, invention: Invention, days_late: int, today: date) -> date:
    """By its plan and how late it is; what is interrupted halfway, what closes these days in some days."""
    begins, ends = invention.begins, invention.ends + timedelta(days=days_late)
    if state in (State.TERMINATED, State.TERMINATING):
        ends = begins + (ends - begins) / 2
    if state is State.CLOSING:
        return max(ends, today + timedelta(days=4))
    latest = today - timedelta(days=SPANS[state].earliest)
    return min(ends, latest) if state in COMPLETED or state is State.TERMINATING else ends


def _closes_on(ends_on: date, today: date, chance: Random) -> date:
    """Lately, and not before the last follow-up is approved."""
    followed_up = months_later(ends_on, Schedule().months[-1]) + timedelta(days=22)
    return max(today - timedelta(days=chance.randint(12, 200)), followed_up)


def _variant(state: State, chance: Random) -> str:
    """Some of what is granted is granted in part."""
    return PARTLY if state in GRANTED and chance.random() < 0.15 else ""


def _came(category: str, chance: Random) -> Came:
    level = min(max(chance.gauss(LEVELS[category], LEVEL_SPREAD), 0.05), 1.2)
    late = max(round(chance.gauss(MONTHS_LATE[category], MONTHS_SPREAD)), 0)
    planned = chance.random() >= UNPLANNED
    return Came(
        level=Decimal(str(round(level, 2))),
        months_late=late,
        planned=planned,
        measured=planned and chance.random() >= UNMEASURED,
        every=chance.choice((3, 3, 6)),
    )


def _service(chance: Random) -> Service:
    held = chance.random() < 0.8
    return Service(
        held=held,
        lost=held and chance.random() < 0.15,
        contract_months=chance.choice((36, 48, 48, 60, 72)),
        funded_years=chance.choice((2, 3, 3, 4, 5, 6)),
        dearer=Decimal(str(round(min(max(chance.gauss(1.12, 0.14), 0.85), 1.6), 2))),
        reviewed=chance.random() < 0.75,
    )


def first_year(told: Sequence[Life], today: date) -> int:
    """From when on projects report: the year in which the first of them came in, at the latest last year."""
    return min((today.year - 1, *(life.invention.submitted_on.year for life in told)))
