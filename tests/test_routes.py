"""Every route says who may use it, and what may not be seen looks like what does not exist."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.conftest import Browser, Cast
from tools import policy_table

PUBLIC = {
    "accounts.sign_in",
    "accounts.language",
    "accounts.session_state",
    "accounts.keep",
    "accessibility.statement",
    "accessibility.tell",
    "static",
    "upkeep.healthz",  # whoever watches the product has no account; it says that the process lives
    "upkeep.readyz",  # the same; it says what is wanting, never where or with what
    "upkeep.metrics",  # asks for a token, or for being this machine itself
}
"""The routes that are open to everybody. A new one needs a reason: `accounts.keep` takes what somebody
types when the session has ended, and knows whose it is by the form's key."""


def rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


PARTS = {"int": "999999", "form_key": "bakgrund"}
"""For each kind of placeholder something that has its form and that no record has."""


def address(rule: Rule) -> str:
    """The route's address with every placeholder filled in."""
    return re.sub(r"<(\w+):\w+>", lambda part: PARTS[part[1]], rule.rule)


def method(rule: Rule) -> str:
    return "GET" if "GET" in (rule.methods or ()) else "POST"


def test_every_route_declares_who_may_use_it(app: Flask) -> None:
    undeclared = [
        rule.endpoint for rule in rules(app) if not hasattr(app.view_functions[rule.endpoint], "policy")
    ]
    assert undeclared == []


def test_only_the_listed_routes_are_public(app: Flask) -> None:
    public = {
        rule.endpoint
        for rule in rules(app)
        if getattr(app.view_functions[rule.endpoint], "policy", None) == "public"
    }
    assert public <= PUBLIC


def test_nobody_gets_past_the_sign_in_without_a_session(app: Flask, browser: Browser) -> None:
    for rule in rules(app):
        if rule.endpoint in PUBLIC:
            continue
        answer = browser.open(address(rule), method=method(rule))
        assert answer.status_code == 302, rule.endpoint
        assert answer.headers["Location"] == "/logga-in", rule.endpoint


@pytest.mark.parametrize(
    "who", ["leader", "manager", "secretary", "council", "auditor", "administrator", "nobody"]
)
def test_no_role_finds_a_record_that_does_not_exist(
    app: Flask, browser: Browser, cast: Cast, who: str
) -> None:
    browser.sign_in(getattr(cast, who))
    for rule in rules(app):
        if "<" in rule.rule:
            answer = browser.open(address(rule), method=method(rule))
            assert answer.status_code in (403, 404), f"{rule.endpoint} as {who}"


def test_a_route_that_changes_something_is_not_a_get(app: Flask) -> None:
    for rule in rules(app):
        if "POST" not in (rule.methods or ()):
            assert rule.methods is not None
            assert not rule.methods & {"PUT", "PATCH", "DELETE"}, rule.endpoint


def test_a_form_without_its_token_is_refused(app: Flask, browser: Browser, cast: Cast) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    answer = browser.post("/logga-in", data={"email": "leader@staden.example", "password": "x"})
    assert answer.status_code == 400
    assert "för gammal" in answer.text


def test_every_answer_carries_the_headers_that_keep_the_browser_on_our_side(browser: Browser) -> None:
    headers = browser.get("/logga-in").headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_an_unknown_page_says_so_in_swedish(browser: Browser) -> None:
    answer = browser.get("/finns-inte")
    assert answer.status_code == 404
    assert "Sidan finns inte" in answer.text


def test_the_policy_table_says_what_the_code_says() -> None:
    assert policy_table.PAGE.read_text() == policy_table.page(), "run make policy-table"
