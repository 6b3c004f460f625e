"""What no page of ours sends: numbers that no record has, rows that nobody added, choices not offered."""

from __future__ import annotations

import pytest

from app.programmes.models import Programme
from app.projects.models import Project
from tests import story
from tests.benefits.pages import benefit_fields, cost_fields
from tests.conftest import Browser, Cast
from tests.drafting import autosaved
from tests.review_story import in_council

HUGE = "9" * 30


@pytest.fixture
def project(cast: Cast, programme: Programme) -> Project:
    return story.started(cast, programme)


@pytest.mark.parametrize(
    "address",
    [f"/projekt/{HUGE}", f"/moten/{HUGE}", f"/projekt/1/bilagor/{HUGE}", f"/aviseringar/{HUGE}/last"],
)
def test_a_number_that_no_record_can_have_is_not_found(browser: Browser, cast: Cast, address: str) -> None:
    browser.sign_in(cast.auditor)
    assert browser.open(address, method="POST" if "last" in address else "GET").status_code == 404


def test_parameters_with_such_numbers_ask_for_nothing(browser: Browser, cast: Cast, project: Project) -> None:
    browser.sign_in(cast.leader)
    for before in (HUGE, "-1", "²", ""):
        assert browser.get(f"/projekt/{project.id}/historik?before={before}").status_code == 200
    assert browser.post("/aviseringar/lasta", data={"newest": HUGE}).status_code == 400


@pytest.mark.parametrize("place", ["²", HUGE, "x", "-1"])
def test_a_row_under_an_odd_name_is_no_row(
    browser: Browser, cast: Cast, project: Project, place: str
) -> None:
    browser.sign_in(cast.leader)
    page = f"/projekt/{project.id}/ansokan/risker"
    sent = {f"risks-{place}-risk": "Odd", "version": "0"}
    assert autosaved(browser, page, sent).status_code == 200
    assert browser.get(page).status_code == 200, "the draft must not shut its writer out"
    assert browser.post(page, data=sent).status_code == 302


def test_two_thousand_rows_are_refused_at_once_and_the_draft_keeps_them(
    browser: Browser, cast: Cast, project: Project
) -> None:
    browser.sign_in(cast.leader)
    page = f"/projekt/{project.id}/ansokan/risker"
    answer = browser.post(page, data={f"risks-{row}-risk": f"Risk {row}" for row in range(2_000)})
    assert answer.status_code == 422
    assert "fler än 100 rader" in answer.text
    assert answer.text.count('name="risks-') < 1_500, "the page shows what can be saved, and one row more"


@pytest.mark.parametrize("department", ["0", "-1", "999999999"])
@pytest.mark.parametrize(("key", "fields"), [("cost-new", cost_fields), ("benefit-new", benefit_fields)])
def test_a_line_of_an_unknown_department_is_not_tried_out(
    browser: Browser, cast: Cast, project: Project, department: str, key: str, fields: object
) -> None:
    assert callable(fields)
    browser.sign_in(cast.leader)
    answer = browser.post(
        f"/projekt/{project.id}/kalkyl/prova?line={key}", data=fields(department_id=department)
    )
    assert answer.status_code == 200


@pytest.mark.parametrize("name", ["amount_2027", "depreciation_years"])
def test_a_number_beyond_counting_is_not_tried_out(
    browser: Browser, cast: Cast, project: Project, name: str
) -> None:
    browser.sign_in(cast.leader)
    sent = cost_fields(treatment="invested", depreciation_years="5") | {name: "999999999999999"}
    answer = browser.post(f"/projekt/{project.id}/kalkyl/prova?line=cost-new", data=sent)
    assert answer.status_code == 200


def test_benefits_that_could_not_be_added_up_are_refused_when_they_are_saved(
    browser: Browser, cast: Cast, project: Project
) -> None:
    browser.sign_in(cast.leader)
    large = benefit_fields(quantity="1 000 000 000", unit_price="900 000")
    for _line in range(2):
        answer = browser.post(f"/projekt/{project.id}/kalkyl/nytta/ny", data=large)
        assert "Nyttan blir orimligt stor" in answer.text
    assert browser.get(f"/projekt/{project.id}/kalkyl").status_code == 200


@pytest.mark.parametrize("sent", [{}, {"items-0-proposal": ""}, {"items-0-proposal": "x"}])
def test_an_agenda_without_a_proposal_is_told_so(
    browser: Browser, cast: Cast, programme: Programme, sent: dict[str, str]
) -> None:
    case = in_council(cast, programme)
    browser.sign_in(cast.secretary)
    agenda = {
        "title": "Möte",
        "meeting_on": "2027-03-12",
        "items-0-project_id": str(case.id),
        "items-0-include": "y",
    }
    assert browser.post("/moten/nytt", data=agenda | sent).status_code == 422


@pytest.mark.parametrize(
    "page", ["//evil.example", "/projekt//1", "/\\evil.example", "https://evil.example", "", "\x00"]
)
def test_the_switch_of_language_leads_to_our_own_pages_only(browser: Browser, cast: Cast, page: str) -> None:
    answer = browser.sign_in(cast.leader).post("/sprak", data={"language": "en", "page": page})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert 'lang="en"' in browser.get("/").text
