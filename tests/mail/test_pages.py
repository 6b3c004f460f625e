"""What the administrator sees of the mail; and each person's own choice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import MailChoice, Person
from app.db import db
from app.history.models import HistoryEvent
from app.mail.models import MailState
from app.mail.sending import send_what_waits, settings
from app.projects.models import Project
from tests.conftest import Browser, Cast
from tests.mail.conftest import Time, mails, only_mail, send, tell, use
from tests.mail.post_office import PostOffice


def test_without_a_mail_server_the_administrator_reads_the_mails_as_text(
    app: Flask, browser: Browser, cast: Cast, project: Project, time: Time
) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    tell(cast.leader, project=project, title=hostile)
    send(time)
    mail = only_mail()
    assert mail.state == MailState.SENT
    browser.sign_in(cast.administrator)
    assert f'href="/admin/mejl/{mail.id}"' in browser.get("/admin/mejl").text
    page = browser.get(f"/admin/mejl/{mail.id}").text
    assert "leader@staden.example" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert "<img" not in page


def test_with_a_mail_server_nobody_reads_anothers_mail(
    app: Flask, browser: Browser, cast: Cast, project: Project, time: Time
) -> None:
    tell(cast.leader, project=project)
    send(time)
    use(app, 1)
    assert "Bygglov" not in browser.sign_in(cast.administrator).get(f"/admin/mejl/{only_mail().id}").text


def test_the_folder_holds_one_file_for_a_mail_however_often_it_is_written(
    app: Flask, cast: Cast, project: Project, time: Time
) -> None:
    tell(cast.leader, project=project)
    send(time)
    folder = app.config["MAIL_FOLDER"]
    (file,) = folder.iterdir()
    before = file.read_bytes()
    mail = only_mail()
    mail.state, mail.ended_at = MailState.WAITING.value, None
    db.session.commit()
    send(time)
    assert [one.name for one in folder.iterdir()] == [f"{mail.id}.eml"]
    assert file.read_bytes() == before
    assert file.stat().st_mode & 0o077 == 0


def test_a_mail_of_a_worker_that_died_is_written_again_to_the_folder(
    app: Flask, cast: Cast, project: Project, time: Time
) -> None:
    from app.mail import claiming

    tell(cast.leader, project=project)
    claim = claiming.claim_next(time.now)
    assert claim is not None
    claiming.hand_over(claim, "leader@staden.example", time.now)
    time.now += claiming.LEASE
    send(time)
    assert only_mail().state == MailState.SENT
    assert [one.name for one in app.config["MAIL_FOLDER"].iterdir()] == [f"{only_mail().id}.eml"]


def test_a_folder_that_cannot_be_written_to_is_tried_again(
    app: Flask, cast: Cast, project: Project, time: Time
) -> None:
    app.config["MAIL_FOLDER"].write_text("in the way")
    tell(cast.leader, project=project)
    send(time)
    assert only_mail().state == MailState.WAITING
    app.config["MAIL_FOLDER"].unlink()
    time.passes(minutes=1)
    send(time)
    assert only_mail().state == MailState.SENT


def test_the_list_is_filtered_by_state_and_has_pages(
    browser: Browser, cast: Cast, project: Project, time: Time
) -> None:
    for _mail in range(51):
        tell(cast.leader, project=project)
    time.passes(days=7)
    send(time)
    tell(cast.manager, project=project, now=time.now)
    browser.sign_in(cast.administrator)
    page = browser.get("/admin/mejl").text
    assert "Visar 1–50 av 52" in page
    assert "Visar 51–52 av 52" in browser.get("/admin/mejl?page=2").text
    assert "1 mejl" in browser.get("/admin/mejl?lage=waiting").text
    assert "51 mejl" in browser.get("/admin/mejl?lage=closed").text
    assert browser.get("/admin/mejl?lage=hittepå").status_code == 200


def test_the_administrator_is_told_what_needs_somebody_and_sends_it_again(
    browser: Browser, cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    office.manners.answers = {"RCPT": "550 nobody here"}
    tell(cast.leader, project=project)
    send(time)
    browser.sign_in(cast.administrator)
    assert "1 mejl behöver dig" in browser.get("/admin/mejl").text
    page = browser.get(f"/admin/mejl/{only_mail().id}").text
    assert "550 nobody here" in page
    assert "tar inte emot mejlet" in page
    assert browser.post(f"/admin/mejl/{only_mail().id}/skicka-igen").status_code == 302
    office.manners.answers = {}
    send_what_waits(lambda: datetime.now(UTC) + timedelta(seconds=1))
    assert len(mails()) == 1
    event = db.session.scalars(select(HistoryEvent).where(HistoryEvent.record_type == "mail")).one()
    assert (event.verb, event.actor_id) == ("send_mail_again", cast.administrator.id)


def test_what_has_been_sent_is_not_sent_again(
    browser: Browser, cast: Cast, project: Project, time: Time
) -> None:
    tell(cast.leader, project=project)
    send(time)
    browser.sign_in(cast.administrator)
    assert "Skicka igen" not in browser.get(f"/admin/mejl/{only_mail().id}").text
    assert browser.post(f"/admin/mejl/{only_mail().id}/skicka-igen").status_code == 403
    assert only_mail().state == MailState.SENT


def test_nobody_else_learns_what_mails_there_are(browser: Browser, cast: Cast, project: Project) -> None:
    tell(cast.leader, project=project)
    browser.sign_in(cast.leader)
    assert browser.get("/admin/mejl").status_code == 403
    assert browser.get(f"/admin/mejl/{only_mail().id}").status_code == 404
    assert browser.post(f"/admin/mejl/{only_mail().id}/skicka-igen").status_code == 404


def test_mails_that_nobody_takes_are_told_of(browser: Browser, cast: Cast, project: Project) -> None:
    browser.sign_in(cast.administrator)
    assert "Mejlen skickas inte" not in browser.get("/admin/mejl").text
    tell(cast.leader, project=project, now=datetime.now(UTC) - timedelta(hours=1))
    assert "Mejlen skickas inte" in browser.get("/admin/mejl").text


@pytest.mark.parametrize("choice", list(MailChoice))
def test_everybody_chooses_when_they_want_mail(choice: MailChoice, browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.leader)
    assert browser.post("/mina-installningar/mejl", data={"mail_choice": choice.value}).status_code == 302
    assert db.session.get_one(Person, cast.leader.id).mail_choice == choice
    page = browser.get("/mina-installningar").text
    assert (
        f'value="{choice.value}"'
        in page.split("checked")[0].rsplit("<input", 1)[1] + page.split("checked")[1]
    )


@pytest.mark.parametrize("sent", [{}, {"mail_choice": "varje timme"}])
def test_a_choice_that_is_none_is_told_of(sent: dict[str, str], browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.leader)
    answer = browser.post("/mina-installningar/mejl", data=sent)
    assert answer.status_code == 422
    assert "Fel:" in answer.text
    assert "Byt lösenord" in answer.text
    assert db.session.get_one(Person, cast.leader.id).mail_choice == MailChoice.AT_ONCE


def test_mail_is_sent_at_once_until_somebody_says_otherwise(app: Flask, cast: Cast) -> None:
    assert db.session.get_one(Person, cast.nobody.id).mail_choice == MailChoice.AT_ONCE
    assert settings().host == ""


def test_whoever_watches_is_told_how_long_the_oldest_has_waited(
    browser: Browser, cast: Cast, project: Project
) -> None:
    assert 'hemtag_oldest_waiting_seconds{kind="mail"} 0.0' in browser.get("/metrics").text
    tell(cast.leader, project=project, now=datetime.now(UTC) - timedelta(hours=1))
    told = browser.get("/metrics").text.split('hemtag_oldest_waiting_seconds{kind="mail"} ')[1]
    assert 3590 <= float(told.split()[0]) < 3700
    assert "hemtag_mails_needing_a_person 0.0" in browser.get("/metrics").text
