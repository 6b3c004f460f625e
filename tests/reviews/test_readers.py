"""What the applicant answers, and who reads which part of a case."""

from __future__ import annotations

import re

import pytest

from app.db import transaction
from app.programmes.models import Programme
from app.reviews import queries, service
from app.reviews.models import Answer
from tests.conftest import Browser, Cast
from tests.review_story import LATER, answer_all, assessed, in_council, resubmitted, returned, taken_in


def url(project_id: int, tail: str = "") -> str:
    return f"/projekt/{project_id}/granskning{tail}"


# --- the applicant ---------------------------------------------------------------------------------------


def test_the_leader_answers_in_place(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = returned(cast, taken_in(cast, programme))
    completion = queries.open_request(project.id)
    assert completion is not None
    question = completion.questions[0]
    page = browser.sign_in(cast.leader).get(f"/projekt/{project.id}/ansokan/mal").text
    assert "Vilket är utgångsvärdet?" in page
    assert "Vem betalar driften?" not in page
    name = re.search(r'name="(question-\d+-answer)"', page)
    assert name is not None
    answer = browser.post(
        f"/projekt/{project.id}/fragor/{question.id}", data={name[1]: "42 dagar, mätt 2026."}
    )
    assert answer.headers["Location"].endswith(f"/ansokan/mal#question-{question.id}")
    assert "42 dagar, mätt 2026." in browser.get(f"/projekt/{project.id}/ansokan/mal").text
    assert queries.open_questions(project.id) == 1


def test_an_answer_that_is_too_long_stays_on_a_page_of_its_own(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = returned(cast, taken_in(cast, programme))
    completion = queries.open_request(project.id)
    assert completion is not None
    question = completion.questions[0]
    answer = browser.sign_in(cast.leader).post(
        f"/projekt/{project.id}/fragor/{question.id}",
        data={f"question-{question.id}-answer": "x" * 10_001},
    )
    assert answer.status_code == 422
    assert "x" * 10_001 in answer.text
    assert "Korta den" in answer.text


def test_a_question_of_another_project_does_not_exist(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = returned(cast, taken_in(cast, programme))
    other = taken_in(cast, programme, title="Ett annat")
    completion = queries.open_request(project.id)
    assert completion is not None
    address = f"/projekt/{other.id}/fragor/{completion.questions[0].id}"
    assert browser.sign_in(cast.leader).post(address).status_code == 404


def test_the_applicant_sees_the_questions_but_never_the_checklist(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = taken_in(cast, programme)
    secret = "Beloppen verkar tagna ur luften"
    with transaction():
        service.answer_checklist(cast.secretary, project, {"cost_sources": (Answer.LACKING, secret)}, LATER)
    project = returned(cast, project)
    browser.sign_in(cast.leader)
    assert browser.get(url(project.id)).status_code == 403
    for address in ("", "/historik", "/ansokan", "/ansokan/las", "/ansokan/kostnader-och-nytta"):
        page = browser.get(f"/projekt/{project.id}{address}")
        assert page.status_code == 200, address
        assert secret not in page.text


# --- who sees what ---------------------------------------------------------------------------------------


CASE_READERS = [
    ("secretary", 200),
    ("other_secretary", 200),
    ("auditor", 200),
    ("leader", 403),
    ("manager", 403),
    ("controller", 403),
    ("other_leader", 404),
    ("council", 404),
    ("decider", 404),
    ("administrator", 404),
    ("nobody", 404),
]


def test_the_page_of_a_case_under_check(
    browser: Browser, cast: Cast, programme: Programme, subtests: pytest.Subtests
) -> None:
    project = taken_in(cast, programme)
    for who, status in CASE_READERS:
        with subtests.test(who=who):
            assert browser.sign_in(getattr(cast, who)).get(url(project.id)).status_code == status


@pytest.mark.parametrize("who", ["council", "decider"])
def test_the_council_reads_the_case_without_the_checklist_and_without_buttons(
    browser: Browser, cast: Cast, programme: Programme, who: str
) -> None:
    project = in_council(cast, programme)
    page = browser.sign_in(getattr(cast, who)).get(url(project.id))
    assert page.status_code == 200
    assert "Fullständighetskontroll av version" not in page.text
    assert "/granskning/" not in page.text


def test_the_auditor_reads_the_checklist_but_changes_nothing(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = taken_in(cast, programme)
    answer_all(cast, project)
    page = browser.sign_in(cast.auditor).get(url(project.id)).text
    assert "Fullständighetskontroll av version 1" in page
    assert "Spara kontrollen" not in page
    for verb in ("/registrera", "/ta-over", "/kontroll", "/godkann", "/sand-till-radet", "/komplettering"):
        assert browser.post(url(project.id, verb)).status_code == 403


def test_answers_stand_beside_questions_with_a_way_to_what_changed(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = resubmitted(cast, returned(cast, taken_in(cast, programme)))
    page = browser.sign_in(cast.secretary).get(url(project.id)).text
    assert page.count("Det står nu i avsnittet.") == 2
    assert "Se vad som ändrades i version 2" in page
    assert "jamfor?from=1&amp;to=2" in page


def test_what_the_version_before_had_right_is_filled_in_but_not_yet_saved(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = taken_in(cast, programme)
    with transaction():
        service.answer_checklist(
            cast.secretary, project, {"risks": (Answer.COMPLETE, ""), "round": (Answer.LACKING, "")}, LATER
        )
    project = resubmitted(cast, returned(cast, project))
    page = browser.sign_in(cast.secretary).get(url(project.id)).text
    assert re.findall(r'<input checked[^>]*name="([a-z_]+)-answer"[^>]*value="(\w+)"', page) == [
        ("risks", "complete")
    ]
    assert queries.check_of(project).answers == {}


def test_a_colleague_sees_who_has_the_case_and_may_take_it_over(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = assessed(cast, programme)
    browser.sign_in(cast.other_secretary)
    page = browser.get(url(project.id)).text
    assert "Secretary handlägger ärendet" in page
    assert "Skicka till Lilla utvecklingsrådet" not in page
    page = browser.post(url(project.id, "/ta-over"), follow_redirects=True).text
    assert "Skicka till Lilla utvecklingsrådet" in page
