"""Money that a request moves to another year or department: the sum is the same, what is used stays."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.core.changes import Move
from app.core.costs import Financier
from app.core.verdict import RefusedError
from app.db import transaction
from app.decisions.models import DecisionKind
from app.decisions.rules import InvalidError
from app.delivery.changes import applying, queries, service
from app.delivery.changes.lacking import IncompleteError
from app.delivery.costs import service as costs
from app.delivery.costs.values import EntryValues
from app.delivery.funds import service as funds
from app.delivery.funds.queries import accounts_of
from app.delivery.funds.service import Claim
from app.delivery.plans import queries as plans
from app.programmes.models import Programme
from app.programmes.queries import ledger
from app.projects.models import Project
from tests.cast import Cast
from tests.changing_story import (
    ASKED,
    DECIDED,
    asked,
    change,
    cost,
    decided,
    draft,
    money_agrees,
    more_hours,
    move,
    other_scope,
    standing,
)
from tests.conftest import Browser
from tests.drafting import opened
from tests.review_story import delegation_of
from tests.running_story import running
from tests.story import reloaded

SOME = Decimal("200000.50")


def left(project: Project) -> dict[tuple[int, int], Decimal]:
    """What is left, by department and year."""
    return {(row.department_id, row.year): row.sums.remaining for row in accounts_of(project.id)}


def requisition(cast: Cast, project: Project, amount: Decimal, year: int) -> None:
    """The leader asks for money."""
    with transaction():
        claim = Claim(cast.department.id, year, amount, "Fakturor")
        funds.send(cast.leader, reloaded(project), claim, files=(), now=ASKED)


def test_money_goes_to_another_year_and_another_department(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    granted, frame = queries.granted_in_all(project.id), queries.left_of_frame(programme.id)
    first, *_others = plans.budget_of(project.id)
    year, before = first.amounts[0].year, first.amounts[0].amount
    other = cast.other_department.id
    moves = (move(cast, project, SOME), move(cast, project, Decimal(1_000), (other, year)))
    found = asked(cast, project, moves=moves)
    said = found.latest.content["whole"]
    assert said["granted"]["before"] == said["granted"]["after"] == f"{granted:f}"
    assert Decimal(said["present_value"]["after"]) > Decimal(said["present_value"]["before"])
    decision = decided(cast, found)

    assert decision.amount == 0
    assert (queries.granted_in_all(project.id), queries.left_of_frame(programme.id)) == (granted, frame)
    assert money_agrees(project)
    line, *_rest, new = plans.budget_of(project.id)
    assert {row.year: row.amount for row in line.amounts} == {year: before - SOME - 1_000, year + 1: SOME}
    assert (new.description, new.department_id, new.financier) == (line.description, other, line.financier)
    assert [(row.year, row.amount) for row in new.amounts] == [(year, Decimal(1_000))]
    posted = [row for row in ledger(programme.id) if row.kind == "move"]
    assert [row.amount for row in posted] == [-SOME, SOME, Decimal(-1_000), Decimal(1_000)]
    assert {row.reference for row in posted} == {"KSU 2027-05-20 § 3"}
    assert plans.baselines_of(project.id)[-1].change_number == 1


def test_what_is_asked_for_already_stays_where_it_is(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    place, whole = next(iter(left(project).items()))
    requisition(cast, project, whole - SOME, place[1])
    with pytest.raises(IncompleteError, match="kvar för 2027, men begäran"):
        asked(cast, project, moves=(move(cast, project, SOME + Decimal("0.01")),))
    decided(cast, asked(cast, project, moves=(move(cast, project, SOME),)))
    assert left(project)[place] == 0


def test_what_was_asked_for_meanwhile_stops_the_decision(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    place, whole = next(iter(left(project).items()))
    found = asked(cast, project, moves=(move(cast, project, whole),))
    requisition(cast, project, Decimal(1), place[1])
    with pytest.raises(InvalidError, match="Det går inte att godkänna"):
        decided(cast, found)
    # Somebody else's requisition that came after the check: the ledger itself says no.
    wanted = change(cast.secretary, project).wanted
    with pytest.raises(RefusedError, match="räcker inte"), transaction():
        applying.change_plan(cast.secretary, change(cast.secretary, project), wanted, draft(found), DECIDED)
    assert len(plans.baselines_of(project.id)) == 1


def test_what_is_booked_on_a_line_stays_on_it(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    line = plans.budget_of(project.id)[0]
    whole = move(cast, project, line.amounts[0].amount)
    with transaction():
        spent = EntryValues(
            booked_on=ASKED.date(), activity="Faktura", budget_line_id=line.id,
            financier=Financier.PROGRAMME, amount=Decimal(100),
        )  # fmt: skip
        costs.enter(cast.leader, reloaded(project), [spent], ASKED)
    with pytest.raises(IncompleteError, match="högst"):
        asked(cast, project, moves=(whole,))


def test_the_departments_own_money_moves_without_the_ledger(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    before = len(ledger(programme.id))
    own = move(cast, project, Decimal("20000.50"), of=Financier.OWN_BUDGET)
    decided(cast, asked(cast, project, moves=(own,)))
    assert [row.amount for row in plans.budget_of(project.id)[-1].amounts] == [
        Decimal(100_000), Decimal("100000.50"),
    ]  # fmt: skip
    assert len(ledger(programme.id)) == before


@pytest.mark.parametrize(("years", "fault"), [(0, "annat år eller en annan"), (20, "inga pengar för")])
def test_money_is_moved_somewhere_else_within_the_programme(
    years: int, fault: str, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    line = plans.budget_of(project.id)[0]
    to = (line.department_id, line.amounts[0].year + years)
    with pytest.raises(IncompleteError, match=fault):
        asked(cast, project, moves=(move(cast, project, SOME, to),))


def test_more_money_and_moved_money_are_one_decision(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    granted = queries.granted_in_all(project.id)
    found = asked(cast, project, moves=(move(cast, project, SOME),), costs=(cost(cast),))
    assert [row["amount"] for row in found.latest.content["wanted"]["moves"]] == ["200000.50"]
    decided(cast, found)
    assert queries.granted_in_all(project.id) == granted + 300_000
    assert money_agrees(project)


def test_a_move_is_written_read_and_printed(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    with transaction():
        service.begin(cast.leader, project, ASKED)
    browser.sign_in(cast.leader)
    page = f"/projekt/{project.id}/andringar/1"
    written: Move = move(cast, project, SOME)
    typed = {
        "moves-0-source": f"{written.line}-{written.year}",
        "moves-0-amount": "200 000,50",
        "moves-0-to_department_id": str(written.to_department_id),
        "moves-0-to_year": str(written.to_year),
    }
    form = opened(browser, f"{page}/del/flytt")
    assert (
        browser.post(f"{page}/del/flytt", data=form | typed | {"moves-0-source": "0-2027"}).status_code == 422
    )
    answer = browser.post(f"{page}/del/flytt", data=form | typed | {"moves-0-to_year": "2031"})
    assert answer.status_code == 422
    assert 'id="moves-0-to_year-error"' in answer.text
    assert browser.post(f"{page}/del/flytt", data=form | typed).status_code == 302
    assert change(cast.leader, project).wanted.moves == (written,)
    said = browser.get(f"{page}/skicka").text
    for text in ("Flytta pengar", "200\xa0000,50\xa0kr", "oförändrat", "Projektet sammantaget"):
        assert text in said, text


def test_who_moves_money_may_decide_about_all_that_the_project_is_granted(
    cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    decided(cast, asked(cast, project, costs=(cost(cast, Decimal(1_600_000)),)))
    director = delegation_of(programme.id, "Programdirektören")  # at most 3 000 000 kr
    found = asked(cast, project, moves=(move(cast, project, SOME),))
    before = standing(project)
    with pytest.raises(InvalidError, match="för hela projektet") as error:
        decided(cast, found, draft(found, delegation_id=director))
    assert [fault.field for fault in error.value.faults] == ["delegation"]
    assert standing(project) == before
    decided(cast, found, draft(found, delegation_id=delegation_of(programme.id, "Stadsdirektören")))
    assert money_agrees(project)


def test_what_moves_no_money_of_the_programme_is_decided_under_any_limit(
    cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    decided(cast, asked(cast, project, costs=(cost(cast, Decimal(1_600_000)),)))
    director = delegation_of(programme.id, "Programdirektören")
    own = move(cast, project, SOME / 10, of=Financier.OWN_BUDGET)
    found = asked(cast, project, moves=(own,), scope=other_scope(project), effort=more_hours(project))
    decided(cast, found, draft(found, delegation_id=director))
    rejected = asked(cast, project, moves=(move(cast, project, SOME),))
    decided(cast, rejected, draft(rejected, kind=DecisionKind.REJECT, delegation_id=director))


def test_the_page_of_the_decision_says_who_may_decide(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    decided(cast, asked(cast, project, costs=(cost(cast, Decimal(1_600_000)),)))
    asked(cast, project, moves=(move(cast, project, SOME),))
    browser.sign_in(cast.secretary)
    said = browser.get(f"/projekt/{project.id}/andringar/2/beslut").text
    assert "Det får beslutas av: Stadsdirektören, Kommunstyrelsens utskott." in said
    assert "3\xa0100\xa0000\xa0kr" in said
