"""The check before signature finds what is missing, and leads to the place where it is mended."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app import drafts
from app.accounts import service as accounts
from app.accounts.queries import grants_of
from app.applications import service
from app.applications.completeness import Place, lacks
from app.db import transaction
from app.drafts import Source
from app.programmes import service as programmes
from app.programmes.models import Programme
from app.programmes.queries import rounds_of
from app.projects.models import Project, ProjectKind
from app.projects.service import change_details
from tests import story
from tests.conftest import NOW, TODAY, Browser, Cast


def texts(project: Project, today: date = TODAY) -> list[str]:
    return [lack.text for lack in lacks(project, today)]


def change(cast: Cast, project: Project, key: str, **answers: Any) -> None:
    complete = story.answers_for(cast, ProjectKind(project.kind))[key]
    with transaction():
        service.save_section(cast.leader, project, key, {**complete, **answers}, NOW)


@pytest.mark.parametrize("kind", list(ProjectKind))
def test_a_complete_application_lacks_nothing(cast: Cast, programme: Programme, kind: ProjectKind) -> None:
    assert lacks(story.filled_application(cast, programme, kind=kind), TODAY) == []


def test_an_empty_application_lacks_something_in_every_section_but_the_attachments(project: Project) -> None:
    found = {lack.section for lack in lacks(project, TODAY)}
    assert found == {
        "summary", "background", "solution", "goals", "scope", "milestones", "organisation", "procurement",
        "communication", "calculation", "operation", "departments", "security", "risks", "impact",
    }  # fmt: skip


def test_implementation_needs_an_owner_and_financing_of_its_operation(cast: Cast, filled: Project) -> None:
    change(cast, filled, "operation", owner="", payer="", financed_until="")
    found = [(lack.section, lack.anchor) for lack in lacks(filled, TODAY)]
    assert found == [("operation", "owner"), ("operation", "payer"), ("operation", "financed_until")]


def test_a_missing_cell_is_told_by_its_row_and_leads_to_it(cast: Cast, filled: Project) -> None:
    rows = [{"milestone": "Start", "date": "2027-09-01"}, {"milestone": "Slut"}]
    change(cast, filled, "milestones", milestones=rows)
    (lack,) = lacks(filled, TODAY)
    assert lack.text == "Milstolpe 2: fyll i ”Senast”."
    assert lack.anchor == "milestones-1-date"


def test_a_row_that_lacks_several_cells_is_told_once_and_leads_to_the_first(
    cast: Cast, filled: Project
) -> None:
    complete = story.answers_for(cast, ProjectKind.IMPLEMENTATION)["goals"]["effect_goals"]
    goals = [*complete, {"indicator": "Antal samtal", "unit": "antal", "baseline": "42", "target": "20"}]
    change(cast, filled, "goals", effect_goals=goals)
    (lack,) = lacks(filled, TODAY)
    assert lack.text == f"Effektmål {len(goals)}: fyll i ”Mål”, ”Nås senast” och ”Följs upp av (roll)”."
    assert lack.anchor == f"effect_goals-{len(goals) - 1}-goal"


def test_a_table_without_rows_says_what_to_add(cast: Cast, filled: Project) -> None:
    change(cast, filled, "risks", risks=[])
    assert texts(filled) == ["Lägg till minst en risk."]


def test_personal_data_must_be_described_only_when_there_are_any(cast: Cast, filled: Project) -> None:
    change(cast, filled, "security", personal_data="no", personal_data_how="")
    assert texts(filled) == []
    change(cast, filled, "security", personal_data="yes", personal_data_how="")
    assert texts(filled) == ["Fyll i ”Vilka personuppgifter, och på vilken grund?”."]


def test_shares_must_add_up_and_name_each_department_once(cast: Cast, filled: Project) -> None:
    own = str(cast.department.id)
    rows = [
        {"department": own, "cost_share": "0.8", "benefit_share": "0.5"},
        {"department": own, "cost_share": "0.15", "benefit_share": "0.5"},
    ]
    change(cast, filled, "departments", shares=rows)
    assert texts(filled) == [
        "Andelarna av kostnaden blir 95 %. De ska bli 100 %.",
        "Samma förvaltning står på flera rader. Behåll en av dem.",
    ]


def test_a_project_does_not_end_before_it_begins(cast: Cast, filled: Project) -> None:
    change(cast, filled, "summary", period_start="2028-01-02", period_end="2028-01-01")
    assert texts(filled) == ["Projektet kan inte vara klart innan det börjar."]


def test_a_draft_that_is_not_saved_is_a_lack(cast: Cast, filled: Project) -> None:
    with transaction():
        for form in ("risks", "cost-new"):
            source = Source(cast.leader.id, f"/{form}", "tab", about=f"{filled.id}/{form}")
            drafts.keep(source, [("text", "Mer")], NOW)
    assert [lack.section for lack in lacks(filled, TODAY)] == ["risks", "calculation"]


def test_a_calculation_needs_costs_and_benefits(cast: Cast, programme: Programme) -> None:
    project = story.started(cast, programme)
    found = [lack.text for lack in lacks(project, TODAY) if lack.place is Place.CALCULATION]
    assert found == ["Lägg till minst en kostnadsrad.", "Lägg till minst en nytta."]
    pre_study = story.started(cast, programme, kind=ProjectKind.PRE_STUDY)
    found = [lack.text for lack in lacks(pre_study, TODAY) if lack.place is Place.CALCULATION]
    assert found == ["Lägg till minst en kostnadsrad."]


def test_a_round_that_closed_while_writing_is_told_and_the_draft_stays(
    cast: Cast, programme: Programme, browser: Browser
) -> None:
    project = story.filled_application(cast, programme)
    (row,) = rounds_of(programme.id)
    with transaction():
        programmes.change_round(
            cast.secretary, row, name=row.name, opens_on=row.opens_on, closes_on=date(2026, 2, 28),
            answer_within_days=60, now=NOW,
        )  # fmt: skip
    (lack,) = lacks(project, TODAY)
    assert "Ansökningsomgången är stängd" in lack.text
    assert (lack.place, lack.anchor) == (Place.DETAILS, "round_id")
    browser.sign_in(cast.leader)
    answer = browser.post(f"/projekt/{project.id}/ansokan/underskrift")
    assert answer.status_code == 422
    assert "Ansökningsomgången är stängd" in answer.text
    assert f"/projekt/{project.id}/uppgifter#round_id" in answer.text
    assert "Kötiden växer" in browser.get(f"/projekt/{project.id}/ansokan/bakgrund").text


def test_a_project_without_a_round_must_choose_one(cast: Cast, filled: Project) -> None:
    with transaction():
        change_details(cast.leader, filled, title=filled.title, round_id=None, now=NOW)
    assert texts(filled) == ["Välj en ansökningsomgång."]


def test_a_department_where_nobody_can_sign_is_told(cast: Cast, filled: Project) -> None:
    with transaction():
        for grant in grants_of(cast.manager.id):
            accounts.end_role(cast.administrator, grant, NOW)
    (lack,) = lacks(filled, TODAY)
    assert "ingen verksamhetschef" in lack.text


def test_the_check_page_links_every_lack_to_its_field(browser: Browser, cast: Cast, filled: Project) -> None:
    change(cast, filled, "operation", owner="")
    browser.sign_in(cast.leader)
    page = browser.get(f"/projekt/{filled.id}/ansokan/kontroll").text
    assert "1 sak saknas" in page
    assert f'href="/projekt/{filled.id}/ansokan/driftsplan#owner"' in page
    assert 'id="owner"' in browser.get(f"/projekt/{filled.id}/ansokan/driftsplan").text
    assert "Skicka för underskrift" not in page


def test_the_check_page_of_a_complete_application_offers_to_send_it(
    browser: Browser, cast: Cast, filled: Project
) -> None:
    browser.sign_in(cast.leader)
    page = browser.get(f"/projekt/{filled.id}/ansokan/kontroll").text
    assert "Inget saknas" in page
    assert "Skicka för underskrift" in page
