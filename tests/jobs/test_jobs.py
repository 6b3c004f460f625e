"""Long work: done once, by whoever is there, for whoever may have it; and said to who asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import service as accounts
from app.accounts.access import Viewer
from app.accounts.models import Person
from app.accounts.queries import grants_of
from app.core.verdict import RefusedError
from app.db import db, transaction
from app.history.service import System
from app.jobs import claiming, queries, running, service
from app.jobs.kinds import JobFailedError, NotNowError, Outcome, Work
from app.jobs.models import JobState
from app.mail.models import Mail
from app.notifications.models import Kind
from tests.conftest import NOW, Browser, Cast
from tests.jobs.conftest import Do, asked, job, told
from tests.mail.conftest import Time


def test_work_is_done_kept_and_told_of(cast: Cast, work: object, time: Time, browser: Browser) -> None:
    number = asked(cast.manager)
    assert running.do_what_waits(time) == 1
    assert job(number).state == JobState.DONE
    assert told(cast.manager) == [Kind.JOB_DONE]
    assert db.session.scalars(select(Mail)).one().person_id == cast.manager.id
    browser.sign_in(cast.manager)
    assert "Det du beställde är klart" in browser.get("/aviseringar").text
    assert f'href="/arbeten/{number}"' in browser.get("/aviseringar").text
    assert f'href="/arbeten/{number}/fil"' in browser.get(f"/arbeten/{number}").text
    with browser.get(f"/arbeten/{number}/fil") as answer:
        assert answer.data == b"rapport"
        assert answer.headers["Content-Disposition"] == "attachment; filename=rapport.txt"
    assert running.do_what_waits(time) == 0


def test_the_mail_of_a_finished_job_leads_to_it(cast: Cast, work: object, time: Time, app: Flask) -> None:
    from app.mail.sending import send_what_waits

    number = asked(cast.manager)
    running.do_what_waits(time)
    send_what_waits(time)
    (file,) = Path(app.config["MAIL_FOLDER"]).glob("*.eml")
    assert f"/arbeten/{number}" in file.read_text()


def test_nobody_else_sees_it(cast: Cast, work: object, time: Time, browser: Browser) -> None:
    number = asked(cast.manager)
    running.do_what_waits(time)
    for other in (cast.administrator, cast.auditor, cast.other_manager):
        browser.sign_in(other)
        for page in ("", "/lage", "/fil"):
            assert browser.get(f"/arbeten/{number}{page}").status_code == 404
    assert told(cast.administrator) == []


def test_whoever_may_not_have_it_cannot_ask_for_it(cast: Cast, work: object) -> None:
    with pytest.raises(RefusedError):
        service.ask(cast.nobody, "test", {"what": "rapport"}, "", NOW)
    with pytest.raises(RefusedError):
        service.ask(cast.manager, "test", {"what": "okänt"}, "", NOW)
    with pytest.raises(RefusedError):
        service.ask(cast.manager, "no such work", {}, "", NOW)


def end_roles(viewer: Viewer) -> None:
    with transaction():
        for grant in grants_of(viewer.id):
            accounts.end_role(System(), grant, NOW)


def test_rights_are_asked_again_when_it_is_done(cast: Cast, work: object, time: Time) -> None:
    number = asked(cast.manager)
    end_roles(cast.manager)
    running.do_what_waits(time)
    assert (job(number).state, job(number).sha256) == (JobState.FAILED, "")
    assert job(number).fault == "Du har inte längre rätt till det som beställdes."
    assert told(cast.manager) == [Kind.JOB_FAILED]


def test_rights_are_asked_again_when_it_is_fetched(
    cast: Cast, work: object, time: Time, browser: Browser
) -> None:
    number = asked(cast.manager)
    running.do_what_waits(time)
    end_roles(cast.manager)
    browser.sign_in(cast.manager)
    assert browser.get(f"/arbeten/{number}/fil").status_code == 404


def test_whoever_has_left_gets_nothing_done(cast: Cast, work: object, time: Time) -> None:
    number = asked(cast.manager)
    with transaction():
        manager = db.session.get_one(Person, cast.manager.id)
        accounts.change_person(
            System(), manager, email=manager.email, name=manager.name, title="", active=False, now=NOW
        )
    running.do_what_waits(time)
    assert job(number).state == JobState.FAILED


def test_the_same_work_is_not_begun_twice(cast: Cast, work: object, time: Time) -> None:
    first = asked(cast.manager)
    assert asked(cast.manager) == first
    assert asked(cast.manager, "en annan") != first
    assert asked(cast.secretary) != first
    running.do_what_waits(time)
    assert asked(cast.manager) != first, "what is done can be asked for anew"


def test_a_fault_is_said_in_words_and_nothing_else_is(
    cast: Cast, work: Callable[[Do], None], time: Time, browser: Browser
) -> None:
    def no_good(_work: Work, _what: str) -> Outcome:
        raise JobFailedError("Rad 7 har inget belopp.")

    work(no_good)
    number = asked(cast.manager)
    running.do_what_waits(time)
    assert "Rad 7 har inget belopp." in browser.sign_in(cast.manager).get(f"/arbeten/{number}").text

    def breaks(_work: Work, _what: str) -> Outcome:
        raise ZeroDivisionError("hemligt")

    work(breaks)
    number = asked(cast.manager)
    running.do_what_waits(time)
    page = browser.get(f"/arbeten/{number}").text
    assert "Något gick fel hos oss" in page
    assert "hemligt" not in page
    assert told(cast.manager) == [Kind.JOB_FAILED, Kind.JOB_FAILED]


def test_what_cannot_be_done_now_waits_a_while(cast: Cast, work: Callable[[Do], None], time: Time) -> None:
    def busy(_work: Work, _what: str) -> Outcome:
        raise NotNowError

    work(busy)
    number = asked(cast.manager)
    for _round in range(5):
        assert running.do_what_waits(time) == 1
        assert job(number).state == JobState.WAITING
        assert running.do_what_waits(time) == 0
        time.passes(minutes=1)


def state_of(browser: Browser, number: int) -> dict[str, Any]:
    state: dict[str, Any] = browser.get(f"/arbeten/{number}/lage").get_json()
    return state


def test_progress_is_shown_while_it_goes_on(
    cast: Cast, work: Callable[[Do], None], time: Time, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "BETWEEN_BEATS", 0.01)
    browser.sign_in(cast.manager)
    seen: list[str] = []

    def reports(work: Work, _what: str) -> Outcome:
        work.tell(3, 8, "Läser rapporter.")
        while "3 av 8" not in browser.get(f"/arbeten/{number}").text:
            pass
        seen.append(state_of(browser, number)["told"])
        return Outcome()

    work(reports)
    number = asked(cast.manager)
    page = browser.get(f"/arbeten/{number}").text
    assert "väntar på sin tur" in page
    assert "Visa hur långt det har kommit" in page
    running.do_what_waits(time)
    assert seen == ["3 av 8 delar är klara. Läser rapporter."]
    assert state_of(browser, number)["ended"] is True
    assert "Visa hur långt" not in browser.get(f"/arbeten/{number}").text


def test_results_that_nobody_can_fetch_any_more_go(
    app: Flask, cast: Cast, work: object, time: Time, browser: Browser
) -> None:
    import os

    number = asked(cast.manager)
    running.do_what_waits(time)
    path = running.results().path(job(number).sha256)
    os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    assert running.forget_old_results(NOW + timedelta(days=29)) == 0
    assert running.forget_old_results(NOW + timedelta(days=31)) == 1
    browser.sign_in(cast.manager)
    assert "finns inte kvar" in browser.get(f"/arbeten/{number}").text
    assert browser.get(f"/arbeten/{number}/fil").status_code == 404


def test_how_long_work_has_waited_is_told(cast: Cast, work: object) -> None:
    asked(cast.manager)
    assert queries.waiting_since(NOW) == NOW
    assert claiming.claim_next(NOW) is not None
    assert queries.waiting_since(NOW) is None
