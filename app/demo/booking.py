"""What the running projects of the demonstration have cost lately, as their leaders have entered it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial

from app.core.clock import LOCAL_TIME, local_day
from app.core.workflow import State
from app.delivery.costs import queries, service
from app.delivery.costs.values import AssessmentValues, EntryValues
from app.delivery.plans.queries import budget_of, effort_of
from app.delivery.reports.queries import newest_of
from app.demo.ending import BEGAN, ends_by
from app.demo.meetings import invented
from app.demo.story import Moment, Story

BOOKED = timedelta(days=6)
"""So long ago the last month was entered."""
RATE = Decimal(753)
STEERS = "Styrgrupp"


def booked(stories: Sequence[Story], today: date) -> Iterator[Moment]:
    """Hours of the roles, two invoices, and the steering group's time as it is judged."""
    for story in invented(stories, State.RUNNING):
        day = today - BOOKED
        if ends_by(stories, story, day, today):
            day = today - BEGAN - BOOKED
        else:
            at = datetime.combine(day, time(13, 40), LOCAL_TIME)
            yield at, partial(enter_reported, story, at)
        at = datetime.combine(day, time(14, 5), LOCAL_TIME)
        yield at, partial(_enter, story, at)


def enter_reported(story: Story, at: datetime) -> None:
    """What the last report said was spent, so that the entries and the reports agree."""
    sent = newest_of(story.project, local_day(at))
    if not sent:
        return
    until = date.fromisoformat(sent[-1].content["period"]["ends_on"])
    spent = [
        EntryValues(
            booked_on=until,
            activity="Utfall enligt ekonomisystemet",
            budget_line_id=row["key"],
            amount=amount,
        )
        for row in sent[-1].content["costs"]
        if row["key"] is not None and (amount := Decimal(row["spent"]))
    ]
    service.enter(story.leader, story.project, spent, at)


def _enter(story: Story, at: datetime) -> None:
    day, budget, roles = local_day(at), budget_of(story.project.id), effort_of(story.project.id)
    worked = [
        EntryValues(
            booked_on=day - timedelta(days=place),
            activity="Arbete i projektet",
            budget_line_id=budget[0].id,
            effort_line_id=role.id,
            hours=Decimal(24 + 8 * place),
            rate=RATE,
        )
        for place, role in enumerate(roles)
        if role.role != STEERS
    ]
    bought = [
        EntryValues(
            booked_on=day - timedelta(days=9),
            activity="Licens, första halvåret",
            budget_line_id=budget[-1].id,
            amount=Decimal("38400.50"),
        ),
        EntryValues(
            booked_on=day - timedelta(days=4), activity="Lokal för utbildning", amount=Decimal(6_200)
        ),
    ]
    service.enter(story.leader, story.project, [*worked, *bought], at)
    steering = next(role for role in roles if role.role == STEERS)
    found = queries.effort_for(story.leader, story.project.id, steering.id)
    if found is None:
        raise LookupError(f"{story.case.key} has no steering group")
    judged = AssessmentValues(
        until=day, low=Decimal(12), high=Decimal(18), note="Två möten med förberedelser."
    )
    service.assess(story.leader, found, judged, at)
