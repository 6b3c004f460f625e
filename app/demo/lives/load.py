"""Letting the lives happen, each by its course."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain

from app.core.workflow import COMPLETED, INTERRUPTED, State
from app.demo.cast import Cast
from app.demo.lives import endings, followed, money, promises, reports, services
from app.demo.lives.cases import begins_to_run_on, case_of
from app.demo.lives.days import Course
from app.demo.lives.life import Life
from app.demo.programmes import Stage
from app.demo.story import Moment, Story


def happenings(told: Sequence[Life], cast: Cast, stage: Stage, today: date) -> Iterator[Moment]:
    """Everything that happens to all of them."""
    for number, life in enumerate(told):
        case = case_of(life, today)
        story = Story(case, cast, stage)
        yield from story.moments()
        begins_on = begins_to_run_on(case)
        if begins_on is not None:
            yield from _after_the_plan(life, Course(story, number, begins_on, today))


def _after_the_plan(life: Life, course: Course) -> Iterator[Moment]:
    runs = life.state in (State.RUNNING, State.PAUSED)
    until = course.today if runs else life.ends_on - endings.CLOSING
    yield from chain(
        money.spent(life, course),
        promises.planned(life, course),
        reports.asked(life, course),
        reports.reported(life, course, until),
    )
    if life.state is State.PAUSED:
        yield from endings.rests(course)
    if life.state in INTERRUPTED:
        yield from endings.interrupt(life, course)
    elif not runs:
        yield from endings.handed_over(life, course)
    if life.is_service and life.state in COMPLETED - INTERRUPTED:
        yield from chain(
            promises.measured(life, course),
            services.run(life, course),
            followed.followed_up(life, course),
            followed.tidied(life, course),
            promises.promised_less(life, course),
            promises.ended(life, course),
            followed.closed(life, course),
        )
