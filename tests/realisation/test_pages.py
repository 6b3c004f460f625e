"""The pages of promised benefits, as the people of the story see them."""

from __future__ import annotations

import re

import pytest

from app.programmes.models import Programme
from app.projects.models import Project
from app.realisation import queries
from tests.conftest import Browser, Cast
from tests.drafting import opened
from tests.hostile import TEXTS
from tests.realisation.measuring_story import measured, of, with_plan
from tests.running_story import running

PLAN = {
    "owner_role": "Enhetschef, tillstånd",
    "indicator": "Antal samtal per månad",
    "unit": "samtal",
    "direction": "fall",
    "share": "100",
    "baseline": "1 000",
    "baseline_on": "2027-01-31",
    "baseline_source": "Växeln",
    "target": "600",
    "target_on": "2030-06-30",
    "how": "Växelns statistik.",
    "every_months": "6",
    "measurer_role": "Verksamhetsutvecklare",
}
MEASURED = {"indicator_value": "780", "volume": "4 600", "share": "44", "source": "Telefonstatistik"}


def page_of(project: Project, cast: Cast, rest: str = "") -> str:
    return f"/projekt/{project.id}/nyttor/{of(cast.leader, project).benefit.id}{rest}"


def test_from_a_promise_to_a_measured_benefit(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    browser.sign_in(cast.manager)
    assert f"/projekt/{project.id}/nyttor" in browser.get(f"/projekt/{project.id}").text
    page = browser.get(page_of(project, cast)).text
    assert "Tills dess räknas den som noll." in page
    plan = page_of(project, cast, "/plan")
    begun = opened(browser, plan)
    assert (begun["owner_role"], begun["indicator"]) == ("Enhetschef, tillstånd", "Antal samtal per månad")
    assert browser.post(plan, data=begun | PLAN).status_code == 302
    measure = page_of(project, cast, "/mat")
    begun = opened(browser, measure)
    assert (begun["first"], begun["last"], begun["minutes_saved"]) == ("2028-07", "2028-12", "25")
    assert browser.post(measure, data=begun | MEASURED).status_code == 302
    page = browser.get(page_of(project, cast)).text
    for words in ("2028-07 – 2028-12", "55\xa0%", "110\xa0%", "379\xa0500", "Som planerat", "<svg"):
        assert words in page
    listed = browser.get(f"/projekt/{project.id}/nyttor").text
    assert "379\xa0500" in listed
    assert "Nyttoplan saknas" in listed, "of the other benefit"
    history = browser.get(f"/projekt/{project.id}/historik").text
    for words in ("tog upp en utlovad nytta i registret", "skrev en nyttoplan", "mätte en nytta"):
        assert words in history


FAULTS = [
    ("first", "snart", "Ange en månad, till exempel 2028-03."),
    ("first", "2028-13", "Ange en månad, till exempel 2028-03."),
    ("last", "2028-06", "Sista månaden kommer före den första."),
    ("last", "2029-01", "Dela upp perioden vid årsskiftet."),
    ("indicator_value", "900", "Mätningen ligger under det som väntades. Skriv varför."),
    ("volume", "-1", "Ange minst 0."),
    ("share", "101", "Ange högst 100."),
    ("source", " ", "Skriv varifrån siffrorna kommer."),
]


@pytest.mark.parametrize(("name", "text", "said"), FAULTS)
def test_what_is_wrong_with_a_measurement_is_told_beside_its_field(
    browser: Browser, cast: Cast, programme: Programme, *, name: str, text: str, said: str
) -> None:
    project = with_plan(cast, programme)
    browser.sign_in(cast.manager)
    address = page_of(project, cast, "/mat")
    answer = browser.post(address, data=opened(browser, address) | MEASURED | {name: text})
    assert answer.status_code == 422
    assert said in answer.text
    assert queries.all_measurements(of(cast.leader, project).benefit.id) == []


def test_a_plan_that_claims_too_much_is_told_what_is_left(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    with_plan(cast, programme)
    second = running(cast, programme, title="En annan tjänst")
    browser.sign_in(cast.leader)
    address = page_of(second, cast, "/plan")
    answer = browser.post(address, data=opened(browser, address) | PLAN)
    assert answer.status_code == 422
    assert "0\xa0% är kvar av indikatorn" in answer.text
    turned = browser.post(address, data=opened(browser, address) | PLAN | {"target": "1 200"})
    assert "Målvärdet ligger åt fel håll från utgångsvärdet." in turned.text
    assert of(cast.leader, second).plan is None


def test_a_month_that_is_measured_is_corrected_and_not_measured_again(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = measured(cast, programme)
    browser.sign_in(cast.manager)
    address = page_of(project, cast, "/mat")
    again = {"first": "2028-12", "last": "2028-12", "minutes_saved": "25"}
    answer = browser.post(address, data=opened(browser, address) | MEASURED | again)
    assert "Någon av månaderna är redan mätt." in answer.text
    (row,) = queries.all_measurements(of(cast.leader, project).benefit.id)
    correct = page_of(project, cast, f"/mat/{row.id}")
    begun = opened(browser, correct)
    assert (begun["volume"], begun["first"]) == ("4\xa0600", "2028-07")
    assert browser.post(correct, data=begun | {"volume": "2 300"}).status_code == 422
    sent = browser.post(correct, data=begun | {"volume": "2 300", "correction": "Fel kolumn."})
    assert sent.status_code == 302
    page = browser.get(page_of(project, cast)).text
    assert "Rättelse: Fel kolumn." in page
    assert "<small>Rättad</small>" in page
    assert browser.get(correct).status_code == 404


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_words_stay_words(browser: Browser, cast: Cast, programme: Programme, text: str) -> None:
    project = with_plan(cast, programme)
    browser.sign_in(cast.manager)
    address = page_of(project, cast, "/mat")
    sent = opened(browser, address) | MEASURED | {"source": text, "explanation": text}
    assert browser.post(address, data=sent).status_code == 302
    for page in (page_of(project, cast), f"/projekt/{project.id}/nyttor", "/nyttor"):
        assert browser.get(page).status_code == 200


def test_the_register_sums_what_it_shows_and_filters_by_its_address(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    measured(cast, programme)
    browser.sign_in(cast.secretary)
    page = browser.get("/nyttor").text
    assert "2 nyttor" in page
    assert re.search(r"Behöver åtgärd \(1\)", page)
    assert "379\xa0500" in page
    needy = browser.get("/nyttor?lage=atgard").text
    assert "1 nytta" in needy
    assert "Sökande slipper vänta" in needy
    assert "Färre samtal till handläggare" not in needy
    assert "1 nytta" in browser.get("/nyttor?kategori=quality").text
    assert "2 nyttor" in browser.get("/nyttor?lage=%3Cscript%3E&forvaltning=x&kategori=y&page=-1").text
    assert "Inga nyttor att visa" in browser.get("/nyttor?forvaltning=999999").text
