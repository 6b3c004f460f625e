"""Whatever goes wrong while a form is sent, its text is shown again, and "saved" is never said in vain."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from app import drafts
from app.db import db
from app.decisions import service as decisions
from app.programmes.models import Programme
from app.projects.models import Project
from tests.conftest import Browser, Cast
from tests.databases import address_of, as_owner
from tests.drafting import autosaved, filled_in, kept, opened
from tests.review_clock import set_clock
from tests.review_story import awaiting_decision, decide, in_council

TEXT = 'Rådet tillstyrker.\n<b>Villkor</b>: "mät utgångsvärdet" – före start.'
OPINION = {"meeting_on": "2027-03-01", "kind": "approve", "separate_statements": "0"}


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch)


@pytest.fixture
def case(cast: Cast, programme: Programme) -> Project:
    return in_council(cast, programme)


@pytest.fixture
def place(case: Project) -> str:
    return f"/projekt/{case.id}/yttrande"


@pytest.fixture
def sent(browser: Browser, cast: Cast, place: str) -> dict[str, str]:
    """An opinion, written on its page."""
    return opened(browser.sign_in(cast.secretary), place) | OPINION | {"text": TEXT}


def typed_texts(page: str) -> list[str]:
    """What the page shows of what was typed."""
    shown = re.findall(r"<textarea[^>]*>\s?(.*?)</textarea>", page, re.DOTALL)
    return [text.replace("&#34;", '"').replace("&lt;", "<").replace("&gt;", ">") for text in shown]


@contextmanager
def in_every_connection(*statements: str) -> Iterator[None]:
    """Run these in each new connection to the database, and begin anew without them."""

    def run(connection: Any, _record: Any) -> None:
        for statement in statements:
            connection.execute(statement)
        connection.commit()

    db.session.remove()
    engine = db.engine
    engine.dispose()
    event.listen(engine, "connect", run)
    try:
        yield
    finally:
        event.remove(engine, "connect", run)
        db.session.remove()
        engine.dispose()


FULL_DISK = """
    CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$"""


def on_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


@contextmanager
def locked() -> Iterator[None]:
    """Somebody else holds the pen, and nobody waits long for it."""
    impatient = "PRAGMA busy_timeout=50" if on_sqlite() else "SET lock_timeout = '50ms'"
    with in_every_connection(impatient), db.engine.connect() as other:
        other.begin()
        if not on_sqlite():
            other.exec_driver_sql("LOCK TABLE draft IN EXCLUSIVE MODE")  # which is written beside the pen
        yield
        other.rollback()


@contextmanager
def full() -> Iterator[None]:
    """The disk has no room for another page of the database."""
    with in_every_connection("PRAGMA max_page_count=1") if on_sqlite() else no_room_in_postgresql():
        yield


@contextmanager
def no_room_in_postgresql() -> Iterator[None]:
    """What a full disk makes PostgreSQL answer, raised by a trigger on what is written first."""
    db.session.remove()
    with as_owner(address_of(db.engine)) as owner:
        owner.exec_driver_sql(FULL_DISK)
        for table in ("form_receipt", "draft"):
            owner.exec_driver_sql(
                f"CREATE TRIGGER full_disk BEFORE INSERT ON {table} EXECUTE FUNCTION full_disk()"
            )
    try:
        yield
    finally:
        db.session.remove()
        with as_owner(address_of(db.engine)) as owner:
            owner.exec_driver_sql("DROP FUNCTION full_disk() CASCADE")


FAILURES = pytest.mark.parametrize("broken", [locked, full])


@FAILURES
def test_a_database_that_cannot_write_answers_with_the_text_to_be_sent_again(
    browser: Browser, place: str, sent: dict[str, str], broken: Callable[[], Any]
) -> None:
    sent |= {"text": TEXT * 60}  # more than fits in what is free of the last page
    with broken():
        answer = browser.post(place, data=sent)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "inget är sparat" in answer.text
    assert TEXT * 60 in typed_texts(answer.text)
    again = filled_in_again(answer.text)
    assert browser.post(place, data=again).status_code == 302, (
        "the same form, sent from the page of the failure"
    )
    assert "Yttrandet är registrerat" in browser.get(place.removesuffix("/yttrande")).text


def filled_in_again(page: str) -> dict[str, str]:
    from bs4 import BeautifulSoup

    form = BeautifulSoup(page, "html.parser").select_one("main form[method=post]")
    assert form is not None
    return filled_in(form)


@FAILURES
def test_autosave_never_says_saved_when_it_is_not(
    browser: Browser, cast: Cast, place: str, sent: dict[str, str], broken: Callable[[], Any]
) -> None:
    with broken():
        answer = browser.post(
            "/utkast",
            query_string={"till": place},
            data=sent | {"text": TEXT * 60},
            headers={"Accept": "application/json"},
        )
    assert answer.status_code == 503
    assert answer.json is not None
    assert "inget är sparat" in answer.json["message"]
    assert kept(cast.secretary, place) == {}
    assert browser.post("/utkast", query_string={"till": place}, data=sent).status_code == 200


def test_a_page_can_be_read_while_somebody_writes(browser: Browser, place: str, sent: dict[str, str]) -> None:
    with locked():
        assert browser.get(place).status_code == 200


def test_a_fault_of_ours_is_answered_with_the_text_and_keeps_it(
    browser: Browser, cast: Cast, place: str, sent: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: Any, **_named: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(decisions, "record_opinion", fail)
    answer = browser.post(place, data=sent)
    assert answer.status_code == 500
    assert TEXT in typed_texts(answer.text)
    assert "Yttrandet i ord" in answer.text, "with the words that stand beside the field"
    assert kept(cast.secretary, place)["text"].splitlines() == TEXT.splitlines()
    monkeypatch.undo()
    assert browser.post(place, data=filled_in_again(answer.text)).status_code == 302
    assert drafts.of(cast.secretary.id) == [], "once it is sent it is no draft any more"


def test_a_form_whose_case_has_gone_on_is_answered_with_the_text(
    browser: Browser, cast: Cast, case: Project, place: str, sent: dict[str, str], programme: Programme
) -> None:
    first = sent | {"text": "En kollega hann före."}
    browser.post(place, data=first)
    answer = browser.post(place, data=sent)
    assert answer.status_code == 403
    assert TEXT in typed_texts(answer.text)
    assert "csrf_token" not in "".join(re.findall(r"<main.*</main>", answer.text, re.DOTALL))
    assert kept(cast.secretary, place)["text"].splitlines() == TEXT.splitlines()


def test_a_decision_overtaken_by_another_is_answered_with_its_text(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    case = awaiting_decision(cast, programme)
    place = f"/projekt/{case.id}/beslut"
    sent = opened(browser.sign_in(cast.secretary), place) | {"kind": "approve", "reasons": TEXT}
    decide(cast.other_secretary, case)
    answer = browser.post(place, data=sent | {"step": "register"})
    assert answer.status_code == 403
    assert TEXT in typed_texts(answer.text)


def test_two_who_give_the_same_name_at_once_lose_nothing(
    app: Flask, browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database refuses the second, whatever was checked before."""
    from sqlalchemy.exc import IntegrityError

    from app.accounts import service

    def late(*_given: Any, **_named: Any) -> None:
        raise IntegrityError("insert", {}, Exception("UNIQUE"))

    monkeypatch.setattr(service, "create_department", late)
    browser.sign_in(cast.administrator)
    answer = browser.post("/admin/forvaltningar/ny", data={"name": "Fritidsförvaltningen"})
    assert answer.status_code == 409
    assert "Fritidsförvaltningen" in typed_texts(answer.text)


def test_what_was_autosaved_outlives_what_came_after(
    browser: Browser, cast: Cast, place: str, sent: dict[str, str]
) -> None:
    autosaved(browser, place, sent)
    with full():
        browser.post(place, data=sent | {"text": TEXT * 60})
    assert kept(cast.secretary, place)["text"] == TEXT
