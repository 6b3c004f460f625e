"""The reporting periods of the demonstration, and the reports that the running projects have sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial

from app.core.calendar import Period, periods_of
from app.core.clock import LOCAL_TIME, local_day
from app.core.reporting import LIMITS, Dimension, Light
from app.core.workflow import State
from app.delivery.plans import queries as plans
from app.delivery.reports import queries, service
from app.delivery.reports.content import Content, CostSaid, HoursSaid, LightSaid, MilestoneSaid
from app.delivery.reports.periods import name_of
from app.delivery.reports.queries import ReportOf
from app.delivery.risks import queries as risks
from app.demo.ending import ends_by
from app.demo.meetings import invented
from app.demo.programmes import TODAYS
from app.demo.story import Moment, Story

SET_BEFORE = timedelta(days=20)
"""So long before a period begins it is set."""
SENT_BEFORE, ANSWERED_AFTER = timedelta(days=2), timedelta(days=3)
SLIP = timedelta(days=35)
"""How much later than planned the second project expects its next milestone."""
DONE = "Kravarbetet är klart, och verksamheten har provat de första stegen med gott resultat."
COMING = "Upphandlingen avslutas, och utbildningen av medarbetarna planeras."
WHY = "Leverantörens personal byttes ut under sommaren. Testerna börjar därför fem veckor senare."
RISKY = "Den största risken är hög. Åtgärden är beslutad och följs på varje styrgruppsmöte."
NEEDS = "Styrgruppen behöver besluta om testerna kan börja med en enhet i taget."


def reported(stories: Sequence[Story], today: date) -> Iterator[Moment]:
    """Periods of this year and the last, and what the running projects have said of those that are over."""
    periods = [period for year in (today.year - 1, today.year) for period in periods_of(year)]
    for period in periods:
        day = period.starts_on - SET_BEFORE
        if day <= today:
            at = _at(day)
            yield at, partial(_set, stories[0], period, at)
    for place, story in enumerate(invented(stories, State.RUNNING)):
        started = next(local_day(step.at) for step in story.case.path if step.name == "run")
        for period in periods:
            sent = period.due_on - SENT_BEFORE
            if started <= period.ends_on and sent < today and not ends_by(stories, story, sent, today):
                at = _at(sent)
                yield at, partial(_send, story, period, at, late=place == 1)
                answered = _at(period.due_on + ANSWERED_AFTER)
                if local_day(answered) <= today:
                    yield answered, partial(_approve, story, period, answered)


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


def _send(story: Story, period: Period, at: datetime, *, late: bool) -> None:
    service.send(story.leader, _found(story, period), _content(story, period, late=late), at)


def _content(story: Story, period: Period, *, late: bool) -> Content:
    plan = plans.current_plan(story.project.id)
    if plan is None:
        raise LookupError(f"{story.case.key} has no plan")
    lights = dict.fromkeys(Dimension, LightSaid(Light.GREEN))
    milestones = {
        row.key: MilestoneSaid(reached_on=row.planned_on)
        for row in plan.milestones
        if row.planned_on <= period.ends_on
    }
    if late and len(milestones) < len(plan.milestones):
        coming = min(
            (row for row in plan.milestones if row.key not in milestones), key=lambda row: row.planned_on
        )
        milestones[coming.key] = MilestoneSaid(forecast_on=coming.planned_on + SLIP)
        lights[Dimension.TIME] = LightSaid(Light.YELLOW, WHY)
    if (score := risks.top_score(story.project.id) or 0) >= LIMITS.risk[0]:
        light = Light.RED if score >= LIMITS.risk[1] else Light.YELLOW
        lights[Dimension.RISK] = LightSaid(light, RISKY)
    share = _elapsed(plan.starts_on, plan.ends_on, period.ends_on)
    return Content(
        lights=lights,
        milestones=milestones,
        costs={row.key: CostSaid((row.total * share).quantize(Decimal(1)), row.total) for row in plan.budget},
        hours={
            row.key: HoursSaid((row.low * share).quantize(Decimal(1)) if row.low else None, row.high)
            for row in plan.effort
        },
        done=DONE,
        coming=COMING,
        needs=NEEDS if late else "",
    )


def _elapsed(starts_on: date, ends_on: date, day: date) -> Decimal:
    """The part of the project's time that has passed."""
    passed = Decimal((day - starts_on).days) / max((ends_on - starts_on).days, 1)
    return min(max(passed, Decimal(0)), Decimal(1))


def _approve(story: Story, period: Period, at: datetime) -> None:
    service.approve(story.secretary, _found(story, period, secretary=True), 1, at)
