"""A form that is sent when its session is over: its text is kept for its writer, and nothing is done."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from app import drafts
from app.accounts.models import SignIn
from app.db import db, transaction
from app.decisions.models import Decision
from app.programmes.models import Programme
from app.projects.models import Project
from app.web import typed
from app.web.forms import Password
from app.web.opened import OpenedForm
from tests.conftest import NOW, Browser, Cast
from tests.drafting import filled_in, form_on, kept, opened
from tests.review_story import awaiting_decision, returned, taken_in
from tests.story import awaiting_signature

REASONS = "Nyttan överstiger kostnaden redan 2029.\nDriften är finansierad."


@pytest.fixture
def case(cast: Cast, programme: Programme) -> Project:
    return awaiting_decision(cast, programme)


def end_sessions() -> None:
    """What the administrator, a new password or two idle hours do."""
    with transaction():
        db.session.execute(update(SignIn).values(last_seen_at=NOW - timedelta(days=900)))


def test_a_decision_that_is_sent_too_late_is_shown_again_after_the_sign_in(
    browser: Browser, cast: Cast, case: Project
) -> None:
    place = f"/projekt/{case.id}/beslut"
    sent = opened(browser.sign_in(cast.secretary), place) | {
        "kind": "approve",
        "reasons": REASONS,
        "step": "register",
    }
    end_sessions()
    answer = browser.post(place, data=sent)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/logga-in")
    assert "Det du skrev är sparat" in browser.get("/logga-in").text
    browser.sign_in(cast.secretary)
    page = browser.get(place).text
    assert "Utkast från" in page
    shown = filled_in(form_on(page))
    assert shown["reasons"].splitlines() == REASONS.splitlines()
    assert {name: text for name, text in shown.items() if name.startswith("amounts")} == {
        name: text for name, text in sent.items() if name.startswith("amounts")
    }
    assert db.session.scalar(select(func.count()).select_from(Decision)) == 0, "nothing is done unseen"


def test_the_sign_in_leads_back_to_the_form(browser: Browser, cast: Cast, case: Project) -> None:
    place = f"/projekt/{case.id}/beslut"
    sent = opened(browser.sign_in(cast.secretary), place) | {"reasons": REASONS}
    end_sessions()
    browser.post(place, data=sent)
    email = "secretary@staden.example"
    answer = browser.post("/logga-in", data={"email": email, "password": "korrekt häst batteri"})
    assert answer.headers["Location"] == place


def test_a_form_inside_another_page_leads_back_to_that_page(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = returned(cast, taken_in(cast, programme))
    page = f"/projekt/{project.id}/ansokan/mal"
    text = browser.sign_in(cast.leader).get(page).text
    [place] = set(re.findall(r'action="(/projekt/\d+/fragor/\d+)"', text))
    sent = filled_in(form_on(text, place))
    [name] = [name for name in sent if name.endswith("-answer")]
    end_sessions()
    browser.post(place, data=sent | {name: "Sex veckor i dag."})
    browser.sign_in(cast.leader)
    assert "Sex veckor i dag." in browser.get(page).text


def test_somebody_else_who_signs_in_sees_nothing_of_it(browser: Browser, cast: Cast, case: Project) -> None:
    place = f"/projekt/{case.id}/beslut"
    sent = opened(browser.sign_in(cast.secretary), place) | {"reasons": REASONS}
    end_sessions()
    browser.post(place, data=sent)
    browser.sign_in(cast.other_secretary)
    assert "Driften är finansierad" not in browser.get(place).text
    assert "Driften är finansierad" not in browser.get("/mina-utkast").text


def test_a_form_of_the_one_who_was_signed_in_before_is_not_sent_as_somebody_else(
    browser: Browser, cast: Cast, case: Project
) -> None:
    place = f"/projekt/{case.id}/beslut"
    sent = opened(browser.sign_in(cast.secretary), place) | {"reasons": REASONS, "step": "check"}
    browser.post("/logga-ut")
    browser.sign_in(cast.other_secretary)
    answer = browser.post(place, data=sent)
    assert answer.status_code == 400
    assert "Inget är ändrat" in answer.text
    assert kept(cast.other_secretary, place) == {}
    assert kept(cast.secretary, place)["reasons"].splitlines() == REASONS.splitlines()


def test_a_page_that_was_opened_before_a_new_sign_in_is_shown_anew_with_its_text(
    app: Flask, browser: Browser, cast: Cast, case: Project
) -> None:
    """The sign-in gives a fresh cookie, and the old page's token is no longer the session's."""
    place = f"/projekt/{case.id}/beslut"
    sent = opened(browser.sign_in(cast.secretary), place) | {"reasons": REASONS}
    app.config["WTF_CSRF_ENABLED"] = True
    answer = browser.post(place, data=sent | {"csrf_token": "of another session"})
    assert (answer.status_code, answer.headers["Location"]) == (303, place)
    page = browser.get(place).text
    assert "Sidan var för gammal" in page
    assert "Driften är finansierad" in page


def test_a_forged_form_keeps_and_shows_nothing_that_could_be_sent_on(
    app: Flask, browser: Browser, cast: Cast, case: Project
) -> None:
    browser.sign_in(cast.secretary)
    app.config["WTF_CSRF_ENABLED"] = True
    for key in ("", "WzEsImEiXQ.x.y", "12"):
        answer = browser.post(f"/projekt/{case.id}/beslut", data={"form_key": key, "reasons": "Hej"})
        assert answer.status_code == 400
        assert "csrf_token" not in str(form_on_page(answer.text))
    assert drafts.of(cast.secretary.id) == []


def form_on_page(text: str) -> list[str]:
    return re.findall(r"<main.*?</main>", text, re.DOTALL)


def test_autosave_keeps_the_text_when_the_session_is_over_and_says_so(
    browser: Browser, cast: Cast, case: Project
) -> None:
    place = f"/projekt/{case.id}/beslut"
    sent = opened(browser.sign_in(cast.secretary), place) | {"reasons": REASONS}
    end_sessions()
    answer = browser.post("/utkast", query_string={"till": place}, data=sent)
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["signed_out"]
    assert "Du är utloggad" in answer.json["message"]
    assert kept(cast.secretary, place)["reasons"].startswith("Nyttan")


@pytest.mark.parametrize(
    "place", ["", "/finns-inte", "//evil.example/x", "https://evil.example", "/aviseringar"]
)
def test_autosave_keeps_nothing_for_an_address_that_takes_no_form(
    browser: Browser, cast: Cast, place: str
) -> None:
    key = {"form_key": browser.sign_in(cast.leader).key(), "text": "x"}
    assert browser.post("/utkast", query_string={"till": place}, data=key).status_code == 400
    assert drafts.of(cast.leader.id) == []


def test_nobody_has_more_drafts_than_anybody_writes(
    browser: Browser, cast: Cast, case: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "MOST_DRAFTS", 2)
    browser.sign_in(cast.leader)
    place = {"till": f"/projekt/{case.id}/beslut"}
    answers = [
        browser.post("/utkast", query_string=place, data={"reasons": "x", "form_key": browser.key()})
        for _tab in range(3)
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 409]


def test_the_managers_signature_is_never_kept(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = awaiting_signature(cast, programme)
    place = f"/projekt/{project.id}/underskrift"
    text = browser.sign_in(cast.manager).get(place).text
    sent = filled_in(form_on(text, place)) | {"confirm": "y"}
    end_sessions()
    assert browser.post(place, data=sent).headers["Location"] == "/logga-in"
    assert drafts.of(cast.manager.id) == []


def test_every_field_for_a_password_has_a_name_that_is_never_kept() -> None:
    def forms(of: type[Any]) -> set[type[Any]]:
        return {of}.union(*(forms(below) for below in of.__subclasses__()))

    names = {
        name
        for form in forms(OpenedForm)
        for name in dir(form)
        if getattr(getattr(form, name), "field_class", None) is Password
    }
    assert names == typed.SECRETS


def test_a_password_is_in_no_draft(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.administrator)
    sent = {"name": "Ny", "email": "fel", "password": "hemligt hemligt"}
    assert browser.post("/admin/personer/ny", data=sent).status_code == 422
    assert kept(cast.administrator, "/admin/personer/ny") == {"name": "Ny", "email": "fel"}


def test_the_list_of_drafts_has_every_one_and_throws_one_away(
    browser: Browser, cast: Cast, case: Project
) -> None:
    browser.sign_in(cast.secretary)
    gone = f"/projekt/{case.id}/yttrande"  # the case has gone on: the form can no longer be opened
    for place in (f"/projekt/{case.id}/beslut", gone):
        data = {"reasons": f"Till {place}", "form_key": browser.key(stands_on=place)}
        browser.post("/utkast", query_string={"till": place}, data=data)
    page = browser.get("/mina-utkast").text
    assert page.count("Kasta utkastet") == 2
    assert f"Till {gone}" in page
    newest = drafts.of(cast.secretary.id)[0].id
    browser.post(f"/mina-utkast/{newest}/kasta")
    assert len(drafts.of(cast.secretary.id)) == 1
    other = browser.sign_in(cast.other_secretary)
    left = drafts.of(cast.secretary.id)[0].id
    assert other.post(f"/mina-utkast/{left}/kasta").status_code == 404
