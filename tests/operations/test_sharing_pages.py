"""The pages of a shared service: a key is proposed, departments answer, each reads its bill."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.core.operation import YearlyCost, YearlyKind
from app.core.sharing import ShareState
from app.programmes.models import Programme
from app.projects.models import Project
from tests.conftest import Browser, Cast
from tests.drafting import opened
from tests.operating_story import changed_cost, older, service_of
from tests.pdf.reading import structure, text
from tests.running_story import running
from tests.sharing_story import YEAR, answered, disputed, key, proposed


@pytest.fixture
def project(cast: Cast, programme: Programme) -> Project:
    return running(cast, programme)


def plain(page: str) -> str:
    return page.replace("\u00a0", " ").replace("&nbsp;", " ")


def test_from_a_proposed_key_to_what_the_departments_answer(
    browser: Browser, cast: Cast, project: Project
) -> None:
    service = f"/drift/{service_of(project).service.id}"
    sharing, year = f"{service}/delning", f"{service}/delning/{YEAR}"
    browser.sign_in(cast.leader)
    assert f'href="{sharing}"' in browser.get(service).text
    assert "Ingen nyckel" in browser.get(sharing).text
    assert "delas inte än" in browser.get(year).text
    typed = {
        "basis": "Ärenden",
        "unit": "ärenden",
        "measured_on": "2027-02-01",
        "source": "Statistiken",
        "quantities-0-department_id": str(cast.department.id),
        "quantities-0-quantity": "2",
        "quantities-1-department_id": str(cast.department.id),
        "quantities-1-quantity": "1",
    }
    form = f"{year}/nyckel"
    twice = browser.post(form, data=opened(browser, form) | typed)
    assert (twice.status_code, "Rad 2 har en förvaltning som redan står" in twice.text) == (422, True)
    typed["quantities-1-department_id"] = str(cast.other_department.id)
    ahead = browser.post(form, data=opened(browser, form) | typed | {"measured_on": "2099-01-01"})
    assert (ahead.status_code, "Ange en dag som har varit." in ahead.text) == (422, True)
    more = browser.post(form, data=opened(browser, form) | typed | {"add": "quantities"})
    assert 'name="quantities-2-department_id"' in more.text
    assert browser.post(form, data=opened(browser, form) | typed).status_code == 302
    shown = plain(browser.get(year).text)
    for words in ("206 667", "103 333", "310 000", "Väntar på svar", "Fördelningsnyckel"):
        assert words in shown, words
    answer = f"{year}/svara/{cast.other_department.id}"
    assert f'href="{answer}"' not in shown
    browser.sign_in(cast.other_manager)
    assert f'href="{answer}"' in browser.get("/").text
    page = browser.get(answer)
    assert "103 333,33" in plain(page.text), "what is accepted is told to the öre"
    declined = browser.post(answer, data=opened(browser, answer) | {"answer": "declined"})
    assert (declined.status_code, "Skriv varför" in declined.text) == (422, True)
    said = {"answer": "declined", "words": "Fel månad."}
    assert browser.post(answer, data=opened(browser, answer) | said).status_code == 302
    assert "Någon har avböjt" in browser.get(year).text
    browser.sign_in(cast.leader)
    assert f'href="{year}"' in browser.get("/").text


def test_whoever_accepts_has_read_what_is_accepted(browser: Browser, cast: Cast, project: Project) -> None:
    proposed(cast, project)
    answer = f"/drift/{service_of(project).service.id}/delning/{YEAR}/svara/{cast.department.id}"
    browser.sign_in(cast.manager)
    as_it_was = opened(browser, answer)
    proposed(cast, project, key(cast, other="7"))
    overtaken = browser.post(answer, data=as_it_was | {"answer": "accepted"})
    assert overtaken.status_code == 409
    assert "Någon annan hann före" in overtaken.text


def test_a_share_is_read_on_paper_as_its_page_shows_it(
    browser: Browser, cast: Cast, project: Project
) -> None:
    changed_cost(cast.leader, project, YearlyCost(YearlyKind.OPERATION, YEAR, YEAR, Decimal("100000.51")))
    disputed(cast, project)
    year = f"/drift/{service_of(project).service.id}/delning/{YEAR}"
    address = f"{year}/{cast.other_department.id}.pdf"
    browser.sign_in(cast.other_manager)
    assert f'href="{address}"' in browser.get(year).text
    made = browser.get(address).data
    said = text(made)
    for words in (
        "Kulturförvaltningen betalar 33 334 kr för 2028",
        "33 333,50 kr",
        "100 000,51 kr",
        "66 667 kr",
        "100 001 kr",
        "Ärenden som kom in genom tjänsten",
        "avböjde andelen. ”Måttet är från fel månad.”",
    ):
        assert words in said, words
    tags = structure(made)
    assert any("TH" in tag for tag in tags)


def test_bills_are_listed_summed_and_taken_along(browser: Browser, cast: Cast, project: Project) -> None:
    browser.sign_in(cast.other_manager)
    assert "Inga andelar" in browser.get("/drift/andelar").text
    disputed(cast, project)
    page = plain(browser.get(f"/drift/andelar?ar={YEAR}").text)
    assert "1 andel, 103 333 kr 2028" in page
    assert "Miljöförvaltningen" not in page.partition("<table")[2]
    assert "Inga andelar" in browser.get(f"/drift/andelar?ar={YEAR}&lage=accepted").text
    written = browser.get(f"/drift/andelar.csv?ar={YEAR}").get_data().decode("utf-8-sig").splitlines()
    assert written[0].startswith("Förvaltning;Tjänst;År;Fördelas efter;")
    assert written[1].endswith(";planerad kostnad;103333;103333,33;Avböjd")
    assert len(written) == 2
    assert browser.get(f"/drift/andelar.xlsx?ar={YEAR}").data.startswith(b"PK")


def test_the_key_of_a_new_year_begins_with_that_of_the_year_before(
    browser: Browser, cast: Cast, project: Project
) -> None:
    proposed(cast, project)
    browser.sign_in(cast.leader)
    begun = opened(browser, f"/drift/{service_of(project).service.id}/delning/{YEAR + 1}/nyckel")
    assert begun["basis"] == "Ärenden som kom in genom tjänsten"
    assert begun["quantities-1-department_id"] == str(cast.other_department.id)
    assert (begun["quantities-1-quantity"], begun["measured_on"]) == ("", ""), "it is measured anew"


def test_a_year_is_taken_back_with_words(browser: Browser, cast: Cast, project: Project) -> None:
    proposed(cast, project)
    answered(cast.manager, project, cast.department.id, ShareState.ACCEPTED)
    year = f"/drift/{service_of(project).service.id}/delning/{YEAR}"
    browser.sign_in(cast.leader)
    page = f"{year}/aterta"
    assert browser.post(page, data=opened(browser, page)).status_code == 422
    assert browser.post(page, data=opened(browser, page) | {"words": "Bara vi."}).status_code == 302
    shown = browser.get(year).text
    for words in ("Delas inte", "Bara vi.", "Tidigare versioner", "godkände andelen"):
        assert words in shown, words
    assert browser.get(f"{year}/{cast.department.id}.pdf").status_code == 404


def test_a_service_without_a_cost_teaches_what_comes_first(browser: Browser, cast: Cast) -> None:
    number = older(cast)
    browser.sign_in(cast.manager)
    page = browser.get(f"/drift/{number}/delning").text
    assert "Det finns ingen kostnad att dela" in page
    assert f'href="/drift/{number}/pengar"' in page
    assert browser.get(f"/drift/{number}/delning/2028").status_code == 404
