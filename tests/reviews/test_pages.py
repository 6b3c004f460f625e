"""The pages of the check, as the people of the story see them."""

from __future__ import annotations

import pytest

from app.db import transaction
from app.programmes.models import Programme
from app.reviews import queries, service
from app.reviews.models import Answer
from tests.conftest import Browser, Cast
from tests.review_story import LATER, returned, taken_in
from tests.story import reloaded, submitted

ONE_DATABASE_IS_ENOUGH = "What its pages ask is asked of both databases in tests/web/test_both_databases.py."

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
    assert "Skicka till Lilla utvecklingsrådet" in page
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
    tasks = browser.sign_in(cast.leader).get(f"/projekt/{project.id}/ansokan").text
    assert f"väntar på ditt svar, senast {project.due_on}." in tasks
    assert tasks.count("Att svara på") == 1
    assert "1 fråga väntar på svar." in tasks


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
