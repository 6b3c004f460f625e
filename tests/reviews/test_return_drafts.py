"""Questions that are being written outlive a closed tab and a session."""

from __future__ import annotations

import pytest

from app.programmes.models import Programme
from app.projects import drafts
from app.projects.models import Project
from tests.conftest import Browser, Cast
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
        "page": "tab-1",
        "version": "0",
        "message": WORDS,
        "due_on": "2027-04-01",
        "questions-0-section": "goals",
        "questions-0-text": "Vilken indikator används?",
    } | more


def test_what_is_typed_is_there_when_the_page_is_opened_again(
    browser: Browser, cast: Cast, page: str
) -> None:
    browser.sign_in(cast.secretary)
    answer = browser.post(f"{page}/utkast", data=typed())
    assert "Utkast sparat" in (answer.get_json() or {})["message"]
    browser.post("/logga-ut")
    again = browser.sign_in(cast.secretary).get(page).text
    assert WORDS in again
    assert "Vilken indikator används?" in again


def test_another_tab_does_not_write_over_the_draft(
    browser: Browser, cast: Cast, case: Project, page: str
) -> None:
    browser.sign_in(cast.secretary).post(f"{page}/utkast", data=typed())
    answer = browser.post(f"{page}/utkast", data=typed(page="tab-2", message="Något annat"))
    assert answer.status_code == 409
    assert WORDS in browser.get(page).text


def test_a_faulty_return_is_kept_and_a_sent_one_needs_no_draft(
    browser: Browser, cast: Cast, case: Project, page: str
) -> None:
    browser.sign_in(cast.secretary)
    assert browser.post(page, data=typed(due_on="snart")).status_code == 422
    assert "snart" in browser.get(page).text
    assert browser.post(page, data=typed()).status_code == 302
    assert drafts.of(cast.secretary.id, case.id, "return") is None


def test_a_return_sent_from_one_tab_leaves_what_was_typed_in_another(
    browser: Browser, cast: Cast, case: Project, page: str
) -> None:
    browser.sign_in(cast.secretary).post(f"{page}/utkast", data=typed())
    assert browser.post(page, data=typed(page="tab-2")).status_code == 302
    assert drafts.of(cast.secretary.id, case.id, "return") is not None


def test_the_draft_can_be_thrown_away(browser: Browser, cast: Cast, page: str) -> None:
    browser.sign_in(cast.secretary).post(f"{page}/utkast", data=typed())
    browser.post(page, data={"action": "discard"})
    assert WORDS not in browser.get(page).text


def test_nobody_else_sees_or_writes_the_draft(browser: Browser, cast: Cast, page: str) -> None:
    browser.sign_in(cast.secretary).post(f"{page}/utkast", data=typed())
    browser.post("/logga-ut")
    browser.sign_in(cast.leader)
    assert browser.post(f"{page}/utkast", data=typed()).status_code == 403
    assert browser.get(page).status_code == 403
