"""What is left of a grant is given back to the frame, which can grant it anew."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import select

from app.db import db, transaction
from app.delivery.funds import policy, service
from app.delivery.funds.service import GrantExceededError
from app.programmes.models import LedgerEntry, Programme
from tests.conftest import Cast
from tests.delivery.granted import TOMORROW, claim, frame_of, granted, money, payer, sent

FIRST, NOTHING = Decimal(500_000), Decimal(0)


def last_line() -> tuple[str, Decimal, str]:
    row = db.session.scalars(select(LedgerEntry).order_by(LedgerEntry.id.desc())).first()
    assert row is not None
    return row.kind, row.amount, row.reference


def test_what_nobody_has_asked_for_is_returned_and_can_be_granted_anew(
    cast: Cast, programme: Programme
) -> None:
    project, who = granted(cast, programme), payer()
    sent(cast, project, claim(cast, 100_000))
    with pytest.raises(GrantExceededError), transaction():
        service.give_back(
            who, project, cast.department.id, 2027, amount=FIRST, reference="KS § 9", now=TOMORROW
        )
    with transaction():
        service.give_back(
            who, project, cast.department.id, 2027, amount=Decimal(400_000), reference="KS § 9", now=TOMORROW
        )
    assert money(project)[2027] == (FIRST, 100_000, NOTHING, 400_000, NOTHING)
    assert frame_of(programme) == (1_500_000, 100_000, 0, 400_000, 98_900_000)
    assert last_line() == ("return", Decimal(400_000), "KS § 9")
    for stranger in (cast.leader, cast.secretary, cast.controller, cast.manager):
        assert not policy.may_give_back(stranger, project)


def test_an_interrupted_project_returns_everything(cast: Cast, programme: Programme) -> None:
    """As in the chatbot case: nothing of the grant was used."""
    project, who = granted(cast, programme, applied=Decimal(2_025_000)), payer()
    with transaction():
        for year, left in ((2027, Decimal(675_000)), (2028, Decimal(1_350_000))):
            department = cast.department.id
            service.give_back(who, project, department, year, amount=left, reference="Avbrutet", now=TOMORROW)
    assert [row[1:4] for row in money(project).values()] == [(0, 0, 675_000), (0, 0, 1_350_000)]
    assert frame_of(programme) == (2_025_000, 0, 0, 2_025_000, 100_000_000)
    assert not policy.may_give_back(who, project)
    assert not policy.may_requisition(cast.leader, project)
