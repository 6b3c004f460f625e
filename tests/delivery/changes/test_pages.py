"""The pages of requests, as the people of the story see them."""

from __future__ import annotations

from decimal import Decimal

from app.core.changes import ChangeState
from app.core.clock import local_day
from app.core.workflow import State
from app.db import transaction
from app.delivery.changes import queries, service
from app.delivery.plans import queries as plans
from app.programmes.models import Programme
from app.projects.models import Project
from tests.cast import Cast
from tests.changing_story import (
    WHY,
    asked,
    change,
    colleague,
    cost,
    decided,
    early_end,
    later_end,
    questioned,
    rejection,
    rest,
)
from tests.conftest import NOW, Browser
from tests.drafting import opened
from tests.hostile import TEXTS
from tests.review_story import delegation_of
from tests.running_story import running
from tests.story import in_state, reloaded


def page_of(project: Project, rest_of_it: str = "") -> str:
    return f"/projekt/{project.id}/andringar{rest_of_it}"


def filled(browser: Browser, page: str, action: str | None = None, **fields: str) -> int:
    """Send the form of this page with these fields; the answer's status."""
    return browser.post(page, data=opened(browser, page, action) | fields).status_code


def begun(browser: Browser, project: Project) -> str:
    """A request has begun; its page."""
    new = page_of(project, "/ny")
    answer = browser.post(new, data=opened(browser, page_of(project), new))
    assert answer.status_code == 302
    return str(answer.location)


def test_from_a_draft_to_a_decision(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    new = colleague(cast)
    browser.sign_in(cast.leader)
    assert page_of(project) in browser.get(f"/projekt/{project.id}").text
    page = begun(browser, project)
    assert "Begäran går inte att skicka än" in browser.get(page).text
    assert filled(browser, f"{page}/skal", reason=WHY) == 302
    assert filled(browser, f"{page}/del/tid", ends_on="2028-09-30") == 302
    money = {
        "costs-0-description": "Ny upphandling",
        "costs-0-kind": "one_off",
        "costs-0-department_id": str(cast.department.id),
        "costs-0-year": "2028",
        "costs-0-amount": "745 500",
    }
    assert filled(browser, f"{page}/del/pengar", **money) == 302
    assert filled(browser, f"{page}/del/projektledare", leader_id=str(new)) == 302
    pause = {"starts_on": "2027-06-01", "until": "2027-08-31", "why": "Leverantören byter plattform."}
    assert filled(browser, f"{page}/del/paus", **pause) == 302
    assert (
        browser.post(
            f"{page}/del/paus/ta-bort", data=opened(browser, f"{page}/del/paus", f"{page}/del/paus/ta-bort")
        ).status_code
        == 302
    )
    said = browser.get(f"{page}/skicka").text
    for text in ("2028-06-30", "2028-09-30", "92 dagar senare", "745\xa0500\xa0kr", "Kollega", WHY):
        assert text in said, text
    assert "Leverantören byter plattform" not in said
    assert filled(browser, f"{page}/skicka", "") == 302
    assert "Granska och skicka" not in browser.get(page).text

    browser.sign_in(cast.secretary)
    assert page in browser.get("/").text
    assert filled(browser, f"{page}/fraga", text="Ryms det i år?") == 302
    browser.sign_in(cast.leader)
    assert "Ryms det i år?" in browser.get(f"{page}/svara").text
    assert filled(browser, f"{page}/svara", text="Nej, nästa.") == 302
    browser.sign_in(cast.secretary)
    decision = {
        "kind": "approve_in_part",
        "amounts-0-amount": "500 000",
        "decided_on": local_day(change(cast.secretary, project).latest.sent_at).isoformat(),
        "delegation": str(delegation_of(programme.id, "Kommunstyrelsens utskott")),
        "reasons": "Det räcker så.",
    }
    assert filled(browser, f"{page}/beslut", **(decision | {"amounts-0-amount": "800 000"})) == 422
    assert filled(browser, f"{page}/beslut", **decision) == 302
    found = change(cast.secretary, project)
    assert found.state is ChangeState.DECIDED
    assert found.request.decision is not None
    assert found.request.decision.amount == Decimal(500_000)
    assert "Godkänd delvis" in browser.get(page).text
    plan = browser.get(f"/projekt/{project.id}/plan").text
    assert "Baslinje 2" in plan
    assert "Ändringsbegäran 1" in plan
    assert "Ändringsbegäran 1" in browser.get(f"/projekt/{project.id}/plan/2").text


def test_what_is_lacking_keeps_the_request_from_being_sent(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    browser.sign_in(cast.leader)
    page = begun(browser, project)
    assert "Välj minst en sak" in browser.get(f"{page}/skicka").text
    for part in ("del/paus", "del/avbrott", "del/projektledare", "del/pengar", "skal"):
        assert filled(browser, f"{page}/{part}") == 422
    assert browser.get(f"{page}/del/annat").status_code == 404


def test_every_part_is_read_on_the_page_and_on_paper(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    asked(
        cast, project, time=later_end(project), costs=(cost(cast),), pause=rest(), leader_id=colleague(cast)
    )
    asked(cast, project, termination=early_end())
    browser.sign_in(cast.auditor)
    said = browser.get(page_of(project, "/1")).text
    for text in ("Utbildningen är klar", "90 dagar senare", "Nuvärde enligt kalkylen", "2027-08-31"):
        assert text in said, text
    assert "Styrgruppen" in browser.get(page_of(project, "/2")).text
    for number in (1, 2):
        answer = browser.get(page_of(project, f"/{number}.pdf"))
        assert answer.data.startswith(b"%PDF")


def test_a_paused_project_goes_on_by_its_leaders_button(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    decided(cast, asked(cast, project, pause=rest()))
    browser.sign_in(cast.secretary)
    assert "Fortsätt projektet" not in browser.get(page_of(project)).text
    browser.sign_in(cast.leader)
    assert "Fortsätt projektet" in browser.get(page_of(project)).text
    go_on = f"/projekt/{project.id}/fortsatt"
    answer = browser.post(go_on, data=opened(browser, page_of(project), go_on))
    assert answer.status_code == 302
    assert reloaded(project).state == State.RUNNING.value


def test_a_request_that_was_undecided_when_the_project_ended_has_fallen(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    asked(cast, project, costs=(cost(cast),))
    in_state(project, State.TERMINATED)
    browser.sign_in(cast.leader)
    said = browser.get(page_of(project)).text
    assert "Förföll" in said
    assert "Begär en ändring" not in said
    assert "Ta tillbaka begäran" not in browser.get(page_of(project, "/1")).text
    assert page_of(project, "/1") not in browser.get("/").text


def test_a_question_waits_for_the_leader_on_the_start_page(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    questioned(cast, asked(cast, project, costs=(cost(cast),)))
    browser.sign_in(cast.secretary)
    assert page_of(project, "/1") not in browser.get("/").text
    browser.sign_in(cast.leader)
    assert "Svara om ändringsbegäran 1" in browser.get("/").text
    assert filled(browser, page_of(project, "/1/ta-tillbaka"), "") == 302
    assert change(cast.leader, project).state is ChangeState.WITHDRAWN


def test_less_is_granted_only_of_money_and_a_rejection_changes_nothing(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    browser.sign_in(cast.leader)
    page = begun(browser, project)
    assert filled(browser, f"{page}/skal", reason=WHY) == 302
    pause = {"starts_on": "2027-06-01", "until": "2027-08-31", "why": WHY}
    assert filled(browser, f"{page}/del/paus", **pause) == 302
    assert filled(browser, f"{page}/skicka", "") == 302
    asked(cast, project, costs=(cost(cast),))
    browser.sign_in(cast.secretary)
    assert "approve_in_part" in browser.get(page_of(project, "/2/beslut")).text
    page = page_of(project, "/1/beslut")
    assert "approve_in_part" not in browser.get(page).text
    decision = {
        "kind": "reject",
        "decided_on": local_day(change(cast.secretary, project).latest.sent_at).isoformat(),
        "delegation": str(delegation_of(programme.id, "Programdirektören")),
        "reasons": "Det går att arbeta vidare.",
    }
    assert filled(browser, page, **(decision | {"kind": "approve_in_part"})) == 422
    assert filled(browser, page, **decision) == 302
    said = browser.get(page_of(project, "/1")).text
    assert "Projektet fortsätter som förut." in said
    assert "Beviljat belopp" not in said


def test_texts_of_a_request_are_texts(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    browser.sign_in(cast.leader)
    page = begun(browser, project)
    for text in TEXTS:
        assert filled(browser, f"{page}/skal", reason=text) == 302
        assert browser.get(f"{page}/skicka").status_code == 200


def test_a_budget_line_that_was_booked_on_stays_when_more_is_granted(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    before = [row.id for row in plans.budget_of(project.id)]
    decided(cast, asked(cast, project, costs=(cost(cast),)))
    assert [row.id for row in plans.budget_of(project.id)][:-1] == before
    decided(cast, found := asked(cast, project, costs=(cost(cast),)), rejection(found))
    assert len(plans.budget_of(project.id)) == len(before) + 1
    assert len(queries.decisions_of(project.id)) == 2


def test_the_secretariat_finds_the_requests_of_all_projects_by_where_they_stand(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    waiting, settled = running(cast, programme), running(cast, programme, title="En annan")
    drafted = running(cast, programme, title="Skriver än")
    asked(cast, waiting, costs=[cost(cast, Decimal(745_500))])
    decided(cast, asked(cast, settled, pause=rest()))
    with transaction():
        service.begin(cast.leader, reloaded(drafted), NOW)
    browser.sign_in(cast.secretary)
    first, second = page_of(waiting, "/1"), page_of(settled, "/1")
    page = browser.get("/andringar").text
    assert (first in page, second in page, "Skriver än" in page) == (True, False, False)
    assert "745\xa0500" in page
    page = browser.get("/andringar?lage=decided").text
    assert (first in page, second in page, "Godkänd" in page) == (False, True, True)
    assert "Inga ändringsbegäranden" in browser.get("/andringar?lage=withdrawn").text


def test_whoever_leads_one_project_has_no_list_of_all(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    browser.sign_in(cast.leader)
    assert browser.get("/andringar").status_code == 403
    assert 'href="/andringar"' not in browser.get("/").text


def test_what_fell_with_its_project_waits_for_nobody(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    asked(cast, project, costs=[cost(cast)])
    decided(cast, asked(cast, project, termination=early_end()))
    one = page_of(project, "/1")
    browser.sign_in(cast.secretary)
    assert one not in browser.get("/andringar").text
    assert one not in browser.get("/andringar?lage=sent").text
    assert "Förföll" in (found := browser.get("/andringar?lage=fallen").text)
    assert one in found


def test_two_requests_of_a_project_are_told_apart_by_what_they_ask_for(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    asked(cast, project, costs=(cost(cast),))
    asked(cast, project, pause=rest(), costs=(cost(cast),))
    page = browser.sign_in(cast.secretary).get("/").text
    assert "Ta ställning till ändringsbegäran 1<" in page
    assert "Ta ställning till ändringsbegäran 2<" in page
    assert f": Mer pengar, paus, {project.title}<" in page


def test_a_paused_project_says_until_when_and_leads_its_leader_on(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    found = asked(cast, project, pause=rest())
    decided(cast, found)
    browser.sign_in(cast.secretary)
    assert f"pausat till och med {rest().until}" in browser.get(f"/projekt/{project.id}").text
    browser.sign_in(cast.leader)
    page = browser.get(f"/projekt/{project.id}").text
    assert "Till ändringarna" in page
    assert "pausat till och med" not in page
