"""Each mail leaves once, whatever the mail server does; and if nobody can know, a person is told."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from flask import Flask

from app.db import db, transaction
from app.mail import claiming, queries, service
from app.mail.claiming import LEASE, PAUSES
from app.mail.models import MailState, Reason
from app.mail.posts import MailServer
from app.mail.sending import settings
from app.projects.models import Project
from tests.conftest import NOW, Cast
from tests.mail.conftest import Time, impatient, mails, only_mail, send, tell, use
from tests.mail.post_office import PostOffice, open_office


def test_a_mail_is_sent_once_however_often_the_worker_looks(
    cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    tell(cast.leader, cast.manager, project=project)
    assert send(time) == 2
    for _round in range(3):
        time.passes(days=1)
        assert send(time) == 0
    assert len(office.taken) == 2
    assert office.conversations == 1, "one conversation for both"


def test_a_mail_has_the_same_name_each_time_it_is_tried(
    cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    tell(cast.leader, project=project)
    office.manners.answers = {"END": "take and hang up"}
    send(time)
    office.manners.answers = {}
    with transaction():
        service.send_again(cast.administrator, only_mail(), time.now)
    send(time)
    first, second = office.taken
    assert first.message["Message-ID"] == second.message["Message-ID"]
    assert re.fullmatch(r"<hemtag-mail-\d+@staden\.example>", first.message["Message-ID"])


def test_a_server_that_is_down_gets_the_mail_when_it_is_up(
    app: Flask, cast: Cast, project: Project, time: Time
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    use(app, port)
    tell(cast.leader, cast.manager, project=project)
    assert send(time) == 1, "the second would meet the same"
    down, untouched = mails()
    assert (down.state, down.attempts, down.next_at) == (MailState.WAITING, 1, NOW + PAUSES[0])
    assert "ConnectionRefusedError" in down.fault
    assert untouched.attempts == 0
    with open_office(port) as office:
        time.passes(minutes=1)
        send(time)
        assert {mail.recipient.partition("@")[0] for mail in office.taken} == {"leader", "manager"}


def test_pauses_grow_and_in_the_end_it_is_said_that_it_failed(
    cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    office.manners.answers = {"RCPT": "450 the box is full"}
    tell(cast.leader, project=project)
    tried = []
    while only_mail().state == MailState.WAITING:
        time.now = only_mail().next_at
        tried.append(time.now)
        send(time)
    assert [later - earlier for earlier, later in pairwise(tried)] == list(PAUSES)
    assert (only_mail().state, only_mail().reason) == (MailState.FAILED, Reason.GAVE_UP)
    assert only_mail().fault == "450 the box is full"
    assert queries.need_a_person() == 1


@pytest.mark.parametrize("command", ["RCPT", "DATA", "END"])
def test_a_mail_that_is_refused_for_good_is_not_tried_again(
    command: str, cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    office.manners.answers = {command: "550 nobody here"}
    tell(cast.leader, project=project)
    send(time)
    assert (only_mail().state, only_mail().reason) == (MailState.FAILED, Reason.REFUSED)
    assert (only_mail().fault, only_mail().address) == ("550 nobody here", "leader@staden.example")
    office.manners.answers = {}
    time.passes(days=3)
    send(time)
    assert office.taken == []


def test_one_that_has_to_wait_does_not_stop_the_others(
    cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    tell(cast.leader, cast.manager, project=project)
    office.manners.answers = {"RCPT leader@staden.example": "451 later"}
    assert send(time) == 2
    assert [mail.recipient for mail in office.taken] == ["manager@staden.example"]
    assert [mail.state for mail in mails()] == [MailState.WAITING, MailState.SENT]


@pytest.mark.parametrize("command", ["greeting", "EHLO", "MAIL"])
def test_what_the_server_has_against_us_is_not_blamed_on_the_mail(
    command: str, cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    """EHLO refused falls back to HELO, which this server takes."""
    office.manners.answers = {command: "550 we do not know you"}
    tell(cast.leader, project=project)
    send(time)
    assert only_mail().state == (MailState.SENT if command == "EHLO" else MailState.WAITING)


@pytest.mark.parametrize("command", ["greeting", "EHLO", "MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("how", ["silent_at", "dribbles_at", "hang up"])
def test_a_server_that_fails_before_the_last_word_is_tried_again(
    how: str, command: str, app: Flask, cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    impatient(app)
    if how == "hang up":
        office.manners.answers = {command: how}
    else:
        setattr(office.manners, how, command)
    tell(cast.leader, project=project)
    send(time)
    assert only_mail().state == MailState.WAITING
    office.manners = type(office.manners)()
    use(app, office.port)
    time.passes(minutes=1)
    send(time)
    assert only_mail().state == MailState.SENT
    assert len(office.taken) == 1


@pytest.mark.parametrize("how", ["silent_at", "dribbles_at", "hang up", "take and hang up"])
def test_a_mail_whose_answer_never_came_is_told_of_and_not_sent_again(
    how: str, app: Flask, cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    impatient(app)
    if how.endswith("hang up"):
        office.manners.answers = {"END": how}
    else:
        setattr(office.manners, how, "END")
    tell(cast.leader, project=project)
    send(time)
    assert only_mail().state == MailState.UNKNOWN
    office.manners = type(office.manners)()
    time.passes(days=3)
    assert send(time) == 0
    assert len(office.taken) == (how == "take and hang up")
    assert queries.need_a_person() == 1


def test_a_worker_that_died_before_the_last_word_is_followed_by_another(
    cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    tell(cast.leader, project=project)
    assert claiming.claim_next(time.now) is not None
    assert send(time) == 0, "it is somebody's"
    time.now += LEASE
    assert send(time) == 1
    assert only_mail().state == MailState.SENT


def test_a_worker_that_died_after_the_last_word_leaves_a_mail_that_nobody_sends_by_itself(
    cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    tell(cast.leader, project=project)
    claim = claiming.claim_next(time.now)
    assert claim is not None
    assert claiming.hand_over(claim, "leader@staden.example", time.now)
    time.now += LEASE
    assert send(time) == 0
    assert only_mail().state == MailState.UNKNOWN
    assert office.taken == []


def test_a_worker_that_slept_too_long_keeps_quiet(
    app: Flask, cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    """Its mail has been given to another, who has sent it, when the sleeper is about to say the last word."""
    tell(cast.leader, project=project)
    sleepers = claiming.claim_next(time.now)
    assert sleepers is not None
    time.now += LEASE
    send(time)
    assert not claiming.hand_over(sleepers, "leader@staden.example", time.now)
    claiming.later(sleepers, "", time.now)
    claiming.refused(sleepers, "", "", time.now)
    assert only_mail().state == MailState.SENT


def test_without_a_yes_the_last_word_is_never_said(
    app: Flask, cast: Cast, project: Project, office: PostOffice, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(cast.leader, cast.manager, project=project)
    said_no: list[str] = []

    def once_no(*given: object) -> bool:
        if not said_no:
            said_no.append("no")
            return False
        return really(*given)

    really: Callable[..., bool] = claiming.hand_over
    monkeypatch.setattr(claiming, "hand_over", once_no)
    send(time)
    assert [mail.recipient for mail in office.taken] == ["manager@staden.example"]


def test_an_answer_that_comes_after_the_mail_was_given_up_for_lost_still_counts(
    cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    tell(cast.leader, project=project)
    claim = claiming.claim_next(time.now)
    assert claim is not None
    claiming.hand_over(claim, "leader@staden.example", time.now)
    claiming.take_back(time.now + LEASE, repeatable=False)
    assert only_mail().state == MailState.UNKNOWN
    claiming.sent(claim, time.now + LEASE)
    assert only_mail().state == MailState.SENT


def test_a_mail_that_ends_its_workers_is_given_up(
    cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    tell(cast.leader, project=project)
    for _death in range(len(PAUSES) + 1):
        assert claiming.claim_next(time.now) is not None
        time.now += LEASE
        claiming.take_back(time.now, repeatable=False)
    assert (only_mail().state, only_mail().reason) == (MailState.FAILED, Reason.GAVE_UP)


def test_nothing_leaves_in_clear_when_it_should_not(
    app: Flask, cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    app.config["MAIL"] = replace(settings(), security="starttls", user="hemtag", password="hemligt")
    tell(cast.leader, project=project)
    send(time)
    assert only_mail().state == MailState.WAITING
    assert "STARTTLS" in only_mail().fault
    assert "hemligt" not in only_mail().fault


def test_two_postmen_share_the_mails_and_send_each_once(
    app: Flask, cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    for _round in range(20):
        tell(cast.leader, cast.manager, project=project)
    from threading import Thread

    def postman() -> None:
        with app.app_context():
            send(time)
            db.session.remove()

    db.session.rollback()
    postmen = [Thread(target=postman) for _one in range(2)]
    for one in postmen:
        one.start()
    for one in postmen:
        one.join()
    assert len({mail.message["Message-ID"] for mail in office.taken}) == len(office.taken) == 40
    assert {mail.state for mail in mails()} == {MailState.SENT}


def test_a_kept_conversation_that_has_gone_stale_is_begun_anew(
    app: Flask, cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    tell(cast.leader, cast.manager, project=project)
    office.manners.answers = {"RSET": "421 you have been silent for too long"}
    assert send(time) == 2
    assert len(office.taken) == 2
    assert office.conversations == 2


def test_pauses_last_two_days() -> None:
    assert timedelta(days=2) <= sum(PAUSES, timedelta()) < timedelta(days=3)
    assert MailServer.repeatable is False
