"""What is told of a life's service after three months, a year and two years, and how it is closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

from app.closing.handover import queries, service
from app.closing.handover.queries import RestItemOf
from app.core.final_report import Fulfilment
from app.core.follow_up import Coming, Schedule, occasions
from app.core.handover import RestOutcome
from app.core.workflow import State
from app.demo import following
from app.demo.case import words
from app.demo.following import Seen
from app.demo.lives.days import Course
from app.demo.lives.life import Life
from app.demo.story import Moment, Story

WRITTEN, SENT, APPROVED = (timedelta(days=days) for days in (7, 9, 14))
DONE_AFTER = timedelta(days=140)
DIGITAL = (Decimal("0.28"), Decimal("0.62"), Decimal("0.88"))
"""What share is done in the service at each, where all that was promised comes."""
STAGES = ("early", "year", "two_years")
ON_ITS_WAY = Decimal("0.9")
CLOSED = "Det som har kommit är mätt. Det som inte kommer är avskrivet."
RUN = "Ansvaret är otydligt mellan verksamhet och it när något går fel."


def followed_up(life: Life, course: Course) -> Iterator[Moment]:
    """Each follow-up whose day has come is written, sent and approved; the newest may be owed."""
    ready = [
        (number, row)
        for number, row in enumerate(occasions(life.ends_on, Schedule()), start=1)
        if row.on + APPROVED < course.today
    ]
    if life.state is State.FOLLOW_UP and life.owes_a_follow_up:
        ready = ready[:1] if len(ready) == 1 else ready[:-1]
    for number, row in ready if life.state in (State.FOLLOW_UP, State.CLOSED) else ():
        seen = _seen(life, number, row.on.year - life.ends_on.year)
        yield from course.on(row.on + WRITTEN, partial(_write, number=number, seen=seen), hour=9)
        yield from course.on(row.on + SENT, partial(_send, number=number), hour=10)
        yield from course.on(row.on + APPROVED, partial(_approve, number=number), hour=11)


def tidied(life: Life, course: Course) -> Iterator[Moment]:
    """What the first follow-up found is done within its time by most, and before it is closed by all."""
    if life.state is State.CLOSED or (life.state is State.FOLLOW_UP and life.meets_conditions):
        first = occasions(life.ends_on, Schedule())[0].on
        yield from course.on(first + APPROVED + DONE_AFTER, _finish, hour=14)


def _finish(story: Story, at: datetime) -> None:
    for item in queries.items_of(story.project.id):
        if item.is_open:
            found = RestItemOf(story.project, item)
            service.close(story.manager, found, RestOutcome.DONE, note="Klart.", now=at)


def closed(life: Life, course: Course) -> Iterator[Moment]:
    """When its last benefit has ended."""
    if life.closes_on is not None:
        yield from course.on(life.closes_on, partial(following.close, words=CLOSED), hour=13)


def _seen(life: Life, number: int, years: int) -> Seen:
    level = sum((row.level for row in life.came), Decimal(0)) / max(len(life.came), 1)
    digital = min(DIGITAL[number - 1] * (Decimal("0.4") + level * Decimal("0.7")), Decimal("0.97"))
    cases = life.subject.volume * (1, 4, 4)[number - 1] // 4
    completed = int(cases * digital)
    shown = words("life")["seen"][STAGES[number - 1]]
    fulfilment = (
        Fulfilment.NOT_YET
        if number == 1
        else Fulfilment.FULFILLED
        if level >= ON_ITS_WAY and number > 2
        else Fulfilment.PARTLY
    )
    late = number < 3
    coming = Coming.LATER if late else Coming.AS_PROMISED if level >= ON_ITS_WAY else Coming.LESS
    closed_on = life.ends_on + timedelta(days=400) if number > 2 and level > Decimal("0.6") else None
    return Seen(
        started=completed * 6 // 5 + years,
        completed=completed,
        otherwise=cases - completed,
        hours=int(life.subject.volume * life.subject.minutes * level * digital / 180),
        summary=shown.format(digital=round(digital * 100), share=round(level * 100)),
        coming=coming,
        fulfilment=fulfilment,
        old_way_closed_on=closed_on,
        not_working=RUN if life.service.lost else "",
    )


def _write(story: Story, at: datetime, *, number: int, seen: Seen) -> None:
    following.write(story, number, at, seen)


def _send(story: Story, at: datetime, *, number: int) -> None:
    following.send(story, number, at)


def _approve(story: Story, at: datetime, *, number: int) -> None:
    following.approve(story, number, at)
