"""What the department writes during a completion is its own until the next version comes in."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import pytest

from app.applications.queries import attachments_of
from app.benefits import queries as calculations
from app.benefits import service as benefits
from app.benefits.values import CostValues
from app.core.costs import CostKind, Financier
from app.db import transaction
from app.programmes.models import Programme
from app.projects.models import Project
from app.reviews import queries, service
from tests.applications.files import PDF
from tests.conftest import Browser, Cast
from tests.review_story import LATER, resubmitted, returned, taken_in

SECRET = "Hemlig post som ännu inte är inskickad"


@pytest.fixture
def project(browser: Browser, cast: Cast, programme: Programme) -> Project:
    """A returned case in which the leader has begun to write: a cost, a file and an answer."""
    project = returned(cast, taken_in(cast, programme))
    completion = queries.open_request(project.id)
    assert completion is not None
    with transaction():
        values = CostValues(
            description=SECRET,
            kind=CostKind.ONE_OFF,
            department_id=cast.department.id,
            financier=Financier.PROGRAMME,
            amounts={2027: Decimal(7_654_321)},
        )
        benefits.add_cost_line(cast.leader, project, values, LATER)
        service.answer_question(cast.leader, project, completion.questions[0], SECRET, LATER)
    browser.sign_in(cast.leader).post(
        f"/projekt/{project.id}/bilagor", data={"file": (BytesIO(PDF), "hemligt.pdf")}
    )
    browser.post("/logga-ut")
    return project


AMOUNT = "7\u00a0654\u00a0321"
PAGES = ("", "/kalkyl", "/ansokan/las", "/granskning", "/historik")


def status(browser: Browser, address: str) -> int:
    with browser.get(address) as answer:
        return answer.status_code


def test_the_leader_sees_what_is_being_written(browser: Browser, cast: Cast, project: Project) -> None:
    browser.sign_in(cast.leader)
    calculation = browser.get(f"/projekt/{project.id}/kalkyl").text
    assert SECRET in calculation
    assert AMOUNT in calculation
    assert SECRET in browser.get(f"/projekt/{project.id}/ansokan/las").text
    assert SECRET in browser.get(f"/projekt/{project.id}/ansokan/mal").text
    [file] = attachments_of(project.id)
    assert status(browser, f"/projekt/{project.id}/bilagor/{file.id}") == 200


@pytest.mark.parametrize("who", ["secretary", "auditor"])
def test_those_who_handle_the_case_see_only_what_came_in(
    browser: Browser, cast: Cast, project: Project, who: str
) -> None:
    browser.sign_in(getattr(cast, who))
    for page in PAGES:
        answer = browser.get(f"/projekt/{project.id}{page}")
        assert answer.status_code == 200, page
        assert SECRET not in answer.text, page
        assert "hemligt.pdf" not in answer.text, page
        assert AMOUNT not in answer.text, page
    [file] = attachments_of(project.id)
    assert status(browser, f"/projekt/{project.id}/bilagor/{file.id}") == 404
    assert browser.get(f"/projekt/{project.id}/ansokan.pdf?version=utkast").status_code == 404


def test_everything_is_seen_once_it_has_come_in(browser: Browser, cast: Cast, project: Project) -> None:
    with transaction():
        [added] = [line for line in calculations.lines_of(project.id).costs if line.description == SECRET]
        benefits.remove_cost_line(cast.leader, project, added, LATER)  # else it must be signed anew
    resubmitted(cast, project)
    browser.sign_in(cast.secretary)
    assert "Det står nu i avsnittet." in browser.get(f"/projekt/{project.id}/granskning").text
    assert "hemligt.pdf" in browser.get(f"/projekt/{project.id}/ansokan/las").text
    [file] = attachments_of(project.id)
    assert status(browser, f"/projekt/{project.id}/bilagor/{file.id}") == 200
