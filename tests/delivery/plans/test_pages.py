"""The pages of a plan, as the people of the story see them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from app.db import db, transaction
from app.delivery.plans import queries, service
from app.delivery.plans.models import Milestone
from app.history.service import System, record
from app.programmes.models import Programme
from app.projects.models import Project
from tests.conftest import NOW, TODAY, Browser, Cast
from tests.drafting import filled_in, form_on
from tests.running_story import PLANNED, drawn_up, granted, planned, running, steered
from tests.story import reloaded

ONE_DATABASE_IS_ENOUGH = "What its pages ask is asked of both databases in tests/web/test_both_databases.py."

PARTS = ("milstolpar", "budget", "bemanning", "nytta", "styrgrupp")
KEYS = re.compile(r' value="[^"]*"')
"""What differs each time that a page is opened."""
HOSTILE = "<script>alert(1)</script>{{ 7 * 7 }}"


def plain(page: str) -> str:
    return page.replace("&nbsp;", " ").replace("\u00a0", " ")


def test_the_leader_goes_from_the_decision_to_a_running_project(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = granted(cast, programme)
    browser.sign_in(cast.leader)
    assert "Planera projektet" in browser.get("/").text
    assert "Börja planera" in browser.get(f"/projekt/{project.id}/plan").text
    browser.post(f"/projekt/{project.id}/plan/borja")
    page = browser.get(f"/projekt/{project.id}/plan").text
    assert "saker saknas innan planen kan fastställas" in page
    steered(cast, project)
    for part in PARTS:
        address = f"/projekt/{project.id}/plan/{part}"
        sent = filled_in(form_on(browser.get(address).text))
        assert browser.post(address, data=sent).status_code == 302, part
    assert service.lacks_in(project) == []
    browser.post(f"/projekt/{project.id}/plan/faststall")
    page = browser.get(f"/projekt/{project.id}/plan").text
    assert "Planen är fastställd, och projektet pågår." in page
    assert "Baslinje 1" in page
    assert reloaded(project).state == "running"
    assert "Planera projektet" not in browser.get("/").text
    history = browser.get(f"/projekt/{project.id}/historik").text
    assert "fastställde planen, och projektet började" in history
    assert "lade till en ledamot i styrgruppen" in history


def test_a_saved_page_that_is_sent_again_changes_nothing(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = planned(cast, programme)
    before = queries.current_plan(project.id)
    browser.sign_in(cast.leader)
    for part in PARTS:
        address = f"/projekt/{project.id}/plan/{part}"
        browser.post(address, data=filled_in(form_on(browser.get(address).text)))
    assert queries.current_plan(project.id) == before


@pytest.mark.parametrize(
    ("part", "rows"), [("budget", "lines"), ("bemanning", "lines"), ("styrgrupp", "members")]
)
def test_a_row_that_is_added_chooses_among_the_departments_like_the_others(
    browser: Browser, cast: Cast, programme: Programme, part: str, rows: str
) -> None:
    project = planned(cast, programme)
    browser.sign_in(cast.leader)
    address = f"/projekt/{project.id}/plan/{part}"
    sent = filled_in(form_on(browser.get(address).text))
    added = form_on(browser.post(address, data=sent | {"add": rows}).text)
    first, *_others, last = added.select(f"select[name^={rows}][name$=department_id]")
    offered = [option["value"] for option in last.select("option")]
    assert offered == [option["value"] for option in first.select("option")]
    assert str(cast.other_department.id) in offered


FAULTS = [
    ("milstolpar", {"starts_on": ""}, "Ange när projektet börjar."),
    ("milstolpar", {"ends_on": "2020-01-01"}, "Ange en dag som inte är före den första."),
    ("milstolpar", {"milestones-0-name": " "}, "Skriv vad som är klart."),
    ("milstolpar", {"milestones-0-planned_on": "i vår"}, "Ange ett datum med år, månad och dag"),
    ("milstolpar", {"milestones-0-kind": "dröm"}, "Välj ett av alternativen."),
    ("budget", {"lines-0-amount_2027": "mycket"}, "Ange ett belopp i kronor"),
    ("budget", {"lines-0-amount_2027": "-1"}, "Ange minst 0."),
    ("budget", {"lines-0-amount_2027": "1,005"}, "Ange högst 2 decimaler."),
    ("budget", {"lines-0-department_id": "999"}, "Välj ett av alternativen."),
    ("budget", {"lines-0-financier": ""}, "Välj vem som betalar."),
    (
        "bemanning",
        {"lines-0-share": "", "lines-0-hours_low": "", "lines-0-hours_high": ""},
        "Ange timmar eller andel av tiden.",
    ),
    ("bemanning", {"lines-0-hours_low": "80", "lines-0-hours_high": "40"}, "Ange minst lika många timmar"),
    ("bemanning", {"lines-0-share": "120"}, "Ange högst 100."),
    ("nytta", {"starts_1": "snart"}, "Ange ett datum med år, månad och dag"),
    ("styrgrupp", {"members-1-chairs": "y"}, "Bara en kan vara ordförande."),
    ("styrgrupp", {"meetings-0-planned_on": ""}, "Ange dagen för mötet."),
]


@pytest.mark.parametrize(("part", "typed", "words"), FAULTS)
def test_what_cannot_be_is_said_beside_its_field_and_kept(
    browser: Browser, cast: Cast, programme: Programme, part: str, typed: dict[str, str], words: str
) -> None:
    project = planned(cast, programme)
    before = queries.current_plan(project.id)
    browser.sign_in(cast.leader)
    address = f"/projekt/{project.id}/plan/{part}"
    sent = filled_in(form_on(browser.get(address).text)) | typed
    answer = browser.post(address, data=sent)
    assert answer.status_code == 422
    assert answer.text.count(words) >= 2  # beside the field, and in the summary on top
    assert queries.current_plan(project.id) == before


def test_one_number_of_hours_is_both_ends_of_the_range(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = planned(cast, programme)
    browser.sign_in(cast.leader)
    address = f"/projekt/{project.id}/plan/bemanning"
    sent = filled_in(form_on(browser.get(address).text)) | {
        "lines-0-hours_low": "",
        "lines-0-hours_high": "90",
    }
    browser.post(address, data=sent)
    row = queries.effort_of(project.id)[0]
    assert row.hours_low == row.hours_high == 90
    assert ">90<" in browser.get(f"/projekt/{project.id}/plan").text.replace("\n", "").replace(" ", "")


def test_two_tabs_never_write_over_each_other(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = planned(cast, programme)
    browser.sign_in(cast.leader)
    address = f"/projekt/{project.id}/plan/milstolpar"
    one, other = (filled_in(form_on(browser.get(address).text)) for _tab in range(2))
    assert browser.post(address, data=one | {"milestones-0-name": "Ena fliken"}).status_code == 302
    answer = browser.post(address, data=other | {"milestones-0-name": "Andra fliken"})
    assert answer.status_code == 409
    assert "Ena fliken" in answer.text
    assert "Andra fliken" in answer.text
    assert queries.milestones_of(project.id)[0].name == "Ena fliken"


def test_a_row_is_added_and_removed_without_scripts(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = planned(cast, programme)
    browser.sign_in(cast.leader)
    address = f"/projekt/{project.id}/plan/milstolpar"
    sent = filled_in(form_on(browser.get(address).text))
    more = browser.post(address, data=sent | {"add": "milestones"})
    assert "milestones-3-name" in more.text
    fewer = browser.post(address, data=sent | {"remove": "milestones-0"})
    assert 'value="Utgångsvärden är mätta"' not in fewer.text
    assert len(queries.milestones_of(project.id)) == 3  # nothing is saved yet


def test_a_plan_that_lacks_something_is_not_established(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = drawn_up(cast, programme)
    browser.sign_in(cast.leader)
    address = f"/projekt/{project.id}/plan/faststall"
    assert "saknas" in browser.get(address).text
    assert browser.post(address).status_code == 422
    assert reloaded(project).state == "approved"


def test_a_baseline_never_shows_what_the_plan_became(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    browser.sign_in(cast.auditor)
    address = f"/projekt/{project.id}/plan/1"
    before = KEYS.sub("", browser.get(address).text)
    milestone = db.session.get_one(Milestone, queries.milestones_of(project.id)[0].id)
    with transaction():
        milestone.name = "Ett annat namn"
        db.session.flush()
        record(System(), "change_milestone", milestone, now=PLANNED)
    assert "Ett annat namn" in browser.get(f"/projekt/{project.id}/plan").text
    assert KEYS.sub("", browser.get(address).text) == before
    assert browser.get(f"/projekt/{project.id}/plan/2").status_code == 404


def test_hostile_names_stay_text(browser: Browser, cast: Cast, programme: Programme) -> None:
    project: Project = planned(cast, programme)
    browser.sign_in(cast.leader)
    for part, field in (("milstolpar", "milestones-0-name"), ("bemanning", "lines-0-role")):
        address = f"/projekt/{project.id}/plan/{part}"
        browser.post(address, data=filled_in(form_on(browser.get(address).text)) | {field: HOSTILE})
    page = browser.get(f"/projekt/{project.id}/plan").text
    assert "<script>alert" not in page
    assert page.count("{{ 7 * 7 }}") == 2


def test_a_day_that_has_passed_is_said_until_the_milestone_is_reached(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    first = queries.milestones_of(project.id)[0]
    with transaction():
        row = db.session.get_one(Milestone, first.id)
        row.forecast_on = TODAY - timedelta(days=1)
        record(System(), "expect_milestone", row, now=NOW)
    browser.sign_in(cast.auditor)
    address = f"/projekt/{project.id}/plan"
    assert browser.get(address).text.count("Dagen har passerat") == 1
    with transaction():
        row = db.session.get_one(Milestone, first.id)
        row.reached_on = TODAY
        record(System(), "expect_milestone", row, now=NOW)
    page = browser.get(address).text
    assert "Dagen har passerat" not in page
    assert f"Nådd {TODAY}" in page


def test_meetings_that_were_held_are_folded_and_sent_with_the_rest(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    browser.sign_in(cast.leader)
    address = f"/projekt/{project.id}/plan/styrgrupp"
    assert "Möten som har hållits" not in browser.get(address).text
    held = {"meetings-0-held_on": "2027-04-15", "meetings-0-note": "Protokoll 1"}
    browser.post(address, data=filled_in(form_on(browser.get(address).text)) | held)
    page = browser.get(address).text
    assert "Möten som har hållits (1)" in page
    browser.post(address, data=filled_in(form_on(page)))
    assert [row.note for row in queries.meetings_of(project.id)] == ["Protokoll 1"]
    wrong = browser.post(address, data=filled_in(form_on(page)) | {"meetings-0-held_on": "i fjol"})
    assert "Möten som har hållits" not in wrong.text
