"""One mail a day for whoever wants that: with what has come since the last, exactly once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import MailChoice
from app.core.clock import LOCAL_TIME
from app.db import db, transaction
from app.engine import unrecorded
from app.mail.models import MailItem, MailState
from app.mail.service import gather
from app.notifications.models import Kind
from app.projects.models import Project
from tests.conftest import Cast
from tests.mail.conftest import Time, choose, mails, send, tell
from tests.mail.post_office import PostOffice


def at(year: int, month: int, day: int, hour: int, minute: int = 0, *, fold: int = 0) -> datetime:
    """A moment by the clocks of Sweden."""
    return datetime(year, month, day, hour, minute, tzinfo=LOCAL_TIME, fold=fold).astimezone(UTC)


def test_a_day_is_one_mail_after_the_set_hour(
    cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    choose(cast.leader, MailChoice.DAILY)
    time.now = at(2027, 3, 1, 16)
    tell(cast.leader, project=project, now=time.now, kind=Kind.REGISTERED)
    tell(cast.leader, project=project, now=time.now, kind=Kind.ACCEPTED_AS_COMPLETE)
    time.now = at(2027, 3, 2, 6, 59)
    send(time)
    assert office.taken == []
    time.now = at(2027, 3, 2, 7)
    send(time)
    (mail,) = office.taken
    assert mail.message["Subject"] == "2 händelser i Hemtag"
    assert mail.text.index("Ansökan är registrerad") < mail.text.index("Ansökan är fullständig")


def test_what_comes_after_the_mail_of_the_day_waits_for_the_next(
    cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    choose(cast.leader, MailChoice.DAILY)
    time.now = at(2027, 3, 1, 6)
    tell(cast.leader, project=project, now=time.now, kind=Kind.REGISTERED)
    time.now = at(2027, 3, 1, 7)
    send(time)
    tell(cast.leader, project=project, now=time.now + timedelta(minutes=1), kind=Kind.DECIDED)
    for hour in range(7, 24):
        time.now = at(2027, 3, 1, hour, 30)
        send(time)
    assert len(office.taken) == 1
    time.now = at(2027, 3, 2, 7)
    send(time)
    first, second = office.taken
    assert "Beslut är fattat" in second.text
    assert "Ansökan är registrerad" not in second.text
    assert first.message["Message-ID"] != second.message["Message-ID"]


def test_a_day_without_news_has_no_mail(cast: Cast, project: Project, office: PostOffice, time: Time) -> None:
    choose(cast.leader, MailChoice.DAILY)
    time.now = at(2027, 3, 2, 8)
    assert send(time) == 0
    assert mails() == []


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        ((2027, 3, 28), [(1, 30, 0), (3, 0, 0), (3, 30, 0), (4, 0, 0)]),
        ((2027, 10, 31), [(1, 30, 0), (2, 10, 0), (2, 50, 0), (2, 10, 1), (2, 50, 1), (3, 10, 0)]),
    ],
    ids=["the night that has no third hour", "the night that has two"],
)
def test_the_change_of_clocks_takes_no_mail_away_and_adds_none(
    day: tuple[int, int, int],
    hours: list[tuple[int, int, int]],
    app: Flask,
    cast: Cast,
    project: Project,
    office: PostOffice,
    time: Time,
) -> None:
    from dataclasses import replace

    app.config["MAIL"] = replace(app.config["MAIL"], morning_hour=2)
    choose(cast.leader, MailChoice.DAILY)
    tell(cast.leader, project=project, now=at(*day, 1))
    sent = []
    for hour, minute, fold in hours:
        time.now = at(*day, hour, minute, fold=fold)
        send(time)
        tell(cast.leader, project=project, now=time.now)
        sent.append(len(office.taken))
    assert sent == [0] + [1] * (len(hours) - 1)


def test_many_days_have_a_mail_each(cast: Cast, project: Project, office: PostOffice, time: Time) -> None:
    choose(cast.leader, MailChoice.DAILY)
    time.now = at(2027, 10, 25, 12)
    for _watch in range(8 * 14):
        tell(cast.leader, project=project, now=time.now)
        time.passes(hours=3)
        send(time)
    assert len(office.taken) == 14, "the first day had none: nothing had come when its morning began"
    told = db.session.scalars(select(MailItem).where(MailItem.mail_id.is_not(None))).all()
    assert len({item.id for item in told}) == len(told)
    assert sum(int(mail.message["Subject"].split()[0]) for mail in office.taken) == len(told)


def test_whoever_wants_mail_at_once_again_loses_nothing(
    cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    choose(cast.leader, MailChoice.DAILY)
    time.now = at(2027, 3, 1, 12)
    tell(cast.leader, project=project, now=time.now, kind=Kind.REGISTERED)
    choose(cast.leader, MailChoice.AT_ONCE)
    tell(cast.leader, project=project, now=time.now, kind=Kind.DECIDED)
    send(time)
    time.now = at(2027, 3, 2, 7)
    send(time)
    assert [mail.message["Subject"].partition(":")[0] for mail in office.taken] == [
        "Beslut är fattat",
        "Ansökan är registrerad",
    ]


def test_two_workers_make_one_mail_of_the_day(
    app: Flask, cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    time.now = at(2027, 3, 1, 6)
    for person in (cast.leader, cast.manager):
        choose(person, MailChoice.DAILY)
        tell(person, project=project, now=time.now)
    db.session.rollback()
    together = Barrier(2)
    made: list[int] = []

    def worker() -> None:
        with app.app_context():
            together.wait()
            with unrecorded(), transaction():
                made.append(gather(at(2027, 3, 1, 7), 7))
            db.session.remove()

    workers = [Thread(target=worker) for _one in range(2)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert sum(made) == 2
    assert len(mails()) == 2
    assert {mail.state for mail in mails()} == {MailState.WAITING}


def test_the_mail_of_a_day_leaves_out_what_may_no_longer_be_seen(
    cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    from app.accounts import service as accounts
    from app.accounts.queries import grants_of
    from app.history.service import System

    choose(cast.manager, MailChoice.DAILY)
    time.now = at(2027, 3, 1, 6)
    tell(cast.manager, project=project, now=time.now)
    with transaction():
        for grant in grants_of(cast.manager.id):
            accounts.end_role(System(), grant, time.now)
    time.now = at(2027, 3, 1, 8)
    send(time)
    assert office.taken == []
    assert [mail.state for mail in mails()] == [MailState.CLOSED]
