"""The pages of risks, as the people of the story see them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from app.db import transaction
from app.delivery.risks import queries, service
from app.delivery.risks.models import Issue, Risk
from app.delivery.risks.values import IssueValues
from app.programmes.models import Programme
from app.projects.models import Project
from tests.conftest import Browser, Cast
from tests.delivery.risks.noted import ISSUE, RISK, TODAY, added
from tests.drafting import opened
from tests.hostile import TEXTS
from tests.running_story import PLANNED, planned, running

ONE_DATABASE_IS_ENOUGH = "What its pages ask is asked of both databases in tests/web/test_both_databases.py."

SENT = {
    "text": "Stadens webb hinner inte uppdateras.",
    "probability": "4",
    "consequence": "5",
    "action": "Avstämning varje vecka.",
    "owner": "Projektledaren",
    "due_on": "2027-09-01",
}


def page_of(project: Project, rest: str = "") -> str:
    return f"/projekt/{project.id}/risker{rest}"


def risk_named(project: Project, text: str) -> Risk:
    return next(row for row in queries.risks_of(project.id) if row.text == text)


def the_issue(project: Project) -> Issue:
    return queries.issues_of(project.id)[0]


def test_from_a_risk_to_a_problem_that_is_solved(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    browser.sign_in(cast.leader)
    assert page_of(project) in browser.get(f"/projekt/{project.id}").text
    new = page_of(project, "/ny")
    assert browser.post(new, data=opened(browser, new) | SENT).status_code == 302
    risk = risk_named(project, SENT["text"])
    page = browser.get(page_of(project)).text
    assert "20 (4 × 5)" in page
    assert page.index(risk.text) < page.index(queries.risks_of(project.id)[1].text)
    step = page_of(project, f"/{risk.id}/intraffad")
    begun = opened(browser, step)
    assert begun["text"] == risk.text
    assert begun["consequence"] == "5"
    assert browser.post(step, data=begun).status_code == 302
    issue = the_issue(project)
    page = browser.get(page_of(project)).text
    assert f'href="#risk-{risk.id}"' in page
    assert f'href="#issue-{issue.id}"' in page
    assert "Inträffade" in page
    done = page_of(project, f"/problem/{issue.id}/los")
    browser.post(done, data=opened(browser, done) | {"solution": "Webben fick egen personal."})
    page = browser.get(page_of(project)).text
    assert "1 löst problem" in page
    assert "Webben fick egen personal." in page
    history = browser.get(f"/projekt/{project.id}/historik").text
    for words in ("lade till en risk", "registrerade att en risk har inträffat", "löste ett problem"):
        assert words in history
    assert browser.get(step).status_code == browser.get(done).status_code == 403


def test_the_matrix_counts_open_risks_in_words_too(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = planned(cast, programme)
    for _ in range(2):
        added(cast, project, probability=5, consequence=4)
    browser.sign_in(cast.auditor)
    page = browser.get(page_of(project)).text
    squares = re.findall(r'<td class="(low|medium|high)">\s*<b>(\d*)</b>\s*<small>(\w+)</small>', page)
    assert len(squares) == 25
    assert [square for square in squares if square[1]] == [("high", "2", "Hög")]
    assert squares[3][1] == "2", "the first row is the most probable, its fourth column the consequence 4"
    words = {level: word for level, _count, word in squares}
    assert words == {"low": "Låg", "medium": "Medel", "high": "Hög"}
    assert "Lägg till en risk" not in page


def test_an_overdue_action_is_marked_and_waits_on_the_start_page(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    risk = added(cast, project, due_on=TODAY - timedelta(days=30), text="Försenad upphandling.")
    browser.sign_in(cast.leader)
    assert page_of(project, f"/{risk.id}") in browser.get("/").text
    assert re.search(rf'{risk.due_on}&ensp;<b class="late">', browser.get(page_of(project)).text)
    close = page_of(project, f"/{risk.id}/stang")
    browser.post(close, data=opened(browser, close) | {"outcome": "handled", "note": ""})
    assert page_of(project, f"/{risk.id}") not in browser.get("/").text
    assert "1 stängd risk" in browser.get(page_of(project)).text


FAULTS = [
    ("text", " ", "Skriv vad som kan hända."),
    ("probability", "", "Välj hur sannolikt det är."),
    ("probability", "6", "Välj ett av alternativen."),
    ("probability", "många", "Välj ett av alternativen."),
    ("consequence", "0", "Välj ett av alternativen."),
    ("action", "", "Skriv vad ni gör åt risken."),
    ("owner", "", "Skriv rollen, inte ett namn."),
    ("due_on", "snart", "Ange ett datum med år, månad och dag"),
    ("text", "x" * 1001, "Korta den till högst 1000."),
]


@pytest.mark.parametrize(("name", "text", "said"), FAULTS)
def test_what_is_wrong_is_told_beside_its_field(
    browser: Browser, cast: Cast, programme: Programme, *, name: str, text: str, said: str
) -> None:
    project = planned(cast, programme)
    browser.sign_in(cast.leader)
    address = page_of(project, "/ny")
    answer = browser.post(address, data=opened(browser, address) | SENT | {name: text})
    assert answer.status_code == 422
    assert said in answer.text
    assert queries.risks_of(project.id) == []


def test_two_tabs_never_write_over_each_other(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = planned(cast, programme)
    risk = added(cast, project)
    browser.sign_in(cast.leader)
    address = page_of(project, f"/{risk.id}")
    first, second = opened(browser, address), opened(browser, address)
    assert browser.post(address, data=first | {"probability": "5"}).status_code == 302
    answer = browser.post(address, data=second | {"probability": "1"})
    assert answer.status_code == 409
    assert "5 – mycket stor" in answer.text
    assert risk_named(project, RISK.text).probability == 5


def test_a_risk_that_was_weighed_anew_meanwhile_is_not_closed_unseen(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = planned(cast, programme)
    risk = added(cast, project)
    browser.sign_in(cast.leader)
    close, change = page_of(project, f"/{risk.id}/stang"), page_of(project, f"/{risk.id}")
    asked = opened(browser, close) | {"outcome": "handled", "note": "Klart."}
    browser.post(change, data=opened(browser, change) | {"text": "Något annat kan hända."})
    answer = browser.post(close, data=asked)
    assert answer.status_code == 409
    assert "Något annat kan hända." in answer.text
    assert "Klart." in answer.text
    assert risk_named(project, "Något annat kan hända.").is_open


def test_a_form_sent_twice_has_one_effect(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = planned(cast, programme)
    risk = added(cast, project)
    browser.sign_in(cast.leader)
    for address in (page_of(project, "/ny"), page_of(project, f"/{risk.id}/intraffad")):
        sent = opened(browser, address) | SENT
        assert browser.post(address, data=sent).status_code == 302
        assert browser.post(address, data=sent).status_code == 303
    assert len(queries.risks_of(project.id)) == 2
    assert len(queries.issues_of(project.id)) == 1


def test_hostile_text_is_only_text(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = planned(cast, programme)
    with transaction():
        for text in TEXTS:
            service.add_issue(
                cast.leader,
                project,
                IssueValues(text=text, consequence=1, action=text, owner=text[:200]),
                PLANNED,
            )
            added(cast, project, text=text, action=text, owner=text[:200])
    browser.sign_in(cast.leader)
    for address in (page_of(project), f"/projekt/{project.id}/historik"):
        page = browser.get(address)
        assert page.status_code == 200
        for tag in ("<img", "<iframe", "<svg onload", "<base", "<script>canary"):
            assert tag not in page.text


def test_a_problem_of_another_project_is_not_found(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project, other = planned(cast, programme), planned(cast, programme, title="Ett annat projekt")
    risk = added(cast, project)
    with transaction():
        issue = service.add_issue(cast.leader, project, ISSUE, PLANNED)
    browser.sign_in(cast.leader)
    for rest in (f"/{risk.id}", f"/{risk.id}/stang", f"/problem/{issue.id}", f"/problem/{issue.id}/los"):
        assert browser.get(page_of(project, rest)).status_code == 200
        assert browser.get(page_of(other, rest)).status_code == 404
