"""Reports and conditions are reminded of before their day and after, each once, whoever reminds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.clock import LOCAL_TIME
from app.db import db, transaction
from app.delivery.conditions.reminding import due_conditions
from app.delivery.reports import service
from app.delivery.reports.models import ReportPeriod
from app.delivery.reports.reminding import due_reports
from app.notifications import labels
from app.notifications.models import Notification
from app.notifications.places import place_of
from app.programmes.models import Programme
from app.reminders import round as rounds
from app.reminders.sources import SOURCES
from tests.conftest import Cast
from tests.delivery.granted import DUE, given_back, reported
from tests.delivery.granted import granted as with_conditions
from tests.running_story import (
    REPORTED,
    complete_content,
    granted,
    period,
    report_on,
    report_sent,
    running,
)

KINDS = ("report_due", "report_late", "condition_due", "condition_late")


@pytest.fixture
def only_reports(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:  # the app has them all registered
    for kind in SOURCES.keys() - {"report"}:
        monkeypatch.delitem(SOURCES, kind)


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=LOCAL_TIME).astimezone(UTC)


def told() -> list[tuple[str, int]]:
    db.session.rollback()
    query = select(Notification.kind, Notification.person_id).where(Notification.kind.in_(KINDS))
    return [(kind, person) for kind, person in db.session.execute(query.order_by(Notification.id))]


def days_of_reminders(first: date, days: int) -> dict[date, int]:
    """Every day a round in the morning and one in the evening; on which days anything was told."""
    found = {}
    for number in range(days):
        day = first + timedelta(days=number)
        if reminded := rounds.remind_of_today(at(day), 7):
            found[day] = reminded
        assert rounds.remind_of_today(at(day, 20), 7) == 0
    return found


def due_by(cast: Cast, programme: Programme, ends_on: date, due_on: date) -> ReportPeriod:
    with transaction():
        return service.add_period(
            cast.secretary,
            programme.id,
            name="Perioden",
            starts_on=ends_on - timedelta(days=100),
            ends_on=ends_on,
            due_on=due_on,
            now=REPORTED,
        )


@pytest.mark.usefixtures("only_reports")
@pytest.mark.parametrize(
    ("ends_on", "due_on"),
    [
        (date(2027, 4, 30), date(2027, 5, 14)),
        (date(2027, 12, 15), date(2027, 12, 31)),
        (date(2027, 12, 31), date(2028, 1, 4)),
        (date(2028, 2, 1), date(2028, 2, 29)),
        (date(2028, 2, 20), date(2028, 3, 1)),
        (date(2028, 3, 1), date(2028, 3, 26)),
        (date(2028, 10, 1), date(2028, 10, 29)),
    ],
    ids=["spring", "New Year's Eve", "after New Year", "leap day", "after it", "summer time", "winter time"],
)
def test_a_report_is_reminded_of_on_five_days_and_its_manager_on_two(
    cast: Cast, programme: Programme, ends_on: date, due_on: date
) -> None:
    running(cast, programme)
    due_by(cast, programme, ends_on, due_on)
    expected = {-14: 1, -3: 1, 1: 1, 7: 2, 14: 2}
    assert days_of_reminders(due_on - timedelta(days=20), 45) == {
        due_on + timedelta(days=after): count for after, count in expected.items()
    }
    leader, manager = cast.leader.id, cast.manager.id
    assert told() == [
        ("report_due", leader), ("report_due", leader), ("report_late", leader),
        *sorted([("report_late", leader), ("report_late", manager)], key=lambda row: row[1]),
        *sorted([("report_late", leader), ("report_late", manager)], key=lambda row: row[1]),
    ]  # fmt: skip


def test_a_report_that_is_in_is_not_reminded_of_and_one_that_came_back_is(
    cast: Cast, programme: Programme
) -> None:
    project = report_sent(cast, programme)
    number, after = period(cast, programme).id, date(2027, 5, 20)
    assert list(due_reports(after)) == []
    with transaction():
        service.give_back(
            cast.secretary, report_on(cast.secretary, project, number), 1, reason="Datum?", now=REPORTED
        )
    assert [row.person_id for row in due_reports(after)] == [cast.leader.id]
    with transaction():
        service.send(
            cast.leader, report_on(cast.leader, project, number), complete_content(project), REPORTED
        )
    assert list(due_reports(after)) == []


def test_a_project_that_does_not_run_is_not_reminded_of_reports(cast: Cast, programme: Programme) -> None:
    granted(cast, programme)
    period(cast, programme)
    assert list(due_reports(date(2027, 6, 1))) == []


@pytest.mark.usefixtures("only_reports")
def test_two_periods_due_on_one_day_are_each_reminded_of(cast: Cast, programme: Programme) -> None:
    running(cast, programme)
    day = date(2027, 5, 14)
    for ends_on in (date(2027, 4, 30), date(2027, 5, 10)):
        due_by(cast, programme, ends_on, day)
    assert rounds.remind_of_today(at(day), 7) == 2
    assert told() == [("report_due", cast.leader.id)] * 2
    assert rounds.remind_of_today(at(day, 20), 7) == 0


def test_the_reminder_says_what_and_when_and_leads_to_the_reports(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    due_on = period(cast, programme).due_on
    rounds.remind_of_today(at(due_on), 7)
    row = db.session.scalars(select(Notification).where(Notification.kind == "report_due")).one()
    assert labels.particulars(row.details) == ["Period: Tertial 1 2027", f"Sista dag {due_on}"]
    assert place_of(row) == ("reports.reports", {"project_id": project.id})


def test_a_condition_is_reminded_of_until_somebody_says_that_it_is_met(
    cast: Cast, programme: Programme
) -> None:
    project = with_conditions(cast, programme)
    assert list(days_of_reminders(DUE - timedelta(days=20), 28).values()) == [1, 1, 1, 2]
    assert [kind for kind, _person in told()] == ["condition_due"] * 2 + ["condition_late"] * 3
    row = db.session.scalars(select(Notification).where(Notification.kind == "condition_late")).first()
    assert row is not None
    assert place_of(row) == ("conditions.conditions", {"project_id": project.id})
    late = DUE + timedelta(days=14)
    assert len(list(due_conditions(late))) == 2
    reported(cast, project)
    assert list(due_conditions(late)) == []
    given_back(cast, project)
    assert len(list(due_conditions(late))) == 2


@pytest.mark.usefixtures("only_reports")
def test_two_workers_at_the_same_time_remind_of_each_report_once(
    app: Flask, cast: Cast, programme: Programme
) -> None:
    running(cast, programme)
    day = period(cast, programme).due_on + timedelta(days=7)
    db.session.rollback()
    together, reminded = Barrier(2), []

    def worker() -> None:
        with app.app_context():
            together.wait()
            reminded.append(rounds.remind_of_today(at(day), 7))
            db.session.remove()

    workers = [Thread(target=worker) for _one in range(2)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert sum(reminded) == len(told()) >= 2
    assert len(set(told())) == len(told())
