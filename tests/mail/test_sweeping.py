"""What old mails told is forgotten; that they left is not, and nobody gets anything twice for it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import MailChoice
from app.db import db, transaction
from app.mail import claiming, service, sweeping
from app.mail.models import MailItem, MailState
from app.mail.sending import settings, sweep_old, the_folder
from app.mail.service import NEWS_FOR
from app.projects.models import Project
from config import LEAST_KEPT_DAYS, MailConfig
from tests.conftest import NOW, Browser, Cast
from tests.mail.conftest import Time, choose, mails, only_mail, send, tell
from tests.mail.post_office import PostOffice

DAYS = 90


def items() -> list[MailItem]:
    db.session.rollback()
    return list(db.session.scalars(select(MailItem).order_by(MailItem.id)))


def test_what_a_mail_told_is_forgotten_when_its_time_has_come_and_not_before(
    cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    tell(cast.leader, cast.manager, project=project)
    send(time)
    ended = ends()
    time.passes(days=DAYS, seconds=-1)
    assert sweep_old(time) == 0
    assert len(items()) == 2
    time.passes(seconds=1)
    assert sweep_old(time) == 2
    assert sweep_old(time) == 0
    assert items() == []
    assert [(mail.state, mail.address, mail.fault) for mail in mails()] == [(MailState.SENT, "", "")] * 2
    assert ends() == ended, "when and to whom it left stays"


def ends() -> list[tuple[int, object, int]]:
    return [(mail.person_id, mail.ended_at, mail.attempts) for mail in mails()]


def test_nothing_is_sent_a_second_time_for_having_been_forgotten(
    cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    choose(cast.manager, MailChoice.DAILY)
    tell(cast.leader, cast.manager, project=project)
    time.passes(days=1)
    assert send(time) == 2
    time.passes(days=DAYS)
    assert sweep_old(time) == 2
    time.now = NOW + timedelta(days=1)  # a clock that went wrong is set back to the day of the daily mail
    tell(cast.manager, project=project, now=NOW)
    for _round in range(3):
        assert send(time) == 0
    assert len(office.taken) == 2


def test_what_somebody_may_still_see_to_keeps_everything(
    cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    office.manners.answers = {"RCPT": "550 nobody of that name"}
    tell(cast.leader, project=project)
    send(time)
    office.manners.answers = {"END": "take and hang up"}
    tell(cast.manager, project=project)
    send(time)
    office.manners.answers = {}
    tell(cast.controller, project=project)
    time.passes(days=2 * DAYS)
    assert sweep_old(time) == 0
    failed, unknown, waiting = mails()
    assert (failed.state, unknown.state, waiting.state) == ("failed", "unknown", "waiting")
    assert failed.fault
    assert len(items()) == 3
    with transaction():
        service.send_again(cast.administrator, db.session.merge(failed), time.now)
    assert claiming.claim_next(time.now) is not None


def test_the_file_of_a_mail_goes_with_what_it_told(
    browser: Browser, cast: Cast, project: Project, time: Time
) -> None:
    tell(cast.leader, project=project)
    send(time)
    file = the_folder().path(only_mail().id)
    assert file.exists()
    address = f"/admin/mejl/{only_mail().id}"
    assert "Bygglov på nätet" in browser.sign_in(cast.administrator).get(address).text
    time.passes(days=DAYS)
    sweep_old(time)
    assert not file.exists()
    page = browser.get(address).text
    assert "Att det har skickats eller stängts finns kvar." in page
    assert "Bygglov på nätet" not in page
    assert "leader@staden.example" not in page


def test_news_that_nobody_fetched_is_forgotten(cast: Cast, project: Project, time: Time) -> None:
    choose(cast.leader, MailChoice.DAILY)
    tell(cast.leader, project=project)
    choose(cast.leader, MailChoice.NEVER)
    time.passes(days=DAYS, seconds=-1)
    sweep_old(time)
    assert len(items()) == 1
    time.passes(seconds=1)
    sweep_old(time)
    assert items() == []


def test_a_worker_that_shall_end_ends_and_the_next_goes_on(
    cast: Cast, project: Project, office: PostOffice, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "AT_A_TIME", 1)
    tell(cast.leader, cast.manager, project=project)
    send(time)
    time.passes(days=DAYS)
    rounds = iter([True, False])
    assert sweep_old(time, lambda: next(rounds)) == 1
    assert sweep_old(time) == 1


def test_how_long_is_a_setting(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings().kept_for == timedelta(days=DAYS)
    monkeypatch.setenv("MAIL_KEPT_DAYS", "30")
    assert MailConfig.from_env().kept_for == timedelta(days=30)
    monkeypatch.setenv("MAIL_KEPT_DAYS", str(LEAST_KEPT_DAYS - 1))
    with pytest.raises(ValueError, match="MAIL_KEPT_DAYS"):
        MailConfig.from_env()
    assert timedelta(days=LEAST_KEPT_DAYS) > NEWS_FOR
