"""The start page, the list of cases and the project page."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.core.workflow import ENDED, FOLLOWED_UP, TRANSITIONS, WAITS_FOR, Action, Party, State
from app.overview import queries
from app.overview.next_step import next_step
from app.overview.project_page import step_line
from app.overview.queries import QueueFilter
from app.programmes.models import Programme
from tests.conftest import TODAY, Browser, Cast
from tests.review_story import awaiting_decision, decide, in_council
from tests.story import awaiting_signature, filled_application, registered, submitted


def titles(browser: Browser, address: str) -> str:
    page = browser.get(address)
    assert page.status_code == 200
    return page.text


def test_a_draft_waits_for_its_leader_and_shows_nowhere_else(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    filled_application(cast, programme, title="Felanmälan på nätet")
    assert "Fortsätt med ansökan" in titles(browser.sign_in(cast.leader), "/")
    browser.post("/logga-ut")
    assert "Felanmälan på nätet" not in titles(browser.sign_in(cast.secretary), "/arenden")


def test_an_application_to_sign_waits_for_the_manager_of_its_department_only(
    cast: Cast, programme: Programme
) -> None:
    awaiting_signature(cast, programme)
    assert len(queries.waiting_for(cast.manager)) == 1
    assert not queries.waiting_for(cast.other_manager)
    assert not queries.waiting_for(cast.leader)


def test_a_submitted_application_waits_for_the_whole_secretariat_until_somebody_takes_it(
    cast: Cast, programme: Programme
) -> None:
    submitted(cast, programme)
    assert queries.waiting_for(cast.secretary)
    assert queries.waiting_for(cast.other_secretary)


def test_a_claimed_case_waits_for_its_handler(cast: Cast, programme: Programme) -> None:
    registered(cast, programme)
    assert queries.waiting_for(cast.secretary)
    assert not queries.waiting_for(cast.other_secretary)


def test_every_waiting_case_has_a_next_step_for_whom_it_waits_for(cast: Cast, programme: Programme) -> None:
    project = awaiting_decision(cast, programme)
    for case in queries.waiting_for(cast.secretary):
        assert next_step(cast.secretary, case) is not None
    assert next_step(cast.leader, project) is None
    assert next_step(cast.council, project) is None


def test_the_queue_counts_and_sums_what_the_filter_finds(cast: Cast, programme: Programme) -> None:
    registered(cast, programme, title="Bygglov", applied=Decimal(1_000_000))
    submitted(cast, programme, title="Serveringstillstånd", applied=Decimal(2_500_000))
    rows, totals = queries.queue(cast.secretary, QueueFilter(), today=TODAY, limit=50, offset=0)
    assert totals.count == len(rows) == 2
    assert totals.amount == Decimal(3_500_000)
    rows, totals = queries.queue(cast.secretary, QueueFilter(search="BYGG"), today=TODAY, limit=50, offset=0)
    assert [row.title for row in rows] == ["Bygglov"]
    assert totals.amount == Decimal(1_000_000)


def test_counts_and_sums_leave_out_what_the_viewer_may_not_see(cast: Cast, programme: Programme) -> None:
    registered(cast, programme)
    for viewer in (cast.other_leader, cast.council, cast.decider, cast.administrator, cast.nobody):
        rows, totals = queries.queue(viewer, QueueFilter(), today=TODAY, limit=50, offset=0)
        assert (len(rows), totals.count, totals.amount) == (0, 0, Decimal(0)), viewer.name


@pytest.mark.parametrize("key", sorted(queries.SORTS))
@pytest.mark.parametrize("descending", [True, False])
def test_the_queue_sorts_by_every_column_both_ways(
    cast: Cast, programme: Programme, key: str, descending: bool
) -> None:
    registered(cast, programme, applied=Decimal(900_000))
    submitted(cast, programme, applied=Decimal(300_000))
    wanted = QueueFilter(sort=key, descending=descending)
    rows, _totals = queries.queue(cast.secretary, wanted, today=TODAY, limit=50, offset=0)
    assert len(rows) == 2
    if key == "amount":
        assert (rows[0].applied_amount or 0) > (rows[1].applied_amount or 0) or not descending


@pytest.mark.parametrize(
    "address",
    [
        "/arenden?page=0",
        "/arenden?page=99999999999999999999",
        "/arenden?sort=;drop",
        "/arenden?forvaltning=abc",
        "/arenden?lage=finns-inte&slag=1",
        "/arenden?q=%25%27--<script>",
        "/arenden?q=" + "å" * 3000,
    ],
)
def test_an_address_that_makes_no_sense_shows_a_list_all_the_same(
    browser: Browser, cast: Cast, programme: Programme, address: str
) -> None:
    registered(cast, programme)
    page = browser.sign_in(cast.secretary).get(address)
    assert page.status_code == 200
    assert "<script>" not in page.text.replace('<script type="module"', "")


def test_filters_and_sort_are_kept_in_the_address(browser: Browser, cast: Cast, programme: Programme) -> None:
    registered(cast, programme)
    page = browser.sign_in(cast.secretary).get("/arenden?lage=checking&sort=-amount")
    assert 'value="checking" selected' in page.text
    assert "lage=checking" in page.text


def test_the_project_page_shows_figures_decision_and_timeline(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = awaiting_decision(cast, programme)
    decide(cast.secretary, project)
    page = browser.sign_in(cast.leader).get(f"/projekt/{project.id}").text
    assert project.case_number is not None
    assert project.case_number in page
    assert "Beviljad" in page
    assert "registrerade att ansökan beviljats" in page


def test_another_departments_leader_finds_no_such_project(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = in_council(cast, programme)
    browser.sign_in(cast.other_leader)
    assert browser.get(f"/projekt/{project.id}").status_code == 404
    assert browser.get(f"/projekt/{project.id}/historik").status_code == 404


@pytest.mark.parametrize("state", list(State))
def test_the_line_of_steps_marks_one_place_at_most(state: State) -> None:
    """And so few steps that their names stand on one line each."""
    for followed in {True, state in FOLLOWED_UP | {State.CLOSED}}:
        marks = [step["state"] for step in step_line(state, followed=followed)]
        done = state in (State.APPROVED, State.HANDED_OVER, State.CLOSED)
        assert marks.count("current") + marks.count("stopped") == (0 if done else 1)
        assert len(marks) <= 8


def test_whose_turn_it_is_agrees_with_the_table_of_transitions() -> None:
    for state, party in WAITS_FOR.items():
        forward = {
            row.party for row in TRANSITIONS if row.source is state and row.action is not Action.WITHDRAW
        }
        assert party in forward
    assert set(State) - WAITS_FOR.keys() == ENDED | {
        State.RUNNING,
        State.PAUSED,
        State.CLOSING,
        State.TERMINATING,
    }
    assert {Party.LEADER, Party.MANAGER, Party.SECRETARIAT} == set(WAITS_FOR.values())


def test_the_styleguide_is_the_administrators(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.administrator)
    for address in ("/styleguide", "/styleguide/lists", "/styleguide/forms"):
        assert browser.get(address).status_code == 200
    browser.post("/logga-ut")
    assert browser.sign_in(cast.leader).get("/styleguide").status_code == 403


def test_the_programme_shows_its_four_numbers(browser: Browser, cast: Cast, programme: Programme) -> None:
    page = browser.sign_in(cast.nobody).get("/").text
    assert "100,0\u00a0mnkr" in page


def test_nothing_is_granted_until_there_is_a_decision(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = awaiting_decision(cast, programme)
    address = f"/projekt/{project.id}"
    assert "inget beslut ännu" in browser.sign_in(cast.leader).get(address).text
    decide(cast.secretary, project)
    page = browser.get(address).text
    assert "enligt ramboken" in page
    assert "inget beslut ännu" not in page
