"""Drafts of sections, and two who write at once: nothing typed is lost, nobody is written over in silence."""

from __future__ import annotations

from sqlalchemy import func, select

from app import drafts
from app.db import db
from app.history.models import HistoryEvent
from app.projects.models import Project
from tests.applications.conftest import address, content
from tests.conftest import Browser, Cast
from tests.drafting import autosaved, kept, opened


def test_autosave_keeps_what_is_typed_and_says_when(browser: Browser, cast: Cast, project: Project) -> None:
    browser.sign_in(cast.leader)
    answer = autosaved(browser, address(project, "driftsplan"), {"yearly_cost": "12 tu", "version": "0"})
    assert answer.status_code == 200
    assert answer.json["message"].startswith("Utkast sparat ")
    page = browser.get(address(project, "driftsplan")).text
    assert "inte sparat" in page
    assert "Utkast från" in page
    assert 'value="12 tu"' in page
    assert content(project, "operation") == {}


def test_a_draft_that_is_saved_is_gone(browser: Browser, cast: Cast, project: Project) -> None:
    browser.sign_in(cast.leader)
    place = address(project, "bakgrund")
    autosaved(browser, place, {"need_today": "Halvt"})
    browser.post(place, data={"need_today": "Helt", "form_key": browser.key("tab"), "version": "0"})
    assert kept(cast.leader, place) == {}
    assert "Utkast från" not in browser.get(place).text


def test_a_draft_that_is_opened_again_and_saved_is_gone(
    browser: Browser, cast: Cast, project: Project
) -> None:
    browser.sign_in(cast.leader)
    place = address(project, "bakgrund")
    autosaved(browser, place, {"need_today": "Halvt", "version": "0"})
    sent = opened(browser, place)
    assert sent["need_today"] == "Halvt"
    browser.post(place, data=sent | {"need_today": "Helt"})
    assert content(project, "background") == {"need_today": "Helt"}
    assert drafts.of(cast.leader.id) == []


def test_a_draft_can_be_thrown_away(browser: Browser, cast: Cast, project: Project) -> None:
    browser.sign_in(cast.leader)
    place = address(project, "bakgrund")
    browser.post(place, data={"need_today": "Sparat"})
    autosaved(browser, place, {"need_today": "Ångrat"})
    answer = browser.post("/utkast/kasta", query_string={"till": place}, data=opened(browser, place))
    assert (answer.status_code, answer.headers["Location"]) == (303, place)
    page = browser.get(place).text
    assert "Sparat" in page
    assert "Ångrat" not in page


def test_two_tabs_have_a_draft_each_and_both_can_be_opened(
    browser: Browser, cast: Cast, project: Project
) -> None:
    browser.sign_in(cast.leader)
    place = address(project, "bakgrund")
    autosaved(browser, place, {"need_today": "Första fliken", "version": "0"}, page="one")
    autosaved(browser, place, {"need_today": "Andra fliken", "version": "0"}, page="two")
    page = browser.get(place).text
    assert "Andra fliken" in page
    assert "Visa ett annat utkast" in page
    other = min(draft.id for draft in drafts.at(cast.leader.id, place))
    assert "Första fliken" in browser.get(f"{place}?utkast={other}").text
    browser.post(place, data={"need_today": "Andra fliken", "form_key": browser.key("two"), "version": "0"})
    assert content(project, "background") == {"need_today": "Andra fliken"}
    assert kept(cast.leader, place)["need_today"] == "Första fliken", "the first tab's draft is still there"
    answer = browser.post(
        place, data={"need_today": "Första fliken", "form_key": browser.key("one"), "version": "0"}
    )
    assert answer.status_code == 409, "and saving it shows both"
    assert "<title>Fel:" in answer.text


def test_a_tab_goes_on_with_a_draft_and_the_tab_that_began_it_loses_nothing(
    browser: Browser, cast: Cast, project: Project
) -> None:
    browser.sign_in(cast.leader)
    place = address(project, "bakgrund")
    autosaved(browser, place, {"need_today": "Ett", "version": "0"}, page="one")
    second = opened(browser, place)
    browser.post("/utkast", query_string={"till": place}, data=second | {"need_today": "Ett och två"})
    assert len(drafts.at(cast.leader.id, place)) == 1, "the second tab went on with the first one's draft"
    autosaved(browser, place, {"need_today": "Ett och ett halvt", "version": "0"}, page="one")
    db.session.expire_all()
    texts = {draft.fields[0][1] for draft in drafts.at(cast.leader.id, place)}
    assert len(drafts.at(cast.leader.id, place)) == 2
    assert {"Ett och ett halvt"} < texts | {"Ett och två"}


def test_a_row_that_is_added_and_not_saved_is_a_draft(browser: Browser, cast: Cast, project: Project) -> None:
    browser.sign_in(cast.leader)
    place = address(project, "risker")
    answer = browser.post(place, data={"risks-0-risk": "Försening", "version": "0", "add": "risks"})
    assert (answer.status_code, answer.headers["Location"].partition("#")[0]) == (303, place)
    sent = opened(browser, place)
    assert sent["risks-0-risk"] == "Försening"
    assert sent["risks-1-risk"] == ""


def test_a_draft_is_kept_when_the_session_ends(browser: Browser, cast: Cast, project: Project) -> None:
    browser.sign_in(cast.leader)
    autosaved(browser, address(project, "bakgrund"), {"need_today": "Åäö – “citat”"})
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
    assert "Inget är överskrivet." in answer.text
    assert "Den första texten" in answer.text
    assert "Den andra texten" in answer.text
    assert 'name="version" type="hidden" value="1"' in answer.text
    assert content(project, "background") == {"need_today": "Den första texten"}
    answer = browser.post(url, data={"need_today": "Båda texterna", "version": "1"})
    assert answer.status_code == 302
    assert content(project, "background") == {"need_today": "Båda texterna"}


def test_rows_of_two_texts_are_shown_and_one_of_them_is_chosen(
    browser: Browser, cast: Cast, project: Project
) -> None:
    browser.sign_in(cast.leader)
    url = address(project, "risker")
    browser.post(url, data={"risks-0-risk": "Den enas risk", "version": "0"})
    sent = {"risks-0-risk": "Den andras risk", "risks-1-risk": "En till", "version": "0"}
    answer = browser.post(url, data=sent)
    assert answer.status_code == 409
    assert "Den enas risk" in answer.text
    browser.post(url, data=sent | {"version": "1", "keep:risks": "saved"})
    assert [row["risk"] for row in content(project, "risks")["risks"]] == ["Den enas risk"]


def test_a_double_click_saves_once_and_both_answers_agree(
    browser: Browser, cast: Cast, project: Project
) -> None:
    browser.sign_in(cast.leader)
    data = {"included": "Nya tillstånd", "version": "0"}
    first, second = (browser.post(address(project, "omfattning"), data=data) for _click in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    written = select(func.count()).where(HistoryEvent.verb == "save_section")
    assert db.session.scalar(written) == 1


def test_a_row_that_is_added_before_anything_is_written_is_there(
    browser: Browser, cast: Cast, project: Project
) -> None:
    browser.sign_in(cast.leader)
    place = address(project, "milstolpar")
    assert browser.post(place, data=opened(browser, place) | {"add": "milestones"}).status_code == 303
    assert 'name="milestones-1-milestone"' in browser.get(place).text


def test_a_row_that_is_removed_with_all_that_was_written_does_not_come_back(
    browser: Browser, cast: Cast, project: Project
) -> None:
    browser.sign_in(cast.leader)
    place = address(project, "milstolpar")
    written = opened(browser, place) | {"milestones-0-milestone": "Driftstart"}
    assert browser.post(place, data=written | {"remove": "milestones-0"}).status_code == 303
    assert "Driftstart" not in browser.get(place).text
