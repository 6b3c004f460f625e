"""The pages of what an interrupted project leaves, as the people of the story see them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from app.closing.termination import queries
from app.core.workflow import State
from app.programmes.models import Programme
from app.projects.models import Project
from tests.closing.terminating_story import (
    INTERRUPTED,
    WAYS_IN,
    account_for_all,
    accounted_for,
    benefit,
    in_state,
    interrupt,
    terminating,
)
from tests.conftest import Browser, Cast
from tests.delivery.granted import checked, paid, payer, repaid, sent
from tests.drafting import filled_in, form_on
from tests.pdf.reading import text as text_of
from tests.running_story import running

ONE_DATABASE_IS_ENOUGH = "What its pages ask is asked of both databases in tests/web/test_both_databases.py."

HOSTILE = "<script>alert(1)</script>{{ 7 * 7 }}"


@pytest.fixture(autouse=True)
def when_it_is_interrupted() -> Iterator[None]:
    with time_machine.travel(INTERRUPTED, tick=True):
        yield


def plain(page: str) -> str:
    return page.replace("&nbsp;", " ").replace("\N{NO-BREAK SPACE}", " ")


def at(project: Project, page: str = "") -> str:
    return f"/projekt/{project.id}/avbrott{page}"


def send(browser: Browser, address: str, **typed: Any) -> Any:
    return browser.post(address, data=filled_in(form_on(browser.get(address).text)) | typed)


@pytest.mark.parametrize("state", WAYS_IN)
def test_everything_is_told_on_the_pages_whatever_state_it_was_in(
    state: State, browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = interrupt(cast, in_state(cast, programme, state))
    browser.sign_in(cast.leader)
    page = plain(browser.get(at(project)).text)
    assert "Vad som är levererat är inte redovisat." in page
    assert "500 000 kr är inte återfört till ramen: Miljöförvaltningen 2027." in page
    number = benefit(cast.leader, project).line_id
    for step, typed in (
        ("/levererat", {"delivered": f"Kravlistan {HOSTILE}"}),
        ("/ateranvandning", {"none": "y"}),
        ("/avtal", {"none": "y"}),
        (f"/nytta/{number}", {"fate": "partly", "share": "25", "owner": "Chef", "reason": "Blanketten."}),
        ("/nytta", {"reason": "Tjänsten blir inte av."}),
    ):
        answer = send(browser, at(project, step), **typed)
        assert answer.status_code == 302, step
    page = plain(browser.get(at(project)).text)
    assert "Kravlistan &lt;script&gt;" in page
    assert "Kommer delvis ändå (25 %), Chef: Blanketten." in page
    assert "Avskrivs helt: Tjänsten blir inte av." in page
    browser.sign_in(payer())
    assert send(browser, at(project, "/aterforing")).status_code == 302
    assert "Inget saknas" in browser.get(at(project)).text
    text = plain(text_of(browser.get(at(project, ".pdf")).data))
    assert "Kravlistan <script>" in text
    assert "1 500 000 kr" in text
    assert "Det här saknas" not in text


def test_money_that_is_paid_and_that_no_cost_is_booked_on_is_told_of(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    for step in (sent, checked, paid):
        step(cast, project)
    repaid(cast, project, 30_000)
    project = interrupt(cast, project)
    unbooked, browser = "Utbetalt men inte bokfört", browser.sign_in(cast.auditor)
    page = plain(browser.get(at(project)).text)
    assert "70 000 kr" in page.partition(unbooked)[2][:100]
    assert f"{unbooked} 70 000 kr" in " ".join(plain(text_of(browser.get(at(project, ".pdf")).data)).split())


@pytest.mark.parametrize("state", [State.APPROVED, State.RUNNING])
def test_the_other_pages_of_an_interrupted_project_open(
    state: State, browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = interrupt(cast, in_state(cast, programme, state))
    for who in (cast.leader, cast.secretary):
        browser.sign_in(who)
        page = browser.get(f"/projekt/{project.id}").text
        links = {part.split('"')[0] for part in page.split('href="')[1:]}
        own = sorted(link for link in links if link.startswith(f"/projekt/{project.id}/"))
        assert at(project) in own
        for link in own:
            assert browser.get(link).status_code == 200, link


def test_rows_are_added_changed_and_removed(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = terminating(cast, programme)
    browser.sign_in(cast.leader)
    address = at(project, "/avtal")
    page = send(browser, address, add="rows").text
    typed = filled_in(form_on(page)) | {"rows-0-supplier": "Leverantören AB", "rows-0-status": "notice_given"}
    answer = browser.post(address, data=typed)
    assert answer.status_code == 422
    assert "Ange dagen då avtalet slutar gälla." in answer.text
    typed["rows-0-ends_on"], typed["rows-0-cost"] = "2027-09-30", "12 500"
    assert browser.post(address, data=typed).status_code == 302
    assert "2027-09-30" in browser.get(at(project)).text
    assert "12 500" in plain(browser.get(at(project)).text)
    answer = send(browser, address, none="y")
    assert "Ta bort raderna, eller avmarkera rutan." in answer.text
    typed = filled_in(form_on(browser.get(address).text)) | {"rows-0-status": "taken_over"}
    assert "Skriv rollen som tar över, inte ett namn." in browser.post(address, data=typed).text
    typed["rows-0-taken_over_by"] = "It-chef"
    typed.pop("none")  # kept as a draft by the form that was refused
    assert browser.post(address, data=typed).status_code == 302
    assert [row.taken_over_by for row in queries.contracts_of(project.id)] == ["It-chef"]


def test_what_comes_in_part_is_a_share_that_somebody_answers_for(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = terminating(cast, programme)
    browser.sign_in(cast.leader)
    address = at(project, f"/nytta/{benefit(cast.leader, project).line_id}")
    answer = send(browser, address, fate="partly", share="", owner="", reason="Ja")
    assert answer.status_code == 422
    for fault in ("Ange hur stor del av nyttan som kommer ändå.", "Skriv rollen, inte ett namn."):
        assert fault in answer.text
    for share in ("0", "100"):
        answer = send(browser, address, fate="partly", share=share, owner="Chef", reason="Ja")
        assert "Ange mer än 0 och mindre än 100 procent." in answer.text
    words = at(project, f"/nytta/{benefit(cast.leader, project, 1).line_id}")
    assert "Hur stor del" not in browser.get(words).text
    assert send(browser, words, fate="partly", owner="Chef", reason="Ja").status_code == 302


def test_an_ended_project_is_read_and_no_more_written(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = accounted_for(cast, programme)
    browser.sign_in(cast.manager)
    page = browser.get(at(project)).text
    assert "Skriv vad" not in page
    assert browser.get(at(project, "/levererat")).status_code == 403
    assert browser.get(f"/projekt/{project.id + 1}/avbrott").status_code == 404


def test_the_projects_page_tells_the_decision_and_what_went_back_of_the_money(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = terminating(cast, programme)
    page = plain(browser.sign_in(cast.secretary).get(f"/projekt/{project.id}").text)
    assert "Plattformen kan inte uppdateras i tid." in page
    assert "KS 2027/88 § 4" in page
    assert "enligt ramboken" in page
    account_for_all(cast, project)
    page = plain(browser.get(f"/projekt/{project.id}").text)
    assert "allt är återfört till ramen" in page
    assert "enligt ramboken" not in page
