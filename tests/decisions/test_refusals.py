"""What a decision is refused for, and that nothing of it stays."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.core.verdict import RefusedError
from app.core.workflow import State
from app.db import transaction
from app.decisions import queries
from app.decisions.models import DecisionKind
from app.decisions.rules import InvalidError
from app.programmes.models import LedgerEntry, Programme
from app.programmes.service import change_frame, post_grant, set_delegation
from tests.conftest import NOW, TODAY, Cast
from tests.decisions.asking import APPLIED, available, grants, refusals
from tests.review_story import (
    LATER,
    awaiting_decision,
    decide,
    delegation_of,
)
from tests.story import reloaded


def test_the_amount_must_be_within_the_limit_of_the_one_who_decides(cast: Cast, programme: Programme) -> None:
    project = awaiting_decision(cast, programme, applied=Decimal("3000000.01"))
    director = delegation_of(programme.id, "Programdirektören")
    faults = refusals(lambda: decide(cast.secretary, project, delegation_id=director))
    assert faults == {
        "delegation": "Programdirektören får besluta om högst 3 000 000 kr. "
        "Välj en beslutsfattare som får besluta om 3 000 000,01 kr."
    }
    decide(cast.secretary, project, delegation_id=delegation_of(programme.id, "Stadsdirektören"))


def test_exactly_the_limit_is_within_it(cast: Cast, programme: Programme) -> None:
    project = awaiting_decision(cast, programme, applied=Decimal(3_000_000))
    decision = decide(cast.secretary, project, delegation_id=delegation_of(programme.id, "Programdirektören"))
    assert (decision.decider, decision.limit) == ("Programdirektören", Decimal(3_000_000))


def test_a_delegation_counts_only_on_its_days(cast: Cast, programme: Programme) -> None:
    project = awaiting_decision(cast, programme)
    with transaction():
        old = set_delegation(
            cast.administrator,
            programme,
            decider="Nämnden",
            limit=None,
            valid_from=date(2026, 1, 1),
            valid_until=LATER.date() - timedelta(days=1),
            now=NOW,
        )
    assert (
        "gällde inte" in refusals(lambda: decide(cast.secretary, project, delegation_id=old.id))["delegation"]
    )
    assert "gällde inte" in refusals(lambda: decide(cast.secretary, project, delegation_id=99))["delegation"]
    decide(cast.secretary, project, delegation_id=old.id, decided_on=LATER.date() - timedelta(days=1))


@pytest.mark.parametrize(
    ("kind", "amount", "says"),
    [
        (DecisionKind.APPROVE, "1499999.99", "1 500 000 kr är sökt"),
        (DecisionKind.APPROVE, "1500000.01", "1 500 000 kr är sökt"),
        (DecisionKind.APPROVE_IN_PART, "1500000", "mindre än det sökta"),
        (DecisionKind.APPROVE_IN_PART, "1600000", "mindre än det sökta"),
        (DecisionKind.APPROVE_IN_PART, "0", "Ange vad som beviljas"),
        (DecisionKind.REJECT, "1", "Ta bort beloppen"),
    ],
)
def test_the_amount_must_fit_the_kind_of_decision(
    cast: Cast, programme: Programme, kind: DecisionKind, amount: str, says: str
) -> None:
    project = awaiting_decision(cast, programme)
    row = (cast.department.id, 2027, Decimal(amount))
    with pytest.raises(InvalidError) as refused:
        decide(cast.secretary, project, kind=kind, amounts=[row])
    texts = [str(fault.text).replace("\u00a0", " ") for fault in refused.value.faults]
    assert any(says in text for text in texts)
    assert grants(project) == []


def test_an_approval_without_rows_is_refused(cast: Cast, programme: Programme) -> None:
    project = awaiting_decision(cast, programme)
    assert "Ange vad som" in refusals(lambda: decide(cast.secretary, project, amounts=()))["amounts"]


def test_a_department_has_one_amount_a_year(cast: Cast, programme: Programme) -> None:
    project = awaiting_decision(cast, programme)
    half = (cast.department.id, 2027, APPLIED / 2)
    with pytest.raises(InvalidError) as refused:
        decide(cast.secretary, project, amounts=[half, half])
    (fault,) = refused.value.faults
    assert (fault.field, fault.row, fault.column) == ("amounts", 1, "year")


def test_an_unknown_department_and_a_row_of_nothing_are_refused(cast: Cast, programme: Programme) -> None:
    project = awaiting_decision(cast, programme)
    rows = [(999, 2027, APPLIED), (cast.department.id, 2027, Decimal(0))]
    with pytest.raises(InvalidError) as refused:
        decide(cast.secretary, project, amounts=rows)
    assert {(fault.row, fault.column) for fault in refused.value.faults} == {(0, "department"), (1, "amount")}


def test_a_decision_of_tomorrow_or_without_reasons_is_refused(cast: Cast, programme: Programme) -> None:
    project = awaiting_decision(cast, programme)
    faults = refusals(
        lambda: decide(cast.secretary, project, decided_on=LATER.date() + timedelta(days=1), reasons="  \n ")
    )
    assert faults.keys() == {"decided_on", "reasons"}


def test_the_frame_never_goes_below_zero(cast: Cast, programme: Programme) -> None:
    project = awaiting_decision(cast, programme)
    with transaction():
        change_frame(
            cast.administrator,
            programme,
            APPLIED - 1 - available(programme),
            reference="KF",
            booked_on=TODAY,
            now=LATER,
        )
    faults = refusals(lambda: decide(cast.secretary, project))
    assert faults == {"amounts": "Ramen räcker inte: 1 499 999 kr återstår."}
    assert (available(programme), grants(project)) == (APPLIED - 1, [])
    assert reloaded(project).state == State.AWAITING_DECISION
    with transaction():
        change_frame(cast.administrator, programme, Decimal(1), reference="KF", booked_on=TODAY, now=LATER)
    decide(cast.secretary, project)
    assert available(programme) == 0


def test_a_frame_that_is_emptied_between_check_and_ledger_refuses_the_whole_decision(
    cast: Cast, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = awaiting_decision(cast, programme)
    posted: list[dict[str, Any]] = []

    def post_then_lose(*args: Any, **details: Any) -> LedgerEntry:
        if posted:
            details["amount"] = available(programme) + 1
        posted.append(details)
        return post_grant(*args, **details)

    monkeypatch.setattr("app.decisions.service.post_grant", post_then_lose)
    with pytest.raises(RefusedError, match="Ramen räcker inte"):
        decide(cast.secretary, project)
    assert len(posted) == 2
    assert available(programme) == Decimal(100_000_000)
    assert queries.decisions_of(project.id) == []
