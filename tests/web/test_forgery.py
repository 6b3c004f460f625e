"""What another site makes a browser send changes nothing."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.db import db
from app.history.models import HistoryEvent
from tests.conftest import Browser, Cast
from tests.test_routes import address, rules

ONE_DATABASE_IS_ENOUGH = "A forged request is refused by its headers, before any record is read."

ROLES = ("leader", "manager", "secretary", "administrator")


def token(browser: Browser) -> str:
    """The one that the pages of this browser carry."""
    page = browser.get("/mina-installningar").text
    return page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]


def told() -> int:
    return db.session.scalar(select(func.count()).select_from(HistoryEvent)) or 0


@pytest.fixture
def protected(app: Flask, browser: Browser, cast: Cast) -> Browser:
    """A browser in which the administrator is signed in, as people meet the product."""
    browser.sign_in(cast.administrator)
    app.config["WTF_CSRF_ENABLED"] = True
    browser.opens_forms = False
    return browser


def test_no_form_has_an_effect_without_its_token(app: Flask, protected: Browser) -> None:
    before = told()
    for rule in rules(app):
        if "POST" in (rule.methods or ()):
            for sent in ({}, {"csrf_token": ""}, {"csrf_token": "x" * 91}):
                answer = protected.post(address(rule), data=sent)
                assert 400 <= answer.status_code < 500, rule.endpoint
                assert "Location" not in answer.headers, rule.endpoint
    assert told() == before


@pytest.mark.parametrize(
    "trick",
    [
        {"data": json.dumps({"name": "X"}), "content_type": "application/json"},
        {"data": "name=X&csrf_token=", "content_type": "text/plain"},
        {"data": "name=X", "content_type": "application/x-www-form-urlencoded; charset=utf-7"},
        {"data": {"name": "X", "file": (BytesIO(b"x"), "csrf_token")}},
        {"data": {"name": "X", "_method": "PUT", "x-csrf_token": ""}},
        {"data": {"name": "X"}, "headers": {"X-HTTP-Method-Override": "GET", "X-CSRFToken": ""}},
    ],
)
def test_no_other_way_of_sending_gets_past_the_token(protected: Browser, trick: dict[str, object]) -> None:
    before = told()
    answer = protected.post("/admin/forvaltningar/ny", **trick)
    assert 400 <= answer.status_code < 500
    assert told() == before


def test_a_token_of_another_browser_is_worth_nothing(app: Flask, protected: Browser, cast: Cast) -> None:
    other = app.test_client()
    assert isinstance(other, Browser)
    other.get("/logga-in")
    with other.session_transaction() as cookie:
        assert "csrf_token" in cookie
    stranger = other.get("/logga-in").text.partition('name="csrf_token"')[2].partition('value="')[2]
    sent = {"name": "Ny förvaltning", "csrf_token": stranger.partition('"')[0]}
    assert protected.post("/admin/forvaltningar/ny", data=sent).status_code == 400


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_sent_from_another_site_is_refused_even_with_the_token(protected: Browser, site: str) -> None:
    sent = {"name": "Ny förvaltning", "csrf_token": token(protected), "form_key": protected.key()}
    answer = protected.post("/admin/forvaltningar/ny", data=sent, headers={"Sec-Fetch-Site": site})
    assert answer.status_code == 400
    answer = protected.post("/admin/forvaltningar/ny", data=sent, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 302


def test_a_form_that_is_sent_without_a_referrer_is_taken(protected: Browser) -> None:
    """Some browsers and proxies leave it out; the token is proof enough."""
    sent = {"name": "Ny förvaltning", "csrf_token": token(protected), "form_key": protected.key()}
    answer = protected.post("/admin/forvaltningar/ny", data=sent, base_url="https://localhost")
    assert answer.status_code == 302


def test_the_first_of_two_fields_with_one_name_counts_everywhere(protected: Browser) -> None:
    sent = [("name", "Den första"), ("name", "Den andra"), ("csrf_token", token(protected))]
    sent.append(("form_key", protected.key()))
    body = "&".join(f"{name}={value}" for name, value in sent)
    answer = protected.post(
        "/admin/forvaltningar/ny", data=body, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 302
    page = protected.get("/admin/forvaltningar").text
    assert "Den första" in page
    assert "Den andra" not in page
