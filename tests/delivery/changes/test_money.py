"""Money that a request asks for: granted as decided, never over the frame or the delegation."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.core.changes import Part
from app.decisions.models import DecisionKind
from app.decisions.rules import InvalidError
from app.delivery.changes import queries
from app.delivery.changes.lacking import IncompleteError
from app.delivery.plans import queries as plans
from app.programmes.models import Programme
from app.programmes.queries import delegation
from tests.cast import Cast
from tests.changing_story import asked, cost, decided, draft, money_agrees
from tests.review_story import delegation_of
from tests.running_story import running

MORE = Decimal(300_000)


def test_more_money_is_granted_and_becomes_lines_of_the_budget(cast: Cast, programme: Programme) -> None:
    project, before = running(cast, programme), queries.left_of_frame(programme.id)
    granted_before = queries.granted_in_all(project.id)
    found = asked(cast, project, costs=(cost(cast, MORE), cost(cast, Decimal("0.50"), 2029)))
    money = found.latest.content["whole"]
    assert Decimal(money["left"]["after"]) == before - MORE - Decimal("0.50")
    assert Decimal(money["present_value"]["after"]) < Decimal(money["present_value"]["before"])
    decided(cast, found)
    assert queries.granted_in_all(project.id) == granted_before + MORE + Decimal("0.50")
    assert queries.left_of_frame(programme.id) == before - MORE - Decimal("0.50")
    assert money_agrees(project)
    line = plans.budget_of(project.id)[-1]
    assert (line.description, [row.year for row in line.amounts]) == ("Ny upphandling", [2028, 2029])


def test_what_is_approved_in_part_is_less_than_what_is_asked_for(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    granted_before = queries.granted_in_all(project.id)
    found = asked(cast, project, costs=(cost(cast, MORE), cost(cast, MORE, description="Utbildning")))
    for amounts in ((MORE, MORE), (Decimal(0), Decimal(0)), (MORE + 1, Decimal(0)), (Decimal(-1), MORE)):
        with pytest.raises(InvalidError):
            decided(cast, found, draft(found, kind=DecisionKind.APPROVE_IN_PART, amounts=amounts))
    part = draft(found, kind=DecisionKind.APPROVE_IN_PART, amounts=(Decimal(0), MORE))
    assert decided(cast, found, part).amount == MORE
    assert queries.granted_in_all(project.id) == granted_before + MORE
    assert plans.budget_of(project.id)[-1].description == "Utbildning"
    assert money_agrees(project)


def test_the_limit_of_a_delegation_holds_for_all_that_the_project_is_granted(
    cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    director = delegation_of(programme.id, "Programdirektören")
    limit = delegation(director)
    assert limit is not None
    assert limit.limit is not None
    room = limit.limit - queries.granted_in_all(project.id)
    found = asked(cast, project, costs=(cost(cast, room + 1),))
    with pytest.raises(InvalidError) as error:
        decided(cast, found, draft(found, delegation_id=director))
    assert [fault.field for fault in error.value.faults] == ["delegation"]
    assert "för hela projektet" in str(error.value.faults[0].text)
    part = draft(found, kind=DecisionKind.APPROVE_IN_PART, delegation_id=director, amounts=(room,))
    assert decided(cast, found, part).amount == room


def test_more_than_the_frame_holds_is_not_granted(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    found = asked(cast, project, costs=(cost(cast, queries.left_of_frame(programme.id) + Decimal("0.01")),))
    with pytest.raises(InvalidError) as error:
        decided(cast, found)
    assert "Ramen räcker inte" in str(error.value)


@pytest.mark.parametrize("year", [2025, 2030])
def test_more_money_is_for_a_year_of_the_programme(cast: Cast, programme: Programme, year: int) -> None:
    project = running(cast, programme)
    said = f"inga pengar för {year}. Välj ett år från 2026 till 2029"
    with pytest.raises(IncompleteError, match=said) as error:
        asked(cast, project, costs=(cost(cast, MORE, year), cost(cast, MORE)))
    assert [lack.part for lack in error.value.lacks] == [Part.FUNDS]
