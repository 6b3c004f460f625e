"""Drafts, and two who write at once: nothing typed is lost, and nobody writes over anybody in silence."""

from __future__ import annotations

from sqlalchemy import func, select

from app.db import db
from app.history.models import HistoryEvent
from app.projects import drafts
from app.projects.models import Project
from tests.applications.conftest import address, content
from tests.conftest import Browser, Cast


def test_autosave_keeps_what_is_typed_and_says_when(browser: Browser, cast: Cast, project: Project) -> None:
    browser.sign_in(cast.leader)
    answer = browser.post(
        address(project, "driftsplan") + "/utkast", data={"yearly_cost": "12 tu", "page": "a", "version": "0"}
    )
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["message"] == f"Utkast sparat {answer.json['saved_at']}"
    page = browser.get(address(project, "driftsplan")).text
    assert "Du har ett utkast som inte är sparat" in page
    assert 'value="12 tu"' in page
    assert content(project, "operation") == {}


def test_a_draft_that_is_saved_is_gone(browser: Browser, cast: Cast, project: Project) -> None:
    browser.sign_in(cast.leader)
    browser.post(address(project, "bakgrund") + "/utkast", data={"need_today": "Halvt", "page": "a"})
    browser.post(address(project, "bakgrund"), data={"need_today": "Helt", "page": "a", "version": "0"})
    assert drafts.of(cast.leader.id, project.id, "background") is None
    assert "Du har ett utkast" not in browser.get(address(project, "bakgrund")).text


def test_a_draft_can_be_thrown_away(browser: Browser, cast: Cast, project: Project) -> None:
    browser.sign_in(cast.leader)
    browser.post(address(project, "bakgrund"), data={"need_today": "Sparat"})
    browser.post(address(project, "bakgrund") + "/utkast", data={"need_today": "Ångrat"})
    browser.post(address(project, "bakgrund"), data={"action": "discard"})
    page = browser.get(address(project, "bakgrund")).text
    assert "Sparat" in page
    assert "Ångrat" not in page


def test_a_second_tab_does_not_write_over_the_first_ones_draft(
    browser: Browser, cast: Cast, project: Project
) -> None:
    browser.sign_in(cast.leader)
    url = address(project, "bakgrund")
    browser.post(f"{url}/utkast", data={"need_today": "Första fliken", "page": "a", "version": "0"})
    second = browser.post(f"{url}/utkast", data={"need_today": "Andra fliken", "page": "b", "version": "0"})
    assert second.status_code == 409
    browser.post(url, data={"need_today": "Andra fliken", "page": "b", "version": "0"})
    assert content(project, "background") == {"need_today": "Andra fliken"}
    page = browser.get(url).text
    assert "Första fliken" in page, "the first tab's draft is still there"
    answer = browser.post(url, data={"need_today": "Första fliken", "page": "a", "version": "0"})
    assert answer.status_code == 409, "and saving it shows both"
    assert "<title>Fel:" in answer.text


def test_drafts_of_the_calculations_forms_are_kept_too(
    browser: Browser, cast: Cast, project: Project
) -> None:
    browser.sign_in(cast.leader)
    answer = browser.post(address(project, "cost-new") + "/utkast", data={"description": "Utveck"})
    assert answer.status_code == 200
    assert drafts.forms_with_drafts(cast.leader.id, project.id) == {"cost-new"}
    assert browser.post(address(project, "salary-1") + "/utkast", data={}).status_code == 404


def test_a_draft_is_kept_when_the_session_ends(browser: Browser, cast: Cast, project: Project) -> None:
    browser.sign_in(cast.leader)
    browser.post(address(project, "bakgrund") + "/utkast", data={"need_today": "Åäö – “citat”"})
    browser.post("/logga-ut")
    browser.sign_in(cast.leader)
    assert "Åäö – “citat”" in browser.get(address(project, "bakgrund")).text


# --- two at once -----------------------------------------------------------------------------------------


def test_a_stale_save_shows_both_texts_and_writes_nothing(
    browser: Browser, cast: Cast, project: Project
) -> None:
    browser.sign_in(cast.leader)
    url = address(project, "bakgrund")
    browser.post(url, data={"need_today": "Den första texten", "version": "0"})
    answer = browser.post(url, data={"need_today": "Den andra texten", "version": "0"})
    assert answer.status_code == 409
    assert "har sparats på nytt medan du skrev" in answer.text
    assert "Den första texten" in answer.text
    assert "Den andra texten" in answer.text
    assert 'name="version" type="hidden" value="1"' in answer.text
    assert content(project, "background") == {"need_today": "Den första texten"}
    answer = browser.post(url, data={"need_today": "Båda texterna", "version": "1"})
    assert answer.status_code == 302
    assert content(project, "background") == {"need_today": "Båda texterna"}


def test_a_double_click_saves_once_and_both_answers_agree(
    browser: Browser, cast: Cast, project: Project
) -> None:
    browser.sign_in(cast.leader)
    data = {"included": "Nya tillstånd", "version": "0"}
    first, second = (browser.post(address(project, "omfattning"), data=data) for _click in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    written = select(func.count()).where(HistoryEvent.verb == "save_section")
    assert db.session.scalar(written) == 1
