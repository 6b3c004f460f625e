"""One's own sessions and password, and the people of a demonstration."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import passwords, service
from app.accounts.models import Person, Role, SignIn
from app.accounts.passwords import hashed
from app.db import db, transaction
from app.history.service import System
from tests.conftest import NOW, PASSWORD, Browser, Cast

ONE_DATABASE_IS_ENOUGH = "What its pages ask is asked of both databases in tests/web/test_both_databases.py."

NEW = "fyra glada gröna grodor"


@pytest.fixture
def phone(browser: Browser) -> Browser:
    client = browser.application.test_client()
    assert isinstance(client, Browser)
    return client


def session_of(viewer_id: int) -> SignIn:
    return db.session.scalars(select(SignIn).where(SignIn.person_id == viewer_id)).one()


def test_a_person_sees_and_ends_a_session_of_their_own(browser: Browser, phone: Browser, cast: Cast) -> None:
    phone.sign_in(cast.leader)
    on_phone = session_of(cast.leader.id).id
    browser.sign_in(cast.leader)
    page = browser.get("/mina-sessioner").text
    assert page.count('/avsluta"') == 1
    assert "Den här webbläsaren" in page
    assert browser.post(f"/mina-sessioner/{on_phone}/avsluta").status_code == 302
    assert phone.get("/mina-sessioner").headers["Location"] == "/logga-in"
    assert browser.get("/mina-sessioner").status_code == 200


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
        ("curl/8.0", "Okänd webbläsare"),
    ],
)
def test_a_browser_is_named_as_people_know_it(
    user_agent: str, name: str, browser: Browser, cast: Cast
) -> None:
    browser.environ_base["HTTP_USER_AGENT"] = user_agent
    assert name in browser.sign_in(cast.leader).get("/mina-sessioner").text


def test_nobody_ends_the_session_of_another(browser: Browser, phone: Browser, cast: Cast) -> None:
    phone.sign_in(cast.leader)
    browser.sign_in(cast.administrator)
    answer = browser.post(f"/mina-sessioner/{session_of(cast.leader.id).id}/avsluta")
    assert answer.status_code == 404
    assert phone.get("/mina-sessioner").status_code == 200


def test_every_other_session_ends_at_once(browser: Browser, phone: Browser, cast: Cast) -> None:
    phone.sign_in(cast.leader)
    browser.sign_in(cast.leader)
    browser.post("/mina-sessioner/avsluta-andra")
    assert phone.get("/mina-sessioner").status_code == 302
    assert browser.get("/mina-sessioner").status_code == 200


def test_a_new_password_needs_the_old_one_and_signs_the_others_out(
    browser: Browser, phone: Browser, cast: Cast
) -> None:
    phone.sign_in(cast.leader)
    browser.sign_in(cast.leader)
    answer = browser.post("/mina-installningar", data={"old": PASSWORD, "new": NEW, "again": NEW})
    assert answer.status_code == 302
    assert browser.get("/mina-installningar").status_code == 200
    assert phone.get("/mina-sessioner").status_code == 302
    signed_in = phone.post("/logga-in", data={"email": "leader@staden.example", "password": NEW})
    assert signed_in.status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "again", "fault"),
    [
        ("fel lösenord", NEW, NEW, "Det är inte ditt nuvarande lösenord."),
        (PASSWORD, "elva tecken", "elva tecken", "Ange minst 12 tecken."),
        (PASSWORD, NEW, NEW + "!", "De två nya lösenorden är olika."),
        (PASSWORD, "x" * 201, "x" * 201, "201 tecken lång"),
        ("", NEW, NEW, "Ange ditt nuvarande lösenord."),
    ],
)
def test_a_bad_new_password_is_refused(
    old: str, new: str, again: str, fault: str, browser: Browser, cast: Cast
) -> None:
    browser.sign_in(cast.leader)
    answer = browser.post("/mina-installningar", data={"old": old, "new": new, "again": again})
    assert answer.status_code == 422
    assert fault in answer.text
    kept = db.session.get_one(Person, cast.leader.id).password_hash
    assert passwords.fits(kept, PASSWORD)


def test_guessing_the_old_password_is_slowed_down(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.leader)
    for _ in range(10):
        browser.post("/mina-installningar", data={"old": "fel", "new": NEW, "again": NEW})
    answer = browser.post("/mina-installningar", data={"old": PASSWORD, "new": NEW, "again": NEW})
    assert answer.status_code == 422
    assert "För många försök" in answer.text


def test_a_visitor_of_the_demonstration_picks_a_person(app: Flask, browser: Browser, cast: Cast) -> None:
    app.config["DEMO"] = True
    with transaction():
        person = service.create_person(
            System(),
            email="revisorn@demo.hemtag.example",
            name="Revisorn",
            title="",
            password_hash=hashed(service.DEMO_PASSWORD),
            now=NOW,
        )
        service.grant_role(System(), person, Role.AUDITOR, None, NOW)
    page = browser.get("/logga-in").text
    assert "revisorn@demo.hemtag.example" in page
    assert "Revisor" in page
    assert service.DEMO_PASSWORD in page
    assert "leader@staden.example" not in page
    picked = {"email": "revisorn@demo.hemtag.example", "password": service.DEMO_PASSWORD}
    assert browser.post("/logga-in", data=picked).headers["Location"] == "/"


def test_without_a_demonstration_nobody_is_shown(browser: Browser, cast: Cast) -> None:
    page = browser.get("/logga-in").text
    assert service.DEMO_PASSWORD not in page
    assert "demonstration" not in page
