"""Questions that are being written outlive a closed tab and a session."""

from __future__ import annotations

import pytest

from app.programmes.models import Programme
from app.projects.models import Project
from tests.conftest import Browser, Cast
from tests.drafting import autosaved, kept, opened
from tests.review_story import taken_in

WORDS = "Beskriv hur nyttan ska tas hem i förvaltningens budget."


@pytest.fixture
def case(cast: Cast, programme: Programme) -> Project:
    return taken_in(cast, programme)


@pytest.fixture
def page(case: Project) -> str:
    return f"/projekt/{case.id}/granskning/komplettering"


def typed(**more: str) -> dict[str, str]:
    return {
        "message": WORDS,
        "due_on": "2027-04-01",
        "questions-0-section": "goals",
        "questions-0-text": "Vilken indikator används?",
    } | more


def test_what_is_typed_is_there_when_the_page_is_opened_again(
    browser: Browser, cast: Cast, page: str
) -> None:
    browser.sign_in(cast.secretary)
    assert "Utkast sparat" in autosaved(browser, page, typed()).json["message"]
    browser.post("/logga-ut")
    again = browser.sign_in(cast.secretary).get(page).text
    assert WORDS in again
    assert "Vilken indikator används?" in again


def test_a_faulty_return_is_kept_and_a_sent_one_needs_no_draft(
    browser: Browser, cast: Cast, case: Project, page: str
) -> None:
    key = {"form_key": browser.sign_in(cast.secretary).key()}
    assert browser.post(page, data=typed(due_on="snart") | key).status_code == 422
    assert "snart" in browser.get(page).text
    assert browser.post(page, data=typed() | key).status_code == 302
    assert kept(cast.secretary, page) == {}


def test_a_return_sent_from_one_tab_leaves_what_was_typed_in_another(
    browser: Browser, cast: Cast, case: Project, page: str
) -> None:
    autosaved(browser.sign_in(cast.secretary), page, typed())
    assert browser.post(page, data=typed()).status_code == 302
    assert kept(cast.secretary, page)["message"] == WORDS


def test_the_draft_can_be_thrown_away(browser: Browser, cast: Cast, page: str) -> None:
    autosaved(browser.sign_in(cast.secretary), page, typed())
    browser.post("/utkast/kasta", query_string={"till": page}, data=opened(browser, page))
    assert WORDS not in browser.get(page).text


def test_nobody_else_sees_the_draft(browser: Browser, cast: Cast, page: str) -> None:
    autosaved(browser.sign_in(cast.secretary), page, typed())
    browser.post("/logga-ut")
    browser.sign_in(cast.other_secretary)
    assert WORDS not in browser.get(page).text
    assert WORDS not in browser.get("/mina-utkast").text
