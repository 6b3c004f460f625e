"""The pages of final reports, as the people of the story see them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest
import time_machine

from app.closing.final_report.content import Words
from app.closing.final_report.gathering import ground_of
from app.closing.final_report.models import FinalReportVersion
from app.closing.final_report.sections import Section, sections_for
from app.closing.final_report.service import begun
from app.core.final_report import Group
from app.core.workflow import State
from app.db import db
from app.history.service import System, record
from app.programmes.models import Programme
from app.projects.models import Project
from tests.closing.final_story import (
    CLOSED,
    approve,
    closing,
    complete_content,
    final_report,
    final_report_sent,
    final_report_written,
    handed_over,
    put_in_order,
    write,
)
from tests.closing.terminating_story import in_state, interrupt
from tests.conftest import Browser, Cast
from tests.drafting import filled_in, form_on
from tests.running_story import running
from tests.story import reloaded

ONE_DATABASE_IS_ENOUGH = "What its pages ask is asked of both databases in tests/web/test_both_databases.py."

HOSTILE = "<script>alert(1)</script>{{ 7 * 7 }}"


@pytest.fixture(autouse=True)
def after_it_ended(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The pages are opened when the milestones have been."""
    monkeypatch.setattr("app.accounts.session.datetime", datetime)
    with time_machine.travel(CLOSED, tick=True):
        yield


def plain(page: str) -> str:
    return page.replace("&nbsp;", " ").replace("\u00a0", " ")


def at(project: Project) -> str:
    return f"/projekt/{project.id}/slutrapport"


def test_a_report_is_written_section_by_section_with_what_the_record_knows(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = closing(cast, programme)
    browser.sign_in(cast.leader)
    assert "Skriv slutrapporten" in browser.get("/").text
    page = browser.get(at(project)).text
    assert "Det som finns i ärendet är redan ifyllt" in page
    described = f"{at(project)}/skriv/{Section.SCOPE}"
    sent = filled_in(form_on(browser.get(described).text))
    assert sent["description"] == ground_of(project).proposed[Words.DESCRIPTION]
    answer = browser.post(described, data=sent | {"background": "Så var det.", "action": "next"})
    assert answer.headers["Location"].endswith(f"/skriv/{Section.EFFECTS}")
    effects = f"{at(project)}/skriv/{Section.EFFECTS}"
    sent = filled_in(form_on(browser.get(effects).text))
    typed = {"fulfilment_effect_1": "not_yet", "by_effect_1": "2029-06-30", "action": "save"}
    assert browser.post(effects, data=sent | typed).headers["Location"] == at(project)
    kept = begun(final_report(cast.leader, reloaded(project)), ground_of(project))
    assert kept.text(Words.BACKGROUND) == "Så var det.", "another section leaves it as it was"
    assert kept.goals["effect_1"].by is not None
    assert kept.ended_on is not None, "what nobody has opened is kept as it began"


def test_every_section_opens_and_keeps_what_is_typed(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = closing(cast, programme)
    ground = ground_of(project)
    browser.sign_in(cast.leader)
    for section in sections_for(ground):
        address = f"{at(project)}/skriv/{section}"
        page = browser.get(address)
        assert page.status_code == 200
        assert len(page.data) < 30_000, section
        sent = filled_in(form_on(page.text))
        texts = [name for name in sent if name in {*Words} or "_work" in name or name.startswith("comment_")]
        typed = sent | dict.fromkeys(texts, HOSTILE) | {"action": "save"}
        assert browser.post(address, data=typed).status_code == 302
        again = filled_in(form_on(browser.get(address).text))
        assert all(again[name] == HOSTILE for name in texts)


def test_what_is_lacking_is_told_with_the_way_to_its_field(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = closing(cast, programme)
    browser.sign_in(cast.leader)
    page = browser.get(f"{at(project)}/skicka").text
    assert f'href="{at(project)}/skriv/{Section.SUMMARY}#summary"' in page
    assert f'href="{at(project)}/skriv/{Section.REFERENCE}#absent"' in page
    assert "Skicka slutrapporten" not in page
    assert browser.post(f"{at(project)}/skicka").status_code == 422


def test_a_complete_report_is_sent_read_and_comes_back(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = final_report_written(cast, programme)
    browser.sign_in(cast.leader)
    assert "3 saker saknas" not in browser.get(at(project)).text
    assert browser.post(f"{at(project)}/skicka").status_code == 302
    browser.sign_in(cast.secretary)
    assert "Läs en slutrapport" in browser.get("/").text
    page = plain(browser.get(f"{at(project)}/1").text)
    assert "Text om summary." in page
    assert "Kan inte mätas än" in page
    assert "Godkänn slutrapporten" in page
    assert browser.post(f"{at(project)}/tillbaka", data={"number": "1"}).status_code == 422
    browser.post(f"{at(project)}/tillbaka", data={"number": "1", "reason": "Ange vem som följer upp."})
    browser.sign_in(cast.leader)
    page = browser.get(at(project)).text
    assert "Ange vem som följer upp." in page
    assert "skickade tillbaka slutrapporten" in page
    assert browser.post(f"{at(project)}/skicka").status_code == 302
    assert "Det finns en nyare version" in browser.get(f"{at(project)}/1").text
    assert browser.get(f"{at(project)}/3").status_code == 404


def test_the_project_ends_when_everything_is_in_order_and_not_before(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = final_report_sent(cast, programme)
    browser.sign_in(cast.secretary)
    page = plain(browser.get(f"{at(project)}/godkann").text)
    assert "Projektet kan inte avslutas än" in page
    assert "är kvar och ska återföras till ramen" in page
    assert browser.post(f"{at(project)}/godkann", data={"number": "1"}).status_code == 422
    put_in_order(cast, project)
    page = browser.get(f"{at(project)}/godkann").text
    sent = filled_in(form_on(page)) | {"words": "Väl genomfört."}
    assert browser.post(f"{at(project)}/godkann", data=sent).headers["Location"] == at(project)
    page = browser.get(f"{at(project)}/1").text
    assert "Väl genomfört." in page
    assert "Godkänn slutrapporten" not in page
    assert "registrerade att projektet är överlämnat" in browser.get(f"/projekt/{project.id}/historik").text
    assert 'href="/projekt/' in browser.get("/slutrapporter?lage=approved").text


def test_page_and_paper_show_the_same_text(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = final_report_sent(cast, programme)
    browser.sign_in(cast.council)
    page = browser.get(f"{at(project)}/1")
    assert len(page.data) < 30_000
    assert browser.get(f"{at(project)}/1.pdf").data.startswith(b"%PDF")


def test_an_old_version_never_shows_what_was_changed_later(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = handed_over(cast, programme)
    browser.sign_in(cast.auditor)
    before = browser.get(f"{at(project)}/1").text
    project = reloaded(project)
    project.title = "Ett nytt namn"
    record(System(), "change_project", project, now=project.state_since)
    db.session.commit()
    assert before.count("Text om summary.") == browser.get(f"{at(project)}/1").text.count("Text om summary.")
    version = db.session.query(FinalReportVersion).one()
    assert version.content["title"] != "Ett nytt namn"


def test_what_people_write_is_text_on_every_page(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = closing(cast, programme)
    content = complete_content(project)
    texts = dict.fromkeys(content.texts, HOSTILE)
    lessons = {
        group: replace(said, lessons=dict.fromkeys(said.lessons, HOSTILE))
        for group, said in content.groups.items()
    }
    write(cast, project, replace(content, texts=texts, groups=lessons))
    browser.sign_in(cast.leader)
    assert browser.post(f"{at(project)}/skicka").status_code == 302
    for address in (f"{at(project)}/1", "/slutrapporter"):
        page = browser.get(address).text if address.startswith(at(project)) else ""
        assert "<script>alert(1)" not in page
        assert "49" not in plain(page).split("Sammanfattning")[-1][:200]


@pytest.mark.parametrize("who", ["manager", "secretary", "council"])
def test_nobody_but_the_leader_reads_what_is_not_sent(
    browser: Browser, cast: Cast, programme: Programme, who: str
) -> None:
    project = final_report_written(cast, programme)
    browser.sign_in(getattr(cast, who))
    assert browser.get(at(project)).status_code == 403
    assert browser.get(f"{at(project)}/skriv/{Section.SUMMARY}").status_code == 403
    assert browser.get(f"{at(project)}/1").status_code == 404
    assert f'href="{at(project)}"' not in browser.get(f"/projekt/{project.id}").text


def test_a_project_that_runs_has_no_final_report(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    browser.sign_in(cast.leader)
    assert browser.get(at(project)).status_code == 403
    assert browser.get(f"{at(project)}/skriv/{Section.SUMMARY}").status_code == 404
    browser.sign_in(cast.secretary)
    assert "Inga slutrapporter" in browser.get("/slutrapporter").text


def test_the_list_tells_who_waits_and_what_it_became(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = final_report_sent(cast, programme)
    browser.sign_in(cast.secretary)
    assert project.title in browser.get("/slutrapporter").text
    assert project.title in browser.get("/slutrapporter?lage=sent").text
    assert project.title not in browser.get("/slutrapporter?lage=draft").text
    put_in_order(cast, project)
    approve(cast, project)
    assert project.title in browser.get("/slutrapporter?lage=approved").text
    browser.sign_in(cast.leader)
    assert browser.get("/slutrapporter").status_code == 403


def test_two_who_write_the_same_section_do_not_write_over_each_other(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = closing(cast, programme)
    browser.sign_in(cast.leader)
    address = f"{at(project)}/skriv/{Section.SUMMARY}"
    first = filled_in(form_on(browser.get(address).text))
    second = filled_in(form_on(browser.get(address).text))
    assert browser.post(address, data=first | {"summary": "Den första."}).status_code == 302
    answer = browser.post(address, data=second | {"summary": "Den andra."})
    assert answer.status_code == 409
    assert "Den första." in answer.text
    assert "Den andra." in answer.text


def test_groups_that_have_not_looked_back_say_so_in_the_report(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = closing(cast, programme)
    content = complete_content(project)
    groups = {**content.groups}
    groups[Group.REFERENCE] = replace(groups[Group.REFERENCE], lessons={}, absent="Det fanns ingen grupp.")
    write(cast, project, replace(content, groups=groups))
    browser.sign_in(cast.leader)
    browser.post(f"{at(project)}/skicka")
    assert "Referensgruppen: Det fanns ingen grupp." in browser.get(f"{at(project)}/1").text


def test_what_the_receiver_said_of_an_empty_list_stands_when_the_project_is_handed_over(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = handed_over(cast, programme)
    page = browser.sign_in(cast.auditor).get(f"/projekt/{project.id}/overlamning").text
    assert "bekräftade 2028-06-20 att inget återstår." in page


def test_a_project_that_never_had_a_plan_is_asked_for_words_and_led_to_no_costs(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = interrupt(cast, in_state(cast, programme, State.APPROVED))
    page = browser.sign_in(cast.leader).get(f"{at(project)}/skriv/{Section.MONEY}").text
    assert "Skriv med ord vad det kostade." in page
    assert f"/projekt/{project.id}/kostnader" not in page
