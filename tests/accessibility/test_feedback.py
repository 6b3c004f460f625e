"""The accessibility statement, and what people tell about barriers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.accessibility import queries, service
from app.accessibility.models import Feedback
from app.accounts.guessing import TooManyAttemptsError
from app.accounts.service import set_language
from app.core.verdict import RefusedError
from app.db import db, transaction
from app.history.models import HistoryEvent
from app.history.service import System
from app.programmes.models import Programme
from tests.conftest import NOW, Browser, Cast

TOLD = {"text": "Tabellen går inte att läsa med skärmläsare.", "place": "/arenden", "reply_to": ""}
FORM, LIST = "/tillganglighet/synpunkt", "/admin/synpunkter"


def told(key: str = "a", text: str = "Knappen syns inte.", address: str = "192.0.2.1") -> Feedback:
    with transaction():
        return service.receive(
            System("Besökare"),
            text=text,
            place="Start",
            reply_to="anna@staden.example",
            form_key=key,
            address=address,
            now=NOW,
        )


def test_the_statement_says_what_the_law_asks_for_without_signing_in(browser: Browser) -> None:
    page = browser.get("/tillganglighet").text
    for part in (
        "delvis förenligt",
        "Skriv till oss",
        "digg.se",
        "Brister som vi känner till",
        "WCAG 2.2",
        "2026-",
    ):
        assert part in page, part


@pytest.mark.parametrize("address", ["/logga-in", "/finns-inte", "/tillganglighet", "/"])
def test_every_page_leads_to_the_statement_and_the_form(
    address: str, browser: Browser, cast: Cast, programme: Programme
) -> None:
    for someone in (None, cast.leader):
        if someone:
            browser.sign_in(someone)
        page = browser.get(address, follow_redirects=True).text
        assert 'href="/tillganglighet"' in page
        assert 'href="/tillganglighet/synpunkt?sida=' in page


def test_a_visitor_tells_and_an_administrator_sees_to_it(browser: Browser, cast: Cast) -> None:
    sent = browser.post(FORM, data=TOLD | {"form_key": "k"})
    assert sent.status_code == 302
    assert "Tack." in browser.get(sent.headers["Location"]).text
    browser.sign_in(cast.administrator)
    assert "Tabellen går inte" in browser.get(LIST).text
    found = db.session.scalars(select(Feedback)).one()
    page = f"{LIST}/{found.id}"
    assert browser.post(page, data={"outcome": ""}).status_code == 422
    assert browser.post(page, data={"outcome": "Rubrikerna är satta."}).status_code == 302
    assert "Rubrikerna är satta." in browser.get(page).text
    assert queries.waiting() == 0
    browser.post(f"{page}/oppna-igen")
    assert queries.waiting() == 1


def test_what_waits_is_counted_in_the_menu(browser: Browser, cast: Cast) -> None:
    told()
    browser.sign_in(cast.administrator)
    menu = browser.get("/").text
    assert "Synpunkter" in menu
    assert '<span class="count">' in menu


@pytest.mark.parametrize("role", ["leader", "secretary", "auditor", "council"])
def test_nobody_else_reads_what_is_told(role: str, browser: Browser, cast: Cast) -> None:
    feedback = told()
    browser.sign_in(getattr(cast, role))
    assert browser.get(LIST).status_code == 403
    assert browser.get(f"{LIST}/{feedback.id}").status_code == 404
    assert "Synpunkter" not in browser.get("/").text
    with pytest.raises(RefusedError):
        service.handle(getattr(cast, role), feedback, "Klart.", NOW)


def test_a_form_sent_twice_tells_once_and_other_words_are_never_swallowed(browser: Browser) -> None:
    for text in ("Ett", "Ett", "Två"):
        browser.post(FORM, data=TOLD | {"text": text, "form_key": "same"})
    assert [row.text for row in queries.page_of_feedback(limit=9, offset=0)] == ["Ett", "Två"]
    for _again in range(2):
        browser.post(FORM, data=TOLD | {"text": "Tre"})
    assert queries.count() == 4, "a form without a key is taken in each time"


def test_one_network_cannot_fill_the_list(app: Flask) -> None:
    for number in range(service.PER_NETWORK.at_once):
        told(str(number))
    with pytest.raises(TooManyAttemptsError):
        told("one too many")
    assert told("from elsewhere", address="198.51.100.7").id


def test_whoever_is_slowed_down_keeps_the_text_and_is_told_to_wait(browser: Browser) -> None:
    for number in range(service.PER_NETWORK.at_once):
        browser.post(FORM, data=TOLD | {"text": f"Nummer {number}"})
    page = browser.post(FORM, data=TOLD | {"text": "Det sista jag ville säga"})
    assert page.status_code == 422
    assert "Vänta" in page.text
    assert "Det sista jag ville säga" in page.text


def test_the_history_tells_who_did_what_but_not_the_senders_address(cast: Cast) -> None:
    feedback = told()
    with transaction():
        service.handle(cast.administrator, feedback, "Rättat.", NOW + timedelta(days=1))
    events = db.session.scalars(
        select(HistoryEvent).where(HistoryEvent.record_type == "accessibility_feedback")
    ).all()
    assert {(event.verb, event.actor_name) for event in events} == {
        ("tell_barrier", "Besökare"),
        ("handle_barrier", cast.administrator.name),
    }
    assert all("anna@staden.example" not in f"{event.to_value} {event.note}" for event in events)


def test_what_is_handled_is_not_handled_again(cast: Cast) -> None:
    feedback = told()
    with transaction():
        service.handle(cast.administrator, feedback, "Rättat.", NOW)
    with pytest.raises(service.AlreadyHandledError):
        service.handle(cast.administrator, feedback, "Igen.", NOW)


def test_the_form_knows_where_one_came_from_and_who_one_is(browser: Browser, cast: Cast) -> None:
    page = browser.sign_in(cast.leader).get(f"{FORM}?sida=/arenden").text
    assert 'value="/arenden"' in page
    assert "leader@staden.example" in page


@pytest.mark.parametrize("reply_to", ["anna", "anna@staden", "a b@c.se"])
def test_an_address_that_cannot_be_answered_is_refused(reply_to: str, browser: Browser) -> None:
    assert browser.post(FORM, data=TOLD | {"reply_to": reply_to}).status_code == 422
    assert queries.count() == 0


def test_hostile_words_stay_words(browser: Browser, cast: Cast) -> None:
    words = "<script>alert(1)</script>{{ 7*7 }}"
    browser.post(FORM, data={"text": words, "place": words, "reply_to": ""})
    page = browser.sign_in(cast.administrator).get(LIST).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "{{ 7*7 }}" in page


def test_a_visitor_changes_the_language_where_he_stands(browser: Browser) -> None:
    led = browser.get("/sprak?language=en&page=/tillganglighet")
    assert led.headers["Location"] == "/tillganglighet"
    assert "Accessibility statement" in browser.get("/tillganglighet").text
    for elsewhere in ("//evil.example/", "https://evil.example/", "/finns-inte"):
        target = browser.get("/sprak", query_string={"language": "en", "page": elsewhere}).headers["Location"]
        assert "evil" not in target


def test_the_filters_are_kept_when_the_language_changes(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.secretary)
    led = browser.post("/sprak", data={"language": "en", "page": "/arenden?q=uteservering&_scheme=ftp"})
    assert led.headers["Location"] == "/arenden?q=uteservering"


def test_a_reader_of_english_is_told_in_english(browser: Browser, cast: Cast) -> None:
    from app.accounts.models import Person

    with transaction():
        person = db.session.get(Person, cast.leader.id)
        assert person is not None
        set_language(cast.leader, person, "en", NOW)
    assert "Tell us if something does not work" in browser.sign_in(cast.leader).get("/").text
