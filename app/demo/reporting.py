"""The reporting periods of the demonstration, and the reports that the running projects have sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial

from app.core.calendar import Period, periods_of
from app.core.clock import LOCAL_TIME, local_day
from app.core.reporting import Dimension, Light, Proposal, proposals, to_explain
from app.core.workflow import State
from app.delivery.plans import queries as plans
from app.delivery.plans.models import Milestone
from app.delivery.reports import queries, service
from app.delivery.reports.content import Content, CostSaid, HoursSaid, LightSaid, MilestoneSaid
from app.delivery.reports.document import Ground, figures_of
from app.delivery.reports.periods import name_of
from app.delivery.reports.queries import ReportOf
from app.demo.ending import ends_by
from app.demo.meetings import invented
from app.demo.programmes import TODAYS
from app.demo.story import Moment, Story

SET_BEFORE = timedelta(days=20)
"""So long before a period begins it is set."""
SENT_BEFORE, ANSWERED_AFTER = timedelta(days=2), timedelta(days=3)
DONE = "Kravarbetet är klart, och verksamheten har provat de första stegen med gott resultat."
COMING = "Upphandlingen avslutas, och utbildningen av medarbetarna planeras."
NEEDS = "Styrgruppen behöver besluta om testerna kan börja med en enhet i taget."
RISKY = "Den största risken är hög. Åtgärden är beslutad och följs på varje styrgruppsmöte."
DEARER = "Konsulterna behövs längre än planerat, och priset på licenserna har höjts."


@dataclass(frozen=True)
class Said:
    """How a report differs from the plan as it stands."""

    slip: int = 0
    """How many days later all that remains is expected."""
    pace: str = "1"
    """What is spent, as a share of what the time that has passed would have cost."""
    forecast: str = "1"
    """What all of it is expected to cost, as a share of the plan."""
    dearer: str = DEARER
    """Why it costs something else than planned."""


@dataclass(frozen=True)
class Course:
    """What a project says from one report to the next; the last goes on."""

    said: Sequence[Said]
    late: str = ""
    """Why it is late."""

    def at(self, number: int) -> Said:
        """In the report of this number, from 0."""
        return self.said[min(number, len(self.said) - 1)]


AS_PLANNED = Course((Said(),))
COURSES = {
    0: Course(
        (Said(0, "0.5"), Said(35, "0.7"), Said(75, "0.85", "1.04"), Said(10, "1.05", "1.07")),
        "Upphandlingen överklagades och fick göras om. Det som följer på den kommer därför senare.",
    ),
    1: Course(
        (Said(35),),
        "Leverantörens personal byttes ut under sommaren. Testerna börjar därför fem veckor senare.",
    ),
}
"""For the running projects, in the order of their plans; the others go as planned. The first is granted more
time before its fourth report."""


def reported(stories: Sequence[Story], today: date) -> Iterator[Moment]:
    """What the running projects have said of the periods of this year and the last that are over."""
    periods = [period for year in (today.year - 1, today.year) for period in periods_of(year)]
    for place, story in enumerate(invented(stories, State.RUNNING)):
        started = next(local_day(step.at) for step in story.case.path if step.name == "run")
        course, number = COURSES.get(place, AS_PLANNED), 0
        for period in periods:
            sent = period.due_on - SENT_BEFORE
            if started <= period.ends_on and sent < today and not ends_by(stories, story, sent, today):
                at = _at(sent)
                yield at, partial(send, story, period, at, course.late, course.at(number))
                number += 1
                answered = _at(period.due_on + ANSWERED_AFTER)
                if local_day(answered) <= today:
                    yield answered, partial(approve, story, period, answered)


def periods_set(someone: Story, first_year: int, today: date) -> Iterator[Moment]:
    """The secretariat sets the periods of these years, each shortly before it begins."""
    for period in (period for year in range(first_year, today.year + 1) for period in periods_of(year)):
        day = period.starts_on - SET_BEFORE
        if day <= today:
            at = _at(day)
            yield at, partial(_set, someone, period, at)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10, 20), LOCAL_TIME)


def _set(story: Story, period: Period, at: datetime) -> None:
    service.add_period(
        story.cast.secretaries[0],
        story.stage.programmes[TODAYS].id,
        name=name_of(period),
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        due_on=period.due_on,
        now=at,
    )


def _found(story: Story, period: Period, *, secretary: bool = False) -> ReportOf:
    row = next(row for row in queries.periods_of(story.project.programme_id) if row.ends_on == period.ends_on)
    viewer = story.secretary if secretary else story.leader
    found = queries.report_for(viewer, story.project.id, row.id)
    if found is None:
        raise LookupError(f"{story.case.key} does not report on {row.name}")
    return found


def send(story: Story, period: Period, at: datetime, late: str, said: Said) -> None:
    """The leader reports, and why it is late if it is."""
    found = _found(story, period)
    ground = queries.ground_of(found.project, found.period)
    content = _content(story, ground, said)
    figures = figures_of(ground, content)
    told = replace(
        content,
        lights=_lights(proposals(figures), late, said),
        explanation=said.dearer if any(to_explain(figures)) else "",
        needs=NEEDS if late else "",
    )
    service.send(story.leader, found, told, at)


def _content(story: Story, ground: Ground, said: Said) -> Content:
    plan = ground.plan
    share = _elapsed(plan.starts_on, plan.ends_on, ground.ends_on) * Decimal(said.pace)
    return Content(
        milestones={
            row.id: _milestone(row, said, ground.ends_on) for row in plans.milestones_of(story.project.id)
        },
        costs={
            row.key: CostSaid(
                (row.total * share).quantize(Decimal(1)),
                (row.total * Decimal(said.forecast)).quantize(Decimal(1)),
            )
            for row in plan.budget
        },
        hours={
            row.key: HoursSaid((row.low * share).quantize(Decimal(1)) if row.low else None, row.high)
            for row in plan.effort
        },
        done=DONE,
        coming=COMING,
    )


def _milestone(row: Milestone, said: Said, until: date) -> MilestoneSaid:
    """What was reached before stays reached; what comes is as late as the report says."""
    if row.reached_on:
        return MilestoneSaid(reached_on=row.reached_on)
    expected = row.planned_on + timedelta(days=said.slip)
    return MilestoneSaid(reached_on=expected) if expected <= until else MilestoneSaid(forecast_on=expected)


def _lights(proposed: Mapping[Dimension, Proposal], late: str, said: Said) -> dict[Dimension, LightSaid]:
    """What the figures propose, and why."""
    reasons = {Dimension.TIME: late, Dimension.COST: said.dearer, Dimension.RISK: RISKY}
    lights = {dimension: row.light for dimension, row in proposed.items() if row.light is not Light.GREEN}
    return dict.fromkeys(Dimension, LightSaid(Light.GREEN)) | {
        dimension: LightSaid(light, reasons[dimension]) for dimension, light in lights.items()
    }


def _elapsed(starts_on: date, ends_on: date, day: date) -> Decimal:
    """The part of the project's time that has passed."""
    passed = Decimal((day - starts_on).days) / max((ends_on - starts_on).days, 1)
    return min(max(passed, Decimal(0)), Decimal(1))


def approve(story: Story, period: Period, at: datetime) -> None:
    """The secretary approves what was sent first."""
    service.approve(story.secretary, _found(story, period, secretary=True), 1, at)
