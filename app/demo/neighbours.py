"""Thirty invented projects around the real ones, in every state, at dates around today.

The same seed gives the same projects: two people who look at the demonstration speak of the same thing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from app.core.clock import LOCAL_TIME
from app.core.workflow import COMPLETED, FUNDED, State
from app.demo.case import Case, Step, Words, words
from app.demo.invention import Invention, benefits_of, costs_of
from app.demo.programmes import ROLLING, ROUND_SPANS, TODAYS, round_name
from app.demo.sections import PARTS, sections_of
from app.projects.models import ProjectKind

SEED = 2010
LAST_MEETING_DAYS_AGO = 12
"""At least; the council meets on Thursdays."""
THURSDAY = 3
PARTLY = "approve_in_part"
BEGAN = frozenset(FUNDED | COMPLETED) - {State.APPROVED}
"""Where projects stand that have established a plan; other modules tell what came then."""


@dataclass(frozen=True)
class Plan:
    """Where an invented case shall stand today, and how many days ago its application came in."""

    state: State
    age: int
    completed: bool = False
    """It has been returned once and come back."""
    variant: str = ""
    months: int = 0
    """How long the project is; 0: as long as others of its kind."""


SERVICES = (
    Plan(State.CHECKING, 27),
    Plan(State.COUNCIL, 52, completed=True),
    Plan(State.RUNNING, 560, months=24),
    Plan(State.CLOSED, 1103, months=8),
    Plan(State.APPROVED, 180, variant=PARTLY),
    Plan(State.AWAITING_DECISION, 44),
    Plan(State.SUBMITTED, 4),
    Plan(State.DRAFT, 12),
    Plan(State.FOLLOW_UP, 764, months=9),
    Plan(State.REJECTED, 160),
    Plan(State.FOLLOW_UP, 448, months=7),
    Plan(State.RETURNED, 33, variant="late"),
    Plan(State.AWAITING_NEW_SIGNATURE, 30),
    Plan(State.AWAITING_SIGNATURE, 2),
    Plan(State.RUNNING, 210, completed=True),
    Plan(State.DRAFT, 160, variant="closed"),
)
"""For the services, in the order of their file."""

STUDIES = (
    Plan(State.PAUSED, 110),
    Plan(State.ASSESSMENT, 20),
    Plan(State.AWAITING_DECISION, 79),
    Plan(State.RETURNED, 24, variant="begun"),
    Plan(State.POSTPONED, 130),
    Plan(State.COUNCIL, 66),
    Plan(State.CHECKING, 6),
    Plan(State.AWAITING_SIGNATURE, 1),
    Plan(State.REJECTED, 240),
    Plan(State.SUBMITTED, 1),
    Plan(State.ASSESSMENT, 72),
    Plan(State.WITHDRAWN, 60),
    Plan(State.RUNNING, 290),
    Plan(State.DRAFT, 22),
)
"""For the pre-studies."""


def neighbours(today: date) -> list[Case]:
    """The invented cases, as they stand on this day."""
    phrases, chance = words("phrases"), Random(SEED)  # noqa: S311 - nothing secret is drawn
    services = [*words("implementations_a"), *words("implementations_b")]
    told = [*zip(services, SERVICES, strict=True), *zip(words("pre_studies"), STUDIES, strict=True)]
    return [
        _case(number, plan, _invention(service, plan, today, phrases, chance), today)
        for number, (service, plan) in enumerate(told)
    ]


def _invention(service: Words, plan: Plan, today: date, phrases: Words, chance: Random) -> Invention:
    return Invention(service, today - timedelta(days=plan.age), phrases, chance, plan.months)


def _case(number: int, plan: Plan, invention: Invention, today: date) -> Case:
    costs = costs_of(invention)
    sections = sections_of(invention, costs)
    return Case(
        key=f"invented-{number + 1}",
        programme=TODAYS,
        round=_round(plan, today),
        title=invention.service["title"],
        kind=ProjectKind.PRE_STUDY if invention.is_pre_study else ProjectKind.IMPLEMENTATION,
        lead=invention.service["lead"],
        sections=sections,
        costs=costs,
        benefits=benefits_of(invention),
        remarks=(),
        path=list(path(plan, invention, sections)),
        handler=number % 2,
    )


def _round(plan: Plan, today: date) -> str:
    """The round that was open; a draft can have outlived its own."""
    submitted = 125 if plan.variant == "closed" else plan.age
    for opened, closed in ROUND_SPANS:
        if closed <= submitted <= opened:
            return round_name(today - timedelta(days=closed))
    return ROLLING


def path(plan: Plan, invention: Invention, sections: Collection[str]) -> Iterator[Step]:
    """What people do with the application until it stands where it shall."""
    clock = _Clock(invention.submitted_on, invention.chance)
    yield clock.step("start", -invention.chance.randint(24, 45) if plan.state is not State.DRAFT else 0)
    yield from _writing(plan, clock, sections)
    if plan.state is State.DRAFT:
        return
    yield clock.step("ask", -1)
    if plan.state is State.AWAITING_SIGNATURE:
        return
    yield clock.step("sign", 0)
    if plan.state is not State.SUBMITTED:
        yield from _handling(plan, clock, invention)


def _writing(plan: Plan, clock: _Clock, sections: Collection[str]) -> Iterator[Step]:
    """Three sittings; a young draft has only seen the first two."""
    draft = plan.state is State.DRAFT
    days = (1, 4, 7) if draft else (-16, -8, -2)
    sittings = PARTS if plan.variant == "closed" or not draft else PARTS[:2]
    for number, (keys, day) in enumerate(zip(sittings, days, strict=False)):
        written = [key for key in keys if key in sections]
        yield clock.step("write", day, {"sections": written, "lines": number == len(PARTS) - 1})


def _handling(plan: Plan, clock: _Clock, invention: Invention) -> Iterator[Step]:
    """From registration to where the case stands."""
    yield clock.step("register", 1)
    if plan.state is State.CHECKING:
        yield clock.step("check", 3, {"count": 4})
    elif plan.state is State.WITHDRAWN:
        reason = "Förvaltningen har fått uppdraget i en annan form och gör förstudien inom budget."
        yield clock.step("withdraw", 9, {"reason": reason})
    elif plan.state in (State.RETURNED, State.AWAITING_NEW_SIGNATURE):
        yield from _completion(plan, clock, invention)
    else:
        if plan.completed:
            yield from _completion(plan, clock, invention)
        yield clock.step("accept", 12 if plan.completed else 8)
        yield from _treatment(plan, clock, invention)


def _completion(plan: Plan, clock: _Clock, invention: Invention) -> Iterator[Step]:
    """The case goes back with questions, and perhaps comes in again."""
    asked = ("calculation", "goals") if not invention.is_pre_study else ("calculation", "risks")
    rows = [row for row in invention.phrases["return_questions"] if row[0] in asked][:3]
    questions, answers = [row[:2] for row in rows], [row[2] for row in rows]
    details = {"message": invention.one_of("return_messages"), "days": 21, "questions": questions}
    yield clock.step("return", 5, details)
    if plan.variant == "begun":
        yield clock.step("answer", 10, {"answers": answers[:1]})
    if plan.state is State.RETURNED:
        return
    yield clock.step("answer", 9, {"answers": answers})
    sentence = ("scope", "included", "Uppföljning av nyttan ett år efter start ingår också.")
    more: dict[str, Any] = {"sentence": sentence}
    if plan.state is State.AWAITING_NEW_SIGNATURE:
        yield clock.step("amend", 10, more | {"cost": _forgotten(invention)})
        yield clock.step("ask", 11)
    else:
        yield clock.step("amend", 10, more)
        yield clock.step("resubmit", 10)


def _forgotten(invention: Invention) -> Words:
    """A cost that was found during the completion: more is asked for, so the manager signs anew."""
    return {
        "description": "Granskning av informationssäkerhet",
        "department": invention.service["lead"],
        "amounts": {str(invention.begins.year): "95000"},
        "source": "Offert enligt ramavtalet för granskning",
    }


def last_meeting(today: date) -> date:
    """The council's last meeting, on a Thursday."""
    latest = today - timedelta(days=LAST_MEETING_DAYS_AGO)
    return latest - timedelta(days=(latest.weekday() - THURSDAY) % 7)


def _treatment(plan: Plan, clock: _Clock, invention: Invention) -> Iterator[Step]:
    if plan.state is State.ASSESSMENT:
        return
    yield clock.step("refer", 15)
    if plan.state is State.COUNCIL:
        return
    in_favour = plan.state is not State.REJECTED
    opinion = {"kind": "approve" if in_favour else "reject", "text": invention.one_of("opinions")}
    if not in_favour:
        opinion["text"] = (
            "Rådet avstyrker, eftersom nyttan inte går att följa och driften saknar finansiering."
        )
    if plan.state is State.AWAITING_DECISION:
        today = invention.submitted_on + timedelta(days=plan.age)
        yield clock.step("opinion", (last_meeting(today) - invention.submitted_on).days, opinion)
        return
    yield clock.step("opinion", 35, opinion)
    yield clock.step("decide", 44, _decision(plan, invention))
    if plan.state in BEGAN:
        yield clock.step("plan", 58)
        yield clock.step("run", 66)


def _decision(plan: Plan, invention: Invention) -> Words:
    if plan.variant == PARTLY:
        return {
            "kind": PARTLY,
            "share": "0.8",
            "reasons": invention.one_of("reasons_part"),
            "conditions": invention.some_of("conditions", 2),
        }
    if plan.state in FUNDED | COMPLETED:
        return {
            "kind": "approve",
            "reasons": invention.one_of("reasons_approve"),
            "conditions": invention.some_of("conditions", 1),
        }
    kind = "postpone" if plan.state is State.POSTPONED else "reject"
    return {"kind": kind, "reasons": invention.one_of(f"reasons_{kind}")}


class _Clock:
    """Office hours around the day of submission: never on a weekend, never before the step before."""

    def __init__(self, submitted_on: date, chance: Random) -> None:
        self._day_zero, self._chance = submitted_on, chance
        self._last: datetime | None = None

    def step(self, name: str, day: int, details: Words | None = None) -> Step:
        """A step so many days after the submission, on the weekday before if that is a weekend."""
        on = self._day_zero + timedelta(days=day)
        on -= timedelta(days=max(on.weekday() - 4, 0))
        at = datetime.combine(on, time(self._chance.randint(8, 11), self._chance.randint(0, 59)), LOCAL_TIME)
        if self._last is not None and at <= self._last:
            at = self._last + timedelta(minutes=self._chance.randint(15, 50))
        self._last = at
        return Step(name, at, details or {})
