"""The pages of conditions, as the people of the story use them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from werkzeug.test import TestResponse

from app.core.conditions import ConditionState
from app.programmes.models import Programme
from app.projects.models import Project
from tests.applications.files import PDF, bomb
from tests.conftest import Browser, Cast
from tests.delivery.granted import approved, condition, given_back, granted, last_report, reported
from tests.drafting import opened

ONE_DATABASE_IS_ENOUGH = "What its pages ask is asked of both databases in tests/web/test_both_databases.py."

HOSTILE = "<script>alert(1)</script>{{ 7 * 7 }}"
SENT = {"text": "Planen är beslutad.", "met_on": "2027-03-04"}


def page_of(project: Project, cast: Cast, verb: str, place: int = 0) -> str:
    number = condition(cast.auditor, project, place).condition.id
    return f"/projekt/{project.id}/villkor/{number}/{verb}"


def send(browser: Browser, address: str, *names: str, content: bytes = PDF, **changes: str) -> TestResponse:
    data: dict[str, Any] = SENT | changes
    if names:
        data["files"] = [(BytesIO(content), name) for name in names]
    return browser.post(address, data=data, content_type="multipart/form-data")


def test_from_the_start_page_to_a_condition_that_is_met(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = granted(cast, programme)
    browser.sign_in(cast.leader)
    address = page_of(project, cast, "redovisa")
    assert address in browser.get("/").text
    assert send(browser, address, "plan.pdf", "protokoll.pdf").status_code == 302
    assert address not in browser.get("/").text
    page = browser.get(f"/projekt/{project.id}/villkor").text
    assert "Redovisat, ska prövas" in page
    assert "protokoll.pdf" in page
    browser.post("/logga-ut")
    browser.sign_in(cast.secretary)
    address = page_of(project, cast, "prova")
    assert address in browser.get("/").text
    number = last_report(condition(cast.auditor, project))
    browser.post(address, data={"report": number, "outcome": "approve", "reason": ""})
    assert condition(cast.auditor, project).state is ConditionState.APPROVED
    assert "Uppfyllt" in browser.get(f"/projekt/{project.id}").text
    assert browser.get(address).status_code == 403


def test_a_proof_is_saved_and_never_opened(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = granted(cast, programme)
    browser.sign_in(cast.leader)
    send(browser, page_of(project, cast, "redovisa"), "plan åäö.pdf")
    latest = condition(cast.auditor, project).latest
    assert latest is not None
    address = f"/projekt/{project.id}/villkor/underlag/{latest.proofs[0].id}"
    with browser.get(address) as answer:
        assert answer.data == PDF
        assert answer.headers["Content-Disposition"].startswith("attachment;")
    browser.post("/logga-ut")
    browser.sign_in(cast.other_leader)
    assert browser.get(address).status_code == 404


def test_a_file_that_is_not_taken_in_stops_the_report_and_keeps_the_text(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = granted(cast, programme)
    browser.sign_in(cast.leader)
    address = page_of(project, cast, "redovisa")
    answer = send(browser, address, "plan.docx", content=bomb())
    assert answer.status_code == 422
    assert "plan.docx: " in answer.text
    assert "Planen är beslutad." in answer.text
    many = [f"{number}.pdf" for number in range(21)]
    assert "högst 20 filer" in send(browser, address, *many).text
    assert condition(cast.auditor, project).state is ConditionState.OPEN


def test_what_is_missing_is_told_beside_its_field(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = granted(cast, programme)
    browser.sign_in(cast.leader)
    address = page_of(project, cast, "redovisa")
    assert "Skriv hur villkoret är uppfyllt." in send(browser, address, text=" ").text
    assert "Dagen har inte kommit än" in send(browser, address, met_on="2027-12-31").text
    reported(cast, project)
    browser.post("/logga-ut")
    browser.sign_in(cast.secretary)
    answer = browser.post(page_of(project, cast, "prova"), data={"outcome": "give_back", "reason": " "})
    assert answer.status_code == 422
    assert "Skriv vad som saknas" in answer.text


def test_a_form_sent_twice_is_one_report(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = granted(cast, programme)
    browser.sign_in(cast.leader)
    address, key = page_of(project, cast, "redovisa"), browser.key()
    for _ in range(2):
        assert send(browser, address, "plan.pdf", form_key=key).status_code in (302, 303)
    assert len(condition(cast.auditor, project).reports) == 1


def test_a_page_that_was_overtaken_is_refused_and_the_words_are_kept(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    """The secretary writes why it is not enough; meanwhile a colleague agrees to it."""
    project = granted(cast, programme)
    number = last_report(reported(cast, project))
    browser.sign_in(cast.other_secretary)
    address = page_of(project, cast, "prova")
    key = opened(browser, address)["form_key"]
    approved(cast, project)
    data = {"report": number, "outcome": "give_back", "reason": "Ansvarig saknas.", "form_key": key}
    answer = browser.post(address, data=data)
    assert answer.status_code == 403
    assert "gått vidare" in answer.text
    assert "Ansvarig saknas." in answer.text
    assert condition(cast.auditor, project).state is ConditionState.APPROVED


def test_why_it_came_back_stands_on_the_page_where_it_is_reported_anew(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = granted(cast, programme)
    reported(cast, project)
    given_back(cast, project, HOSTILE)
    browser.sign_in(cast.leader)
    page = browser.get(page_of(project, cast, "redovisa")).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 * 7 }}" in page
    assert "<script>alert" not in page
    send(browser, page_of(project, cast, "redovisa"), text=HOSTILE)
    for address in (f"/projekt/{project.id}/villkor", f"/projekt/{project.id}/historik", "/aviseringar"):
        assert "<script>alert" not in browser.get(address).text


def test_a_condition_of_another_project_is_not_found(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = granted(cast, programme)
    number = condition(cast.auditor, project).condition.id
    browser.sign_in(cast.leader)
    assert browser.get(f"/projekt/{project.id + 1}/villkor/{number}/redovisa").status_code == 404
    assert browser.get(f"/projekt/{project.id}/villkor/{number + 900}/redovisa").status_code == 404
