"""Writing: what is typed is kept in its canonical form, or stays in the form with advice."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.applications import service
from app.core.verdict import RefusedError
from app.db import db, transaction
from app.history.models import HistoryEvent
from app.history.service import record
from app.projects.models import Project
from app.projects.queries import participating_departments
from tests.applications.conftest import address, content
from tests.conftest import NOW, Browser, Cast
from tests.drafting import kept

HOSTILE = "<script>alert(1)</script> {{7*7}} {% raw %} \"'><img src=x onerror=alert(1)>"


# --- saving ----------------------------------------------------------------------------------------------


def test_an_incomplete_section_is_saved_and_says_when_and_by_whom(
    browser: Browser, cast: Cast, project: Project
) -> None:
    browser.sign_in(cast.leader)
    answer = browser.post(
        address(project, "bakgrund"), data={"need_today": "Kötiden är lång.", "version": "0"}
    )
    assert answer.status_code == 302
    assert content(project, "background") == {"need_today": "Kötiden är lång."}
    page = browser.get(address(project, "bakgrund")).text
    assert "Kötiden är lång." in page
    assert "av Leader" in page


def test_saving_and_going_on_leads_to_the_next_section(
    browser: Browser, cast: Cast, project: Project
) -> None:
    browser.sign_in(cast.leader)
    answer = browser.post(address(project, "bakgrund"), data={"need_today": "A", "action": "continue"})
    assert answer.headers["Location"] == address(project, "losning")
    answer = browser.post(address(project, "konsekvenser"), data={"action": "continue"})
    assert answer.headers["Location"] == address(project, "bilagor")


def test_every_kind_of_answer_is_kept_in_its_canonical_form(
    browser: Browser, cast: Cast, project: Project
) -> None:
    browser.sign_in(cast.leader)
    browser.post(
        address(project, "driftsplan"),
        data={
            "owner": "  Avdelningschef,\ttillstånd ",
            "owner_department": str(cast.department.id),
            "maintenance": "Rad 1\r\nRad 2\x00",
            "yearly_cost": "1 234,50",
            "financed_until": "2031-12-31",
        },
    )
    assert content(project, "operation") == {
        "owner": "Avdelningschef, tillstånd",
        "owner_department": str(cast.department.id),
        "maintenance": "Rad 1\nRad 2",
        "yearly_cost": "1234.50",
        "financed_until": "2031-12-31",
    }
    browser.post(address(project, "organisation"), data={"roles-0-role": "PL", "roles-0-share": "62,5 %"})
    assert content(project, "organisation")["roles"][0]["share"] == "0.625"


@pytest.mark.parametrize(
    ("slug", "field", "typed", "advice"),
    [
        ("driftsplan", "yearly_cost", "-", "Ange ett belopp i kronor"),
        ("driftsplan", "yearly_cost", "mycket", "Ange ett belopp i kronor"),
        ("driftsplan", "yearly_cost", "-5", "Ange minst 0"),
        ("driftsplan", "yearly_cost", "1,234", "högst 2 decimaler"),
        ("driftsplan", "yearly_cost", "9" * 30, "Ange ett belopp i kronor"),
        ("driftsplan", "financed_until", "31/12 2031", "Ange ett datum"),
        ("driftsplan", "financed_until", "2031-02-30", "Ange ett datum"),
        ("driftsplan", "financed_until", "3031-01-01", "mellan 1990 och 2100"),
        ("driftsplan", "owner", "x" * 201, "Korta den till högst 200"),
        ("driftsplan", "owner_department", "99999", "Välj ett av alternativen"),
        ("bakgrund", "affected", "x" * 4001, "Korta den till högst 4000"),
        ("bakgrund", "need_today", "x" * 20_001, "Korta den till högst 20000"),
        ("losning", "process_steps-0-volume", "många", "Ange ett tal"),
        ("losning", "process_steps-0-volume", "NaN", "Ange ett tal"),
        ("losning", "process_steps-0-outcome", "explodes", "Välj ett av alternativen"),
        ("organisation", "roles-0-share", "140", "Ange högst 100"),
        ("organisation", "roles-0-share", "hälften", "Ange en procentsats"),
        ("informationssakerhet", "personal_data", "kanske", "Välj ett av alternativen"),
        ("risker", "risks-0-probability", "6", "Välj ett av alternativen"),
    ],
)
def test_what_cannot_be_read_stays_in_the_form_with_advice(
    browser: Browser, cast: Cast, project: Project, slug: str, field: str, typed: str, advice: str
) -> None:
    browser.sign_in(cast.leader)
    answer = browser.post(address(project, slug), data={field: typed, "version": "0"})
    assert answer.status_code == 422
    assert advice in answer.text
    assert f'href="#{field}' in answer.text, "the summary links to the field"
    assert "<title>Fel:" in answer.text
    assert kept(cast.leader, address(project, slug))[field] == typed


def test_hostile_text_is_text(browser: Browser, cast: Cast, project: Project) -> None:
    browser.sign_in(cast.leader)
    browser.post(address(project, "bakgrund"), data={"need_today": HOSTILE})
    assert content(project, "background")["need_today"] == HOSTILE
    for page in (address(project, "bakgrund"), address(project, "las")):
        text = browser.get(page).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt; {{7*7}}" in text


def test_a_table_with_too_many_rows_says_so_and_keeps_them(
    browser: Browser, cast: Cast, project: Project
) -> None:
    browser.sign_in(cast.leader)
    rows = {f"milestones-{number}-milestone": f"Steg {number}" for number in range(101)}
    answer = browser.post(address(project, "milstolpar"), data=rows)
    assert answer.status_code == 422
    assert "fler än 100 rader" in answer.text
    assert "Steg 100" in answer.text


# --- rows ------------------------------------------------------------------------------------------------


def test_a_row_is_added_without_losing_what_is_typed_right_or_wrong(
    browser: Browser, cast: Cast, project: Project
) -> None:
    browser.sign_in(cast.leader)
    typed = {"milestones-0-milestone": "Start", "milestones-0-date": "snart", "add": "milestones"}
    answer = browser.post(address(project, "milstolpar"), data=typed)
    assert answer.status_code == 303
    assert answer.headers["Location"] == address(project, "milstolpar") + "#milestones-1-milestone"
    page = browser.get(address(project, "milstolpar")).text
    assert 'value="snart"' in page
    assert 'name="milestones-1-milestone"' in page
    assert content(project, "milestones") == {}


def test_the_right_row_is_removed(browser: Browser, cast: Cast, project: Project) -> None:
    browser.sign_in(cast.leader)
    rows = {f"milestones-{number}-milestone": name for number, name in enumerate("ABC")}
    answer = browser.post(address(project, "milstolpar"), data={**rows, "remove": "milestones-1"})
    assert answer.headers["Location"] == address(project, "milstolpar") + "#milestones"
    page = browser.get(address(project, "milstolpar")).text
    assert 'value="A"' in page
    assert 'value="C"' in page
    assert 'value="B"' not in page


def test_empty_rows_are_not_kept(browser: Browser, cast: Cast, project: Project) -> None:
    browser.sign_in(cast.leader)
    browser.post(
        address(project, "milstolpar"),
        data={"milestones-0-milestone": "Start", "milestones-1-milestone": " ", "milestones-1-date": ""},
    )
    assert [row["milestone"] for row in content(project, "milestones")["milestones"]] == ["Start"]


# --- the verb --------------------------------------------------------------------------------------------


def test_saving_tells_the_history_what_changed_answer_by_answer(cast: Cast, project: Project) -> None:
    with transaction():
        service.save_section(cast.leader, project, "operation", {"owner": "A", "payer": "P"}, NOW)
        service.save_section(cast.leader, project, "operation", {"owner": "B", "payer": "P"}, NOW)
    events = db.session.scalars(
        select(HistoryEvent).where(HistoryEvent.verb == "save_section").order_by(HistoryEvent.id)
    ).all()
    told = [(event.field, event.from_value, event.to_value) for event in events]
    assert told[-1] == ("operation.owner", "A", "B")
    assert len(told) == 3


def test_departments_that_share_cost_take_part_in_the_project(cast: Cast, project: Project) -> None:
    rows = [{"department": str(cast.department.id)}, {"department": str(cast.other_department.id)}]
    with transaction():
        service.save_section(cast.leader, project, "departments", {"shares": rows}, NOW)
    taking_part = [row.department_id for row in participating_departments(project.id)]
    assert taking_part == [cast.other_department.id]
    with transaction():
        service.save_section(cast.leader, project, "departments", {"shares": rows[:1]}, NOW)
    assert not participating_departments(project.id)


def test_nobody_but_the_leader_saves(cast: Cast, project: Project) -> None:
    for person in (cast.manager, cast.other_leader, cast.secretary, cast.administrator):
        with pytest.raises(RefusedError):
            service.save_section(person, project, "scope", {"included": "X"}, NOW)


def test_a_department_that_is_no_more_stays_where_it_is_chosen_and_cannot_be_chosen_anew(
    browser: Browser, cast: Cast, project: Project
) -> None:
    rows = [{"department": str(cast.other_department.id), "role": "Testledare"}]
    with transaction():
        service.save_section(cast.leader, project, "organisation", {"roles": rows}, NOW)
        cast.other_department.active = False
        record(cast.administrator, "close_department", cast.other_department, now=NOW)
    browser.sign_in(cast.leader)
    assert "Kulturförvaltningen" in browser.get(address(project, "organisation")).text
    assert "Kulturförvaltningen" not in browser.get(address(project, "driftsplan")).text
