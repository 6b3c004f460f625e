"""What a life reports, period by period, and the time that it asks for when it is late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from app.core.calendar import Period, periods_of
from app.core.changes import Time, Wanted
from app.delivery.plans import queries as plans
from app.demo import booking, changing, reporting
from app.demo.lives.days import Course
from app.demo.lives.life import Life
from app.demo.reporting import Said
from app.demo.story import Moment, Story

BOOKED = timedelta(days=8)
DECIDED_AFTER = timedelta(days=15)
MARGIN = timedelta(days=3)
"""Between the answer to its last report and the day on which it begins to end."""
NEEDS_TIME = Decimal("0.6")
"""How far on a late project asks for more of it."""


def reported(life: Life, course: Course, until: date) -> Iterator[Moment]:
    """A report for each period that was over before `until`, each approved; the newest may be owed."""
    more_time = _granted_on(life, course)
    coming = list(_sent(course, until))
    owed = life.owes_a_report and until >= course.today
    for period, sent in coming[:-1] if owed else coming:
        said = _said(life, course, sent, granted=more_time is not None and sent > more_time)
        happens = partial(_send, period=period, late=life.says("late"), said=said)
        yield from course.on(sent, happens, hour=12)
        yield from course.on(period.due_on + reporting.ANSWERED_AFTER, partial(_approve, period=period))
    if until >= course.today and coming:
        yield from course.on(course.today - BOOKED, _enter, hour=13)


def _sent(course: Course, until: date) -> Iterator[tuple[Period, date]]:
    for year in range(course.begins_on.year, until.year + 1):
        for period in periods_of(year):
            sent = period.due_on - reporting.SENT_BEFORE
            answered = period.due_on + reporting.ANSWERED_AFTER
            in_time = sent < course.today if until >= course.today else answered < until - MARGIN
            if course.begins_on <= period.ends_on and in_time:
                yield period, sent


def _said(life: Life, course: Course, day: date, *, granted: bool) -> Said:
    """As late and as dear as it has shown itself to be by then."""
    whole = max((life.ends_on - course.begins_on).days, 1)
    share = min(Decimal((day - course.begins_on).days) / whole, Decimal(1))
    slip = 0 if granted else round(life.days_late * share)
    cost = f"{1 + (life.dearer - 1) * share:.2f}"
    return Said(slip, pace=cost, forecast=cost, dearer=life.says("dearer" if life.dearer > 1 else "cheaper"))


def _send(story: Story, at: datetime, *, period: Period, late: str, said: Said) -> None:
    reporting.send(story, period, at, late, said)


def _approve(story: Story, at: datetime, *, period: Period) -> None:
    reporting.approve(story, period, at)


def _enter(story: Story, at: datetime) -> None:
    booking.enter_reported(story, at)


# --- more time -------------------------------------------------------------------------------------------


def asked(life: Life, course: Course) -> Iterator[Moment]:
    """It asks for as much time as it will need, and gets it."""
    granted = _granted_on(life, course)
    if granted is not None:
        wanted = changing.ask(partial(_longer, life))
        yield from course.on(granted - DECIDED_AFTER, wanted, hour=14)
        reasons = "Nyttan står kvar, och det som har gjorts går inte att använda utan resten."
        yield from course.on(granted, changing.approve(reasons), hour=14)


def _granted_on(life: Life, course: Course) -> date | None:
    """On a working day of its own; None when it asks for none, or has not been answered yet."""
    if not life.asks_for_time:
        return None
    whole = (life.invention.ends - course.begins_on).days
    day = course.begins_on + timedelta(days=int(whole * NEEDS_TIME)) + DECIDED_AFTER
    return day if day < min(life.ends_on - timedelta(days=40), course.today) else None


def _longer(life: Life, story: Story, day: date) -> Wanted:
    plan = plans.current_plan(story.project.id)
    if plan is None:
        raise LookupError(f"{life.key} has no plan")
    more = timedelta(days=life.days_late)
    rows = [
        replace(row, planned_on=row.planned_on + more) if row.planned_on > day else row
        for row in plan.milestones
    ]
    return Wanted(life.says("late"), time=Time(plan.ends_on + more, rows))
