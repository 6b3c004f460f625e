"""Signing in and out."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from app.accounts.models import SignIn
from app.db import db
from tests.conftest import PASSWORD, Browser, Cast


def test_a_person_signs_in_with_address_and_password(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.leader)
    page = browser.get("/")
    assert page.status_code == 200
    assert "Leader" in page.text


def test_a_wrong_password_says_so_and_keeps_the_address(browser: Browser, cast: Cast) -> None:
    answer = browser.post("/logga-in", data={"email": "leader@staden.example", "password": "fel"})
    assert answer.status_code == 422
    assert "hör inte ihop" in answer.text
    assert "leader@staden.example" in answer.text


def test_an_unknown_address_gets_the_same_answer(browser: Browser, cast: Cast) -> None:
    answer = browser.post("/logga-in", data={"email": "ingen@staden.example", "password": "fel"})
    assert answer.status_code == 422
    assert "hör inte ihop" in answer.text


def test_ten_failures_close_the_door_for_a_while(browser: Browser, cast: Cast) -> None:
    for _ in range(10):
        browser.post("/logga-in", data={"email": "leader@staden.example", "password": "fel"})
    answer = browser.post("/logga-in", data={"email": "leader@staden.example", "password": PASSWORD})
    assert answer.status_code == 422
    assert "För många försök" in answer.text


def test_a_page_that_needs_a_person_leads_to_the_sign_in_and_back(browser: Browser, cast: Cast) -> None:
    assert browser.get("/").headers["Location"] == "/logga-in"
    answer = browser.post("/logga-in", data={"email": "leader@staden.example", "password": PASSWORD})
    assert answer.headers["Location"] == "/"


def test_signing_out_ends_the_session_on_the_server(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.leader)
    with browser.session_transaction() as cookie:
        token = cookie["token"]
    browser.post("/logga-ut")
    with browser.session_transaction() as cookie:
        cookie["token"] = token
    assert browser.get("/").status_code == 302


def test_a_session_ends_when_it_has_been_idle(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.leader)
    row = db.session.scalars(select(SignIn)).one()
    row.last_seen_at -= timedelta(hours=3)
    db.session.commit()
    assert browser.get("/").status_code == 302


def test_the_choice_of_language_is_kept_with_the_person(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.leader)
    assert 'lang="sv"' in browser.get("/").text
    browser.post("/sprak", data={"language": "en"})
    assert 'lang="en"' in browser.get("/").text
