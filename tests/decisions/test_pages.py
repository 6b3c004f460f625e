"""The pages of opinions, decisions and meetings, as the people of the story see them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.decisions import queries
from app.decisions.models import DecisionKind
from app.programmes.models import Programme
from app.projects.models import Project
from tests.conftest import Browser, Cast
from tests.review_story import (
    applied_rows,
    awaiting_decision,
    decide,
    delegation_of,
    in_council,
)

ONE_DATABASE_IS_ENOUGH = "What its pages ask is asked of both databases in tests/web/test_both_databases.py."

HOSTILE = "<script>alert(1)</script>{{ 7 * 7 }}"
OPINION = {
    "meeting_on": "2027-03-04",
    "kind": "approve",
    "text": "Rådet tillstyrker.",
    "separate_statements": "2",
}


def plain(page: str) -> str:
    return page.replace("&nbsp;", " ").replace("\u00a0", " ")


def decision_data(project: Project, **changes: str) -> dict[str, str]:
    """The form as it is prefilled, with what a person adds."""
    data = {
        "kind": "approve",
        "decided_on": "2027-03-04",
        "delegation": str(delegation_of(project.programme_id, "Kommunstyrelsens utskott")),
        "reasons": "Nyttan överstiger kostnaden.",
        "reference": "KSU § 7",
    }
    for index, (department_id, year, amount) in enumerate(applied_rows(project)):
        data |= {
            f"amounts-{index}-department": str(department_id),
            f"amounts-{index}-year": str(year),
            f"amounts-{index}-amount": f"{amount:f}",
        }
    return data | changes


def without_amounts(data: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in data.items() if not name.startswith("amounts")}


# --- opinion ---------------------------------------------------------------------------------------------


def test_the_opinion_is_registered_on_its_page(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = in_council(cast, programme)
    browser.sign_in(cast.secretary)
    assert browser.get(f"/projekt/{project.id}/yttrande").status_code == 200
    answer = browser.post(f"/projekt/{project.id}/yttrande", data=OPINION)
    assert answer.headers["Location"] == f"/projekt/{project.id}"
    assert queries.opinions_of(project.id)[0].separate_statements == 2


OPINION_FAULTS = [
    ("meeting_on", "", "Ange mötets dag", "meeting_on"),
    ("meeting_on", "igår", "Ange ett datum", "meeting_on"),
    ("meeting_on", "2027-03-05", "framtiden", "meeting_on"),
    ("kind", "", "Välj vad rådet yttrade", "kind-0"),
    ("kind", "maybe", "Välj ett av alternativen", "kind-0"),
    ("text", " ", "Skriv rådets yttrande", "text"),
    ("text", "x" * 20_001, "Korta den", "text"),
    ("separate_statements", "", "Ange ett antal", "separate_statements"),
    ("separate_statements", "-", "Ange ett heltal", "separate_statements"),
    ("separate_statements", "1 234,50", "Ange ett heltal", "separate_statements"),
    ("separate_statements", "-1", "Ange minst 0", "separate_statements"),
    ("separate_statements", "100", "Ange högst 99", "separate_statements"),
]


def test_a_fault_in_the_opinion_is_told_at_its_field(
    browser: Browser, cast: Cast, programme: Programme, subtests: pytest.Subtests
) -> None:
    project = in_council(cast, programme)
    browser.sign_in(cast.secretary)
    for field, text, says, target in OPINION_FAULTS:
        with subtests.test(field=field, text=text[:20]):
            answer = browser.post(f"/projekt/{project.id}/yttrande", data=OPINION | {field: text})
            assert answer.status_code == 422
            assert says in answer.text
            assert f'href="#{target}"' in answer.text
            assert queries.opinions_of(project.id) == []


# --- decision --------------------------------------------------------------------------------------------


def test_the_form_starts_with_what_was_applied_for(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = awaiting_decision(cast, programme)
    page = plain(browser.sign_in(cast.secretary).get(f"/projekt/{project.id}/beslut").text)
    assert 'value="500 000"' in page
    assert 'value="1 000 000"' in page
    assert 'value="2027"' in page
    assert "Summa: 1 500 000 kr" in page
    assert "Programdirektören – högst 3 000 000 kr" in page
    assert "Kommunstyrelsens utskott – utan gräns" in page


def test_a_decision_is_checked_on_a_page_of_its_own_before_it_is_registered(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = awaiting_decision(cast, programme)
    address = f"/projekt/{project.id}/beslut"
    conditions = {"conditions-0-text": "Redovisa effektmålen.", "conditions-0-due_on": "2028-12-31"}
    data = decision_data(project) | conditions
    browser.sign_in(cast.secretary)
    check = plain(browser.post(address, data=data | {"step": "check"}).text)
    assert "Kontrollera beslutet" in check
    assert "1,50 %" in check
    assert "Redovisa effektmålen." in check
    assert queries.decisions_of(project.id) == []
    again = plain(browser.post(address, data=data | {"step": "change"}).text)
    assert "Nyttan överstiger kostnaden." in again
    assert 'value="2028-12-31"' in again
    answer = browser.post(address, data=data | {"step": "register"})
    assert answer.headers["Location"] == f"/projekt/{project.id}"
    (decision,) = queries.decisions_of(project.id)
    assert decision.amount == Decimal(1_500_000)
    assert browser.post(address, data=data | {"step": "register"}).status_code == 403


def test_the_check_page_carries_everything_that_was_typed(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    import re
    from html import unescape

    project = awaiting_decision(cast, programme)
    data = decision_data(project, reasons="Först.\nSedan & sist.")
    check = browser.sign_in(cast.secretary).post(f"/projekt/{project.id}/beslut", data=data).text
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', check))
    assert {name: unescape(hidden[name]) for name in data} == data


def test_rows_of_a_decision_come_and_go_without_losing_a_letter(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = awaiting_decision(cast, programme)
    address, data = f"/projekt/{project.id}/beslut", decision_data(project)
    browser.sign_in(cast.secretary)
    page = browser.post(address, data=data | {"add": "conditions"}).text
    assert 'name="conditions-0-text"' in page
    assert "Nyttan överstiger kostnaden." in page
    page = browser.post(address, data=data | {"remove": "amounts"}).text
    assert "amounts-0-amount" not in page
    assert "Nyttan överstiger kostnaden." in page


def test_a_rejection_with_amounts_says_what_to_do(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = awaiting_decision(cast, programme)
    address, data = f"/projekt/{project.id}/beslut", decision_data(project, kind="reject")
    answer = browser.sign_in(cast.secretary).post(address, data=data)
    assert answer.status_code == 422
    assert "Ta bort beloppen" in answer.text
    check = browser.post(address, data=without_amounts(data))
    assert check.status_code == 200
    assert "Avslå" in check.text


DECISION_FAULTS = [
    ("kind", "", "Välj vad som beslutades"),
    ("kind", "maybe", "Välj ett av alternativen"),
    ("decided_on", "", "Ange beslutets dag"),
    ("decided_on", "-", "Ange ett datum"),
    ("decided_on", "2027-03-05", "framtiden"),
    ("delegation", "", "Välj vem som beslutade"),
    ("delegation", "nobody", "Välj ett av alternativen"),
    ("delegation", "9999", "Välj ett av alternativen"),
    ("reasons", "  ", "Skriv skälen"),
    ("reasons", "x" * 20_001, "Korta den"),
    ("reference", "x" * 201, "Korta den"),
    ("amounts-0-department", "", "Välj förvaltning"),
    ("amounts-0-department", "9999", "Välj ett av alternativen"),
    ("amounts-0-year", "", "Ange år"),
    ("amounts-0-year", "i år", "Ange ett år"),
    ("amounts-0-year", "1999", "Ange minst 2000"),
    ("amounts-0-year", "2028", "Slå ihop raderna"),
    ("amounts-0-amount", "", "Ange ett belopp"),
    ("amounts-0-amount", "-", "Ange ett belopp"),
    ("amounts-0-amount", "1 234,505", "högst 2 decimaler"),
    ("amounts-0-amount", "1 234,50", "1 001 234,50 kr"),
    ("amounts-0-amount", "-500", "Ange minst 0"),
    ("amounts-0-amount", HOSTILE, "Ange ett belopp"),
    ("conditions-0-text", "", "Skriv villkoret"),
    ("conditions-0-text", "x" * 2001, "Korta den"),
    ("conditions-0-due_on", "snart", "Ange ett datum"),
]


def test_a_fault_in_the_decision_is_told_and_nothing_typed_is_lost(
    browser: Browser, cast: Cast, programme: Programme, subtests: pytest.Subtests
) -> None:
    project = awaiting_decision(cast, programme)
    condition = {"conditions-0-text": "Samverka.", "conditions-0-due_on": ""}
    browser.sign_in(cast.secretary)
    for field, text, says in DECISION_FAULTS:
        with subtests.test(field=field, text=text[:20]):
            data = (
                decision_data(project) | (condition if field.startswith("conditions") else {}) | {field: text}
            )
            answer = browser.post(f"/projekt/{project.id}/beslut", data=data | {"step": "register"})
            assert answer.status_code == 422
            assert says in plain(answer.text)
            assert "<title>Fel:" in answer.text
            assert "<script>alert" not in answer.text
            assert "KSU § 7" in answer.text or field == "reference"
            assert queries.decisions_of(project.id) == []


def test_a_decider_s_limit_is_told_beside_the_choice(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = awaiting_decision(cast, programme, applied=Decimal(3_000_001))
    limited = str(delegation_of(programme.id, "Programdirektören"))
    answer = browser.sign_in(cast.secretary).post(
        f"/projekt/{project.id}/beslut", data=decision_data(project, delegation=limited)
    )
    assert answer.status_code == 422
    assert "Programdirektören får besluta om högst 3 000 000 kr" in plain(answer.text)
    assert 'href="#delegation-0"' in answer.text


def test_the_applicant_reads_the_decision_on_the_project_page(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = awaiting_decision(cast, programme)
    decide(cast.secretary, project, reasons=HOSTILE, conditions=[(HOSTILE, None)])
    for person in (cast.leader, cast.manager):
        page = browser.sign_in(person).get(f"/projekt/{project.id}").text
        assert "Rådet tillstyrker." in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 * 7 }}" in page
        assert "<script>alert" not in page


DECISION_READERS = [
    ("secretary", 200),
    ("other_secretary", 200),
    ("leader", 403),
    ("manager", 403),
    ("controller", 403),
    ("council", 403),
    ("decider", 403),
    ("auditor", 403),
    ("other_leader", 404),
    ("administrator", 404),
    ("nobody", 404),
]


def test_who_opens_the_page_of_a_decision(
    browser: Browser, cast: Cast, programme: Programme, subtests: pytest.Subtests
) -> None:
    project = awaiting_decision(cast, programme)
    for who, status in DECISION_READERS:
        with subtests.test(who=who):
            browser.sign_in(getattr(cast, who))
            assert browser.get(f"/projekt/{project.id}/beslut").status_code == status
            if status != 200:
                assert browser.post(f"/projekt/{project.id}/beslut").status_code == status
                assert browser.get(f"/projekt/{project.id}/yttrande").status_code == status
                assert browser.post(f"/projekt/{project.id}/ta-upp").status_code == status


def test_a_postponed_case_is_taken_up_from_its_page(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = awaiting_decision(cast, programme)
    decide(cast.secretary, project, kind=DecisionKind.POSTPONE, amounts=())
    browser.sign_in(cast.secretary)
    assert "Ta upp ärendet igen" in browser.get(f"/projekt/{project.id}/granskning").text
    page = browser.post(f"/projekt/{project.id}/ta-upp", follow_redirects=True).text
    assert "Skicka till Lilla utvecklingsrådet" in page
