"""Each is reminded of each thing once: before the day and after, whoever reminds and however often."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.calendar import Reminder as Step
from app.core.calendar import reminder_of
from app.core.clock import LOCAL_TIME
from app.db import db
from app.mail.models import MailItem
from app.notifications.models import Kind, Notification
from app.programmes.models import Programme
from app.projects.models import Project
from app.reminders import round as rounds
from app.reminders.models import Reminder
from app.reminders.sources import SOURCES, Due, reminds
from tests.conftest import Cast
from tests.story import started

DUE_ON = date(2027, 5, 31)


class Conditions:
    """Records with a day, each of which its people are to be reminded of."""

    def __init__(self, project: Project, *people: int) -> None:
        self.project_id, self.people = project.id, people
        self.due_on = {1: DUE_ON}

    def due(self, today: date) -> Iterable[Due]:
        for number, due_on in self.due_on.items():
            if (reached := reminder_of(due_on, today)) is not None:
                for person_id in self.people:
                    told = {"title": "Bygglov på nätet", "due_on": due_on}
                    kind = Kind.RETURNED_FOR_COMPLETION
                    yield Due(number, person_id, due_on, reached, self.project_id, kind, told)


@pytest.fixture
def conditions(cast: Cast, programme: Programme, monkeypatch: pytest.MonkeyPatch) -> Conditions:
    for kind in list(SOURCES):
        monkeypatch.delitem(SOURCES, kind)
    made = Conditions(started(cast, programme, title="Bygglov på nätet"), cast.leader.id, cast.manager.id)
    monkeypatch.setitem(SOURCES, "test", made.due)
    return made


def told() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Notification)) or 0


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=LOCAL_TIME).astimezone(UTC)


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (15, None), (14, Step.SOON), (4, Step.SOON), (3, Step.NOW), (0, Step.NOW), (-1, Step.LATE),
        (-6, Step.LATE), (-7, Step.ESCALATED), (-13, Step.ESCALATED), (-14, Step.STILL_LATE),
        (-400, Step.STILL_LATE),
    ],
)  # fmt: skip
def test_a_day_is_reminded_of_in_steps(left: int, expected: Step | None) -> None:
    assert reminder_of(DUE_ON, DUE_ON - timedelta(days=left)) == expected


def test_steps_follow_the_calendar_over_leap_days_and_new_year() -> None:
    assert reminder_of(date(2028, 3, 1), date(2028, 2, 26)) == Step.SOON, "four days in a leap year"
    assert reminder_of(date(2027, 3, 1), date(2027, 2, 26)) == Step.NOW
    assert reminder_of(date(2028, 1, 2), date(2027, 12, 30)) == Step.NOW
    assert reminder_of(date(2027, 12, 31), date(2028, 1, 1)) == Step.LATE


def test_a_year_of_days_reminds_each_five_times(conditions: Conditions) -> None:
    day, per_day = DUE_ON - timedelta(days=60), {}
    for _day in range(120):
        if reminded := rounds.remind_of_today(at(day), 7):
            per_day[day] = reminded
        assert rounds.remind_of_today(at(day, 18), 7) == 0
        day += timedelta(days=1)
    assert per_day == {DUE_ON + timedelta(days=after): 2 for after in (-14, -3, 1, 7, 14)}
    assert told() == 10


def test_nobody_is_reminded_at_night(conditions: Conditions) -> None:
    assert rounds.remind_of_today(at(DUE_ON, 6), 7) == 0
    assert rounds.remind_of_today(at(DUE_ON, 7), 7) == 2


def test_a_day_on_which_nobody_worked_is_made_up_for(conditions: Conditions) -> None:
    assert rounds.remind_of_today(at(DUE_ON - timedelta(days=10)), 7) == 2
    assert rounds.remind_of_today(at(DUE_ON + timedelta(days=30)), 7) == 2
    assert told() == 4, "the step between them had passed"


def test_a_day_that_is_moved_is_reminded_of_anew(conditions: Conditions) -> None:
    rounds.remind_of_today(at(DUE_ON), 7)
    conditions.due_on = {1: DUE_ON + timedelta(days=2)}
    assert rounds.remind_of_today(at(DUE_ON), 7) == 2


def test_a_reminder_is_told_as_anything_else_is(conditions: Conditions, cast: Cast) -> None:
    rounds.remind_of_today(at(DUE_ON), 7)
    row = db.session.scalars(select(Notification).where(Notification.person_id == cast.leader.id)).one()
    assert row.details == {"title": "Bygglov på nätet", "due_on": "2027-05-31"}
    assert db.session.scalar(select(func.count()).select_from(MailItem)) == 2


def test_a_reminder_that_is_not_told_is_not_remembered(
    conditions: Conditions, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object) -> None:
        raise ConnectionError

    with monkeypatch.context() as patched:
        patched.setattr("app.reminders.service.tell", broken)
        with pytest.raises(ConnectionError):
            rounds.remind_of_today(at(DUE_ON), 7)
    assert db.session.scalar(select(func.count()).select_from(Reminder)) == 0
    assert rounds.remind_of_today(at(DUE_ON), 7) == 2


def test_two_machines_that_remind_at_the_same_time_remind_once(app: Flask, conditions: Conditions) -> None:
    conditions.due_on = dict.fromkeys(range(1, 301), DUE_ON)
    db.session.rollback()
    together = Barrier(2)
    reminded: list[int] = []

    def machine() -> None:
        with app.app_context():
            together.wait()
            reminded.append(rounds.remind_of_today(at(DUE_ON), 7))
            db.session.remove()

    machines = [Thread(target=machine) for _one in range(2)]
    for one in machines:
        one.start()
    for one in machines:
        one.join()
    assert sum(reminded) == told() == 600


def test_whoever_stops_in_the_middle_goes_on_from_there(conditions: Conditions) -> None:
    conditions.due_on = dict.fromkeys(range(1, 301), DUE_ON)
    answers = iter([True, False])
    assert rounds.remind_of_today(at(DUE_ON), 7, lambda: next(answers)) == rounds.PORTION
    assert rounds.remind_of_today(at(DUE_ON), 7) == 600 - rounds.PORTION
    assert told() == 600


def test_a_source_is_registered_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.reminders.sources.SOURCES", {})
    from app.reminders import sources

    @reminds("plan")
    def due(_today: date) -> Iterable[Due]:
        return ()

    assert {"plan": due} == sources.SOURCES
