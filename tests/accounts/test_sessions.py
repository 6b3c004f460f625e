"""Sessions: new at every sign-in, ended at once by what changes a person's power, and limited in time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import queries, service
from app.accounts.limits import Limits
from app.accounts.models import RoleGrant, SignIn
from app.db import db, transaction
from app.history.models import HistoryEvent
from tests.conftest import NOW, Browser, Cast

SIGN_IN = "/logga-in"


def tokens(browser: Browser) -> str:
    with browser.session_transaction() as cookie:
        return str(cookie["token"])


def row_of(browser: Browser) -> SignIn:
    query = select(SignIn).where(SignIn.token_hash == queries.token_hash(tokens(browser)))
    return db.session.scalars(query).one()


def shift(browser: Browser, *, began: timedelta = timedelta(0), seen: timedelta = timedelta(0)) -> None:
    """As if the session had begun and been used so much earlier."""
    row = row_of(browser)
    row.created_at -= began
    row.last_seen_at -= seen
    db.session.commit()


def test_whatever_was_in_the_cookie_before_is_gone_after_the_sign_in(browser: Browser, cast: Cast) -> None:
    with browser.session_transaction() as cookie:
        cookie["token"] = "planted"
        cookie["csrf_token"] = "planted"
    browser.sign_in(cast.leader)
    with browser.session_transaction() as cookie:
        assert "planted" not in cookie.values()


def test_each_sign_in_has_a_token_of_its_own_and_ends_the_one_before(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.leader)
    first = tokens(browser)
    browser.sign_in(cast.manager)
    assert tokens(browser) != first
    ended = db.session.scalars(select(SignIn).where(SignIn.token_hash == queries.token_hash(first))).one()
    assert ended.ended_at is not None


def test_the_table_of_sessions_opens_nothing(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.leader)
    kept = row_of(browser)
    known_by = browser.get_cookie("hemtag-browser")
    assert known_by is not None
    assert {tokens(browser), known_by.value}.isdisjoint(vars(kept).values())


def test_a_role_that_is_given_or_taken_ends_the_sessions_at_once_and_is_told(
    browser: Browser, cast: Cast
) -> None:
    browser.sign_in(cast.nobody)
    assert browser.get("/").status_code == 200
    administrator = browser.application.test_client()
    assert isinstance(administrator, Browser)
    administrator.sign_in(cast.administrator)
    page = f"/admin/personer/{cast.nobody.id}/roller"
    assert administrator.post(page, data={"new-role-role": "auditor"}).status_code == 302
    assert browser.get("/").headers["Location"] == SIGN_IN
    browser.sign_in(cast.nobody)
    grant = db.session.scalars(select(RoleGrant).where(RoleGrant.person_id == cast.nobody.id)).one()
    assert administrator.post(f"/admin/roller/{grant.id}/avsluta").status_code == 302
    assert browser.get("/").headers["Location"] == SIGN_IN
    verbs = db.session.scalars(select(HistoryEvent.verb).order_by(HistoryEvent.id.desc()).limit(20))
    assert {"grant_role", "end_role"} <= set(verbs)


def test_somebody_who_has_left_is_signed_out_at_once(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.leader)
    with transaction():
        person = queries.person(cast.leader.id)
        assert person is not None
        service.change_person(
            cast.administrator, person, email=person.email, name=person.name, title="", active=False, now=NOW
        )
    assert browser.get("/").headers["Location"] == SIGN_IN


def test_a_session_that_is_used_lasts_two_hours_more_but_never_past_twelve(
    browser: Browser, cast: Cast
) -> None:
    browser.sign_in(cast.leader)
    shift(browser, began=timedelta(hours=11), seen=timedelta(hours=1, minutes=59))
    assert browser.get("/").status_code == 200, "this marks it as used"
    shift(browser, seen=timedelta(hours=1, minutes=59))
    assert browser.get("/").status_code == 200
    shift(browser, began=timedelta(hours=1, minutes=1))
    assert browser.get("/").headers["Location"] == SIGN_IN


def test_a_page_asks_how_long_it_lasts_without_making_it_last(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.leader)
    shift(browser, seen=timedelta(hours=1, minutes=55))
    for _time in range(2):
        told = browser.get("/session").get_json()
        assert told["person"] == cast.leader.id
        assert told["warned_in"] == 0
        assert 280 < told["ends_in"] <= 301
        assert "om du inte gör något innan dess" in told["warning"]
    longer = browser.post("/session").get_json()
    assert longer["ends_in"] > 7_190
    assert browser.get("/session").get_json()["warned_in"] > 6_590


def test_the_last_minutes_of_the_day_cannot_be_prolonged_and_it_says_so(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.leader)
    shift(browser, began=timedelta(hours=11, minutes=55))
    told = browser.post("/session").get_json()
    assert (told["can_be_extended"], told["warned_in"]) == (False, 0)
    assert told["ends_in"] <= 301
    assert "logga in igen" in told["warning"]


def test_nobody_is_told_of_nobodys_session(browser: Browser, cast: Cast) -> None:
    assert browser.get("/session").get_json() == {"person": None}
    browser.sign_in(cast.leader)
    shift(browser, seen=timedelta(hours=3))
    assert browser.get("/session").get_json() == {"person": None}
    assert browser.post("/session").headers["Location"] == SIGN_IN


def test_the_page_that_warns_knows_when_to(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.leader)
    page = browser.get("/").text
    assert 'data-warned-in="66' in page, "a hundred and ten minutes from now"
    assert "session.js" in page
    assert "data-session" not in browser.application.test_client().get(SIGN_IN).text


def test_the_limits_are_told_before_one_signs_in(browser: Browser, cast: Cast) -> None:
    text = " ".join(browser.get(SIGN_IN).text.split())
    assert "inte har använt Hemtag på 2 timmar, och alltid efter 12 timmar" in text
    assert "10 minuter innan" in text


def test_limits_are_counted_so_that_the_end_has_come_when_it_is_said() -> None:
    limits = Limits(NOW, idle_ends=NOW + timedelta(minutes=10), ends=NOW + timedelta(hours=1))
    assert (limits.ends_in, limits.warned_in, limits.can_be_extended) == (601, 1, True)
    over = Limits(NOW, idle_ends=NOW, ends=NOW)
    assert (over.ends_in, over.warned_in, over.can_be_extended) == (1, 0, False)


def test_sessions_are_listed_with_where_they_come_from(browser: Browser, cast: Cast) -> None:
    browser.environ_base["REMOTE_ADDR"] = "192.0.2.44"
    page = browser.sign_in(cast.leader).get("/mina-sessioner").text
    assert "192.0.2.44" in page
    assert "Här är du inloggad till klockan" in page


@pytest.mark.parametrize("planted", ["", "x" * 3_000, "å\x00", "../.."])
def test_a_browser_that_says_nonsense_about_itself_can_still_be_signed_in_with(
    browser: Browser, cast: Cast, planted: str
) -> None:
    browser.set_cookie("hemtag-browser", planted)
    browser.environ_base["HTTP_USER_AGENT"] = planted
    assert browser.sign_in(cast.leader).get("/").status_code == 200


def test_the_cookies_are_kept_from_scripts_and_other_sites(app: Flask, browser: Browser, cast: Cast) -> None:
    answer = browser.post(
        SIGN_IN, data={"email": "leader@staden.example", "password": "korrekt häst batteri"}
    )
    cookies = answer.headers.getlist("Set-Cookie")
    assert sorted(cookie.partition("=")[0] for cookie in cookies) == ["hemtag", "hemtag-browser"]
    assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie for cookie in cookies)
    assert not any("Domain" in cookie for cookie in cookies)
