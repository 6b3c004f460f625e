"""The pages of the check, as the people of the story see them."""

from __future__ import annotations

import re

import pytest

from app.db import transaction
from app.programmes.models import Programme
from app.reviews import queries, service
from app.reviews.models import Answer
from tests.conftest import Browser, Cast
from tests.review_story import LATER, answer_all, assessed, in_council, resubmitted, returned, taken_in
from tests.story import reloaded, submitted

HOSTILE = "<script>alert(1)</script>{{ 7 * 7 }}"


def url(project_id: int, tail: str = "") -> str:
    return f"/projekt/{project_id}/granskning{tail}"


def test_the_secretary_registers_checks_and_sends_a_case_to_the_council(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = submitted(cast, programme)
    browser.sign_in(cast.secretary)
    page = browser.get(url(project.id)).text
    assert "Registrera och ta ärendet" in page
    page = browser.post(url(project.id, "/registrera"), follow_redirects=True).text
    assert "2027-0001" in page
    points = queries.check_of(reloaded(project)).points
    first, *others = [point.key for point in points]
    page = browser.post(
        url(project.id, "/kontroll"), data={f"{first}-answer": "complete"}, follow_redirects=True
    ).text
    assert f"{len(others)} punkter återstår" in page
    assert "Godkänn som fullständig" not in page
    data = {f"{key}-answer": "complete" for key in others}
    page = browser.post(url(project.id, "/kontroll"), data=data, follow_redirects=True).text
    assert "Godkänn som fullständig" in page
    page = browser.post(url(project.id, "/godkann"), follow_redirects=True).text
    assert "Sänd till Lilla utvecklingsrådet" in page
    page = browser.post(url(project.id, "/sand-till-radet"), follow_redirects=True).text
    assert "Rådet kan läsa det nu" in page


def test_accepting_too_early_is_refused_with_the_reason(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = taken_in(cast, programme)
    answer = browser.sign_in(cast.secretary).post(url(project.id, "/godkann"))
    assert answer.status_code == 403
    assert "Svara på alla punkter" in answer.text


def test_what_is_lacking_becomes_the_questions_of_the_return(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = taken_in(cast, programme)
    with transaction():
        service.answer_checklist(
            cast.secretary,
            project,
            {"risks": (Answer.LACKING, "Vem ansvarar för riskerna?"), "milestones": (Answer.LACKING, "")},
            LATER,
        )
    page = browser.sign_in(cast.secretary).get(url(project.id, "/komplettering")).text
    assert "Vem ansvarar för riskerna?" in page
    assert "Lägg till de milstolpar som saknas." in page
    assert page.count("<option selected") == 2


RETURN = {
    "message": "Två saker.",
    "due_on": "2027-03-31",
    "questions-0-section": "risks",
    "questions-0-text": "Vem?",
}


def test_rows_come_and_go_without_losing_a_letter(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = taken_in(cast, programme)
    browser.sign_in(cast.secretary)
    page = browser.post(url(project.id, "/komplettering"), data=RETURN | {"add": "questions"})
    assert page.status_code == 200
    assert all(text in page.text for text in ("Två saker.", "2027-03-31", "Vem?", 'name="questions-1-text"'))
    more = RETURN | {"questions-1-section": "goals", "questions-1-text": "Hur?", "remove": "questions-0"}
    page = browser.post(url(project.id, "/komplettering"), data=more)
    assert "Vem?" not in page.text
    assert "Hur?" in page.text
    assert queries.requests_of(project.id) == []


def test_the_return_reaches_the_leader(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = taken_in(cast, programme)
    answer = browser.sign_in(cast.secretary).post(url(project.id, "/komplettering"), data=RETURN)
    assert answer.status_code == 302
    completion = queries.open_request(project.id)
    assert completion is not None
    assert [(row.section, row.text) for row in completion.questions] == [("risks", "Vem?")]


RETURN_FAULTS = [
    ("message", "", "Skriv kort"),
    ("message", "   ", "Skriv kort"),
    ("message", "x" * 4001, "Korta den"),
    ("due_on", "", "Ange ett datum"),
    ("due_on", "-", "Ange ett datum"),
    ("due_on", "1 234,50", "Ange ett datum"),
    ("due_on", "2027-02-30", "Ange ett datum"),
    ("due_on", "2027-03-03", "inte har passerat"),
    ("questions-0-section", "", "Välj avsnitt"),
    ("questions-0-section", "weather", "Välj ett av alternativen"),
    ("questions-0-text", "", "Skriv frågan"),
    ("questions-0-text", "x" * 4001, "Korta den"),
]


def test_a_fault_in_the_return_is_told_at_its_field_and_nothing_typed_is_lost(
    browser: Browser, cast: Cast, programme: Programme, subtests: pytest.Subtests
) -> None:
    project = taken_in(cast, programme)
    browser.sign_in(cast.secretary)
    for field, text, says in RETURN_FAULTS:
        with subtests.test(field=field, text=text[:20]):
            answer = browser.post(url(project.id, "/komplettering"), data=RETURN | {field: text})
            assert answer.status_code == 422
            assert says in answer.text
            assert f'href="#{field}"' in answer.text
            assert "<title>Fel:" in answer.text
            assert (
                text.strip() or RETURN["questions-0-section"]
            ) in answer.text or field == "questions-0-section"
            assert reloaded(project).state == "checking"


def test_a_return_without_questions_says_so(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = taken_in(cast, programme)
    data = {"message": "Hej", "due_on": "2027-03-31"}
    answer = browser.sign_in(cast.secretary).post(url(project.id, "/komplettering"), data=data)
    assert answer.status_code == 422
    assert "Ställ minst en fråga" in answer.text


CHECK_FAULTS = [
    ({"risks-note": "Bara en anteckning"}, "Välj ett svar"),
    ({"risks-answer": "perhaps"}, "Välj ett av alternativen"),
    ({"risks-answer": "lacking", "risks-note": "x" * 2001}, "Korta den"),
]


def test_a_fault_in_the_checklist_is_told_and_the_text_stays(
    browser: Browser, cast: Cast, programme: Programme, subtests: pytest.Subtests
) -> None:
    project = taken_in(cast, programme)
    browser.sign_in(cast.secretary)
    for data, says in CHECK_FAULTS:
        with subtests.test(says=says):
            answer = browser.post(url(project.id, "/kontroll"), data=data)
            assert answer.status_code == 422
            assert says in answer.text
            assert data.get("risks-note", "") in answer.text
            assert queries.check_of(reloaded(project)).answers == {}


def test_hostile_text_is_shown_as_text(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = taken_in(cast, programme)
    with transaction():
        service.answer_checklist(cast.secretary, project, {"risks": (Answer.LACKING, HOSTILE)}, LATER)
    project = returned(cast, project, questions=[("risks", HOSTILE)])
    page = browser.sign_in(cast.secretary).get(url(project.id)).text
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 * 7 }}") == 2


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
    assert "Sänd till Lilla utvecklingsrådet" not in page
    page = browser.post(url(project.id, "/ta-over"), follow_redirects=True).text
    assert "Sänd till Lilla utvecklingsrådet" in page
