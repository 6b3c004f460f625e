"""The pages of follow-ups, as the people of the story see them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

import pytest
import time_machine

from app.follow_up.content import Remaining
from app.follow_up.gathering import ground_of
from app.follow_up.questions import Ask, Section, questions_in
from app.follow_up.sections import sections_for
from app.follow_up.service import begun
from app.programmes.models import Programme
from app.programmes.queries import follow_ups_on
from app.projects.models import Project
from tests.closing.final_story import handed_over
from tests.conftest import Browser, Cast
from tests.drafting import autosaved, filled_in, form_on, kept
from tests.follow_up.follow_story import (
    WRITTEN,
    all_followed_up,
    follow_up,
    follow_up_sent,
    follow_up_written,
    followed_up,
    write,
)

HOSTILE = "<script>alert(1)</script>{{ 7 * 7 }}"


@pytest.fixture(autouse=True)
def on_its_day(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The pages are opened on the day of the first follow-up."""
    monkeypatch.setattr("app.accounts.session.datetime", datetime)
    with time_machine.travel(WRITTEN[0], tick=True):
        yield


def at(project: Project, number: int = 1) -> str:
    return f"/projekt/{project.id}/uppfoljning/{number}"


# --- writing ---------------------------------------------------------------------------------------------


def test_every_section_opens_and_keeps_what_is_typed(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = handed_over(cast, programme)
    ground = ground_of(follow_up(cast.manager, project))
    browser.sign_in(cast.manager)
    assert "Följ upp det som projektet lämnade" in browser.get("/").text
    assert "Det som finns i ärendet är redan ifyllt" in browser.get(at(project)).text
    for section in sections_for(ground):
        address = f"{at(project)}/skriv/{section}"
        page = browser.get(address)
        assert page.status_code == 200
        assert len(page.data) < 30_000, section
        sent = filled_in(form_on(page.text))
        texts = [name for name in sent if "comment" in name or "seen" in name or name in ("summary", "work")]
        typed = sent | dict.fromkeys(texts, HOSTILE) | {"action": "save"}
        assert browser.post(address, data=typed).status_code == 302
        page = browser.get(address)
        assert "<script>alert(1)" not in page.text
        again = filled_in(form_on(page.text))
        assert all(again[name] == HOSTILE for name in texts)


def test_answers_of_every_kind_are_kept(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = handed_over(cast, programme)
    browser.sign_in(cast.leader)
    typed = {
        Section.USE: {"in_use": "yes", "since": "2028-06-20", "started": "1 200", "use_source": "Statistik"},
        Section.OPERATION: {"works": "partly", "yearly_cost": "310 000,50"},
        Section.WORK: {"hours_freed": "320,5"},
    }
    for section, answers in typed.items():
        address = f"{at(project)}/skriv/{section}"
        sent = filled_in(form_on(browser.get(address).text)) | answers | {"action": "next"}
        assert browser.post(address, data=sent).headers["Location"].startswith(f"{at(project)}/skriv/")
    found = follow_up(cast.leader, project)
    said = begun(found, ground_of(found))
    assert (said.text(Ask.IN_USE), said.day(Ask.SINCE), said.count(Ask.STARTED)) == (
        "yes", date(2028, 6, 20), 1200,
    )  # fmt: skip
    assert (str(said.number(Ask.YEARLY_COST)), str(said.number(Ask.HOURS_FREED))) == ("310000.5", "320.5")
    refused = f"{at(project)}/skriv/{Section.USE}"
    sent = filled_in(form_on(browser.get(refused).text)) | {"started": "många", "in_use": "kanske"}
    assert browser.post(refused, data=sent).status_code == 422


def test_rows_of_what_remains_are_added_and_removed(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = handed_over(cast, programme)
    browser.sign_in(cast.manager)
    address = f"{at(project)}/skriv/{Section.REST}"
    page = browser.get(address)
    assert 'name="add" value="remaining"' in page.text
    sent = filled_in(form_on(page.text))
    page = browser.post(address, data=sent | {"add": "remaining"})
    sent = filled_in(form_on(page.text))
    assert "remaining-0-text" in sent
    sent |= {"remaining-0-text": "Stäng blanketten", "remaining-0-owner": "Chef", "action": "save"}
    assert browser.post(address, data=sent).status_code == 302
    found = follow_up(cast.manager, project)
    assert list(begun(found, ground_of(found)).remaining) == [Remaining("Stäng blanketten", "Chef")]
    sent = filled_in(form_on(browser.get(address).text))
    again = filled_in(form_on(browser.post(address, data=sent | {"remove": "remaining-0"}).text))
    assert "remaining-0-text" not in again


def test_two_who_write_the_same_section_see_both_texts(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = follow_up_written(cast, programme)
    browser.sign_in(cast.manager)
    address = f"{at(project)}/skriv/{Section.SUMMARY}"
    sent = filled_in(form_on(browser.get(address).text))
    found = follow_up(cast.leader, project)
    content = begun(found, ground_of(found))
    other = replace(content, answers={**content.answers, Ask.SUMMARY: "Ledarens ord."})
    write(cast.leader, project, 1, other, WRITTEN[0])
    answer = browser.post(address, data=sent | {"summary": "Chefens ord."})
    assert answer.status_code == 409
    assert "Ledarens ord." in answer.text
    assert "Chefens ord." in answer.text


def test_what_is_typed_and_not_saved_stands_among_ones_drafts(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = handed_over(cast, programme)
    browser.sign_in(cast.manager)
    place = f"{at(project)}/skriv/{Section.SUMMARY}"
    autosaved(browser, place, {"summary": "Halv mening"})
    assert kept(cast.manager, place)["summary"] == "Halv mening"
    page = browser.get("/mina-utkast").text
    assert "Uppföljning, " in page
    assert "Hur har det gått?" in page


def test_every_question_stands_in_one_section_and_has_its_words() -> None:
    from app.follow_up.words import FIELDS

    asked = [question.ask for section in Section for question in questions_in(section)]
    assert sorted(asked) == sorted(Ask)
    assert all(FIELDS[ask.value] for ask in Ask)


# --- sending and answering -------------------------------------------------------------------------------


def test_what_is_lacking_is_told_with_the_way_to_its_field(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = handed_over(cast, programme)
    browser.sign_in(cast.manager)
    page = browser.get(f"{at(project)}/skicka").text
    for section, field in ((Section.SUMMARY, "summary"), (Section.USE, "in_use"), (Section.REST, "another")):
        assert f'href="{at(project)}/skriv/{section}#{field}"' in page
    assert "Skicka uppföljningen</button>" not in page
    assert browser.post(f"{at(project)}/skicka").status_code == 422


def test_it_is_sent_read_comes_back_and_is_approved(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = follow_up_written(cast, programme)
    browser.sign_in(cast.leader)
    assert "Du skriver, och verksamhetschefen" in browser.get(at(project)).text
    assert browser.get(f"{at(project)}/skicka").status_code == 403
    browser.sign_in(cast.manager)
    assert browser.post(f"{at(project)}/skicka").status_code == 302
    browser.sign_in(cast.secretary)
    assert "Läs en uppföljning" in browser.get("/").text
    sent = browser.get(f"{at(project)}/version/1")
    assert "Tjänsten används mer än väntat." in sent.text
    assert "75,0\u00a0%" in sent.text
    assert "90,0\u00a0%" in sent.text
    assert len(sent.data) < 30_000
    assert browser.post(f"{at(project)}/tillbaka", data={"number": "1"}).status_code == 422
    browser.post(f"{at(project)}/tillbaka", data={"number": "1", "reason": "Varifrån kommer siffrorna?"})
    browser.sign_in(cast.manager)
    assert "Varifrån kommer siffrorna?" in browser.get(f"{at(project)}/skriv/{Section.USE}").text
    assert browser.post(f"{at(project)}/skicka").status_code == 302
    browser.sign_in(cast.secretary)
    assert "Det finns en nyare version" in browser.get(f"{at(project)}/version/1").text
    page = browser.get(f"{at(project)}/godkann").text
    answer = browser.post(f"{at(project)}/godkann", data=filled_in(form_on(page)) | {"words": "Bra."})
    assert answer.headers["Location"] == f"/projekt/{project.id}/uppfoljning"
    assert "Bra." in browser.get(f"{at(project)}/version/2").text
    told = browser.get(f"/projekt/{project.id}/historik").text
    assert "godkände en uppföljning" in told
    assert "registrerade att projektet följs upp" in told


def test_page_and_paper_are_read_by_whoever_sees_the_case_and_in_english(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = follow_up_sent(cast, programme)
    browser.sign_in(cast.council)
    assert browser.get(f"{at(project)}/version/1.pdf").data.startswith(b"%PDF")
    browser.post("/sprak", data={"language": "en"})
    page = browser.get(f"{at(project)}/version/1").text
    assert "Follow-up after 3 months" in page
    assert "Operating responsibility" in page
    assert browser.get(f"{at(project)}/version/2").status_code == 404
    assert browser.get(at(project, 2)).status_code == 403, "the next is not sent"
    assert browser.get(at(project, 9)).status_code == 404


# --- the list, the start page, the end -------------------------------------------------------------------


def test_the_list_is_filtered_by_its_address(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = followed_up(cast, programme)
    browser.sign_in(cast.secretary)
    page = browser.get("/uppfoljningar").text
    assert page.count(f"/projekt/{project.id}/uppfoljning") >= 3
    for asked, count in (
        ("lage=approved", 1), ("lage=coming", 2), ("lage=late", 0), ("ar=2029", 1), ("ar=2031", 0),
        ("ar=x", 3),
        (f"forvaltning={cast.department.id}", 3), (f"forvaltning={cast.other_department.id}", 0),
        (f"lage=coming&ar=2030&forvaltning={cast.department.id}", 1),
    ):  # fmt: skip
        page = browser.get(f"/uppfoljningar?{asked}").text
        assert f"{count} uppföljning" in page, asked


def test_the_page_of_a_project_names_everything_that_keeps_it_open(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = followed_up(cast, programme)
    browser.sign_in(cast.secretary)
    address = f"/projekt/{project.id}/stang"
    for page in (browser.get(f"/projekt/{project.id}/uppfoljning").text, browser.get(address).text):
        assert "Uppföljningen 2029-06-20 är inte godkänd." in page
        assert "Uppföljningen 2030-06-20 är inte godkänd." in page
    assert browser.post(address).status_code == 422


def test_a_project_is_closed_by_the_secretariat_from_its_start_page(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = all_followed_up(cast, programme)
    browser.sign_in(cast.secretary)
    address = f"/projekt/{project.id}/stang"
    assert address in browser.get("/").text
    sent = filled_in(form_on(browser.get(address).text)) | {"words": "Väl gjort."}
    assert browser.post(address, data=sent).status_code == 302
    page = browser.get(f"/projekt/{project.id}").text
    assert "Avslutat" in page
    assert address not in browser.get("/").text
    assert browser.get(address).status_code == 403


def test_the_administrator_says_when_projects_are_followed_up(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    browser.sign_in(cast.administrator)
    address = "/program/installningar/uppfoljningar"
    sent = filled_in(form_on(browser.get(address).text))
    assert (sent["months"], sent["working_days"]) == ("3, 12, 24", "20")
    sent |= {"valid_from": "2029-01-01", "reference": "KS § 1"}
    for months in ("12, 3", "x", "3,,12", "121"):
        refused = browser.post(address, data=sent | {"months": months})
        assert refused.status_code == 422
        assert "i stigande ordning" in refused.text
    assert browser.post(address, data=sent | {"months": "6, 18", "working_days": "10"}).status_code == 302
    assert follow_ups_on(programme.id, date(2029, 1, 1)).months == (6, 18)
    assert follow_ups_on(programme.id, date(2028, 12, 31)).months == (3, 12, 24)
    assert "6, 18" in browser.get("/program/installningar").text
