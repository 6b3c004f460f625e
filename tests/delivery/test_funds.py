"""Granted money is asked for, checked and paid by three people, never more than was granted."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from app.core.requisitions import MOVES, RequisitionState
from app.core.verdict import RefusedError
from app.db import db, transaction
from app.delivery.funds import policy, service
from app.delivery.funds.models import Requisition
from app.delivery.funds.service import GrantExceededError
from app.notifications import queries as inbox
from app.programmes.models import LedgerEntry, Programme
from tests.conftest import Cast
from tests.delivery.granted import (
    AFTER,
    TOMORROW,
    checked,
    claim,
    file,
    frame_of,
    granted,
    money,
    paid,
    payer,
    put_right,
    requisition,
    sent,
)
from tests.story import in_state

FIRST, SECOND = Decimal(500_000), Decimal(1_000_000)
NOTHING = Decimal(0)


def entries(project_id: int) -> list[tuple[str, Decimal, str]]:
    query = select(LedgerEntry).where(LedgerEntry.project_id == project_id, LedgerEntry.kind != "grant")
    rows = db.session.scalars(query.order_by(LedgerEntry.id))
    return [(row.kind, row.amount, row.reference) for row in rows]


def test_what_can_become_of_a_requisition() -> None:
    assert {(move.source, move.action, move.target, move.hand) for move in MOVES} == {
        ("sent", "approve_requisition", "checked", "checker"),
        ("sent", "return_requisition", "returned", "checker"),
        ("checked", "pay_requisition", "paid", "payer"),
        ("checked", "return_requisition", "returned", "payer"),
        ("returned", "send_requisition_again", "sent", "leader"),
        ("sent", "withdraw_requisition", "withdrawn", "leader"),
        ("returned", "withdraw_requisition", "withdrawn", "leader"),
    }


def test_money_is_asked_for_checked_and_paid_and_each_stands_in_the_ledger(
    cast: Cast, programme: Programme
) -> None:
    project = granted(cast, programme)
    assert money(project) == {
        2027: (FIRST, NOTHING, NOTHING, NOTHING, FIRST),
        2028: (SECOND, NOTHING, NOTHING, NOTHING, SECOND),
    }
    found = sent(cast, project, claim(cast, Decimal("120000.50")), files=[file("faktura.pdf")])
    assert money(project)[2027] == (
        FIRST, Decimal("120000.50"), NOTHING, NOTHING, Decimal("379999.50"),
    )  # fmt: skip
    assert [row.filename for row in found.latest.files] == ["faktura.pdf"]
    checked(cast, project)
    found = paid(cast, project)
    assert found.state is RequisitionState.PAID
    assert money(project)[2027][2] == Decimal("120000.50")
    assert money(project)[2028] == (SECOND, NOTHING, NOTHING, NOTHING, SECOND)
    assert entries(project.id) == [
        ("requisition", Decimal("120000.50"), "2027-0001-R1"),
        ("payment", Decimal("120000.50"), "2027-0001-R1 V-1042"),
    ]
    used = Decimal("120000.50")
    assert frame_of(programme) == (1_500_000, used, used, 0, 98_500_000)


def test_the_last_krona_can_be_asked_for_and_not_one_ore_more(cast: Cast, programme: Programme) -> None:
    project = granted(cast, programme)
    sent(cast, project, claim(cast, FIRST - 1))
    sent(cast, project, claim(cast, 1))
    with pytest.raises(GrantExceededError) as refused, transaction():
        service.send(cast.leader, project, claim(cast, Decimal("0.01")), files=(), now=AFTER)
    assert refused.value.remaining == 0
    assert money(project)[2027][4] == 0
    assert len(entries(project.id)) == 2


def test_money_of_another_year_or_department_is_no_help(cast: Cast, programme: Programme) -> None:
    project = granted(cast, programme)
    for asked in (
        claim(cast, FIRST + 1),
        claim(cast, 1, year=2029),
        service.Claim(cast.other_department.id, 2027, Decimal(1), "Annat."),
    ):
        with pytest.raises(GrantExceededError), transaction():
            service.send(cast.leader, project, asked, files=(), now=AFTER)
    assert entries(project.id) == []


def test_the_database_itself_refuses_what_was_not_granted(cast: Cast, programme: Programme) -> None:
    project = granted(cast, programme)
    sent(cast, project)
    for change in (
        "requisitioned = requisitioned + 99999999999",
        "paid = 1 + requisitioned",
        "returned = granted",
        "remaining = remaining + 1",
        "granted = 0",
    ):
        with pytest.raises(IntegrityError), transaction():
            db.session.execute(text(f"update grant_balance set {change}"))
    for change in ("paid = requisitioned + 1", "returned = 1", "requisitioned = granted + 1"):
        with pytest.raises(IntegrityError), transaction():
            db.session.execute(text(f"update frame_balance set {change}"))


def test_what_came_back_is_put_right_with_the_files_that_still_belong_to_it(
    cast: Cast, programme: Programme
) -> None:
    project = granted(cast, programme)
    sent(cast, project, claim(cast, 200_000), files=[file("fel.pdf"), file("offert.pdf")])
    found = put_right(cast, project)
    assert (found.state, found.requisition.return_reason) == (RequisitionState.RETURNED, "Fakturan saknas.")
    assert money(project)[2027][1] == 200_000, "it counts as long as it is open"
    kept = [row.id for row in found.latest.files if row.filename == "offert.pdf"]
    with transaction():
        service.send_again(
            cast.leader,
            requisition(cast.leader, project),
            claim(cast, 150_000, covers="Rättat."),
            files=[file("faktura.pdf")],
            kept=kept,
            now=TOMORROW,
        )
    found = requisition(cast.auditor, project)
    assert (found.latest.number, found.latest.covers) == (2, "Rättat.")
    assert [row.filename for row in found.latest.files] == ["offert.pdf", "faktura.pdf"]
    assert [row.filename for row in found.requisition.versions[1].files] == ["fel.pdf", "offert.pdf"]
    assert money(project)[2027][1] == 150_000
    assert entries(project.id)[-1][:2] == ("requisition", Decimal(-50_000))


def test_what_is_put_right_can_be_for_another_year(cast: Cast, programme: Programme) -> None:
    project = granted(cast, programme)
    sent(cast, project, claim(cast, 300_000))
    put_right(cast, project)
    with transaction():
        asked = claim(cast, 700_000, year=2028)
        found = requisition(cast.leader, project)
        service.send_again(cast.leader, found, asked, files=(), kept=(), now=TOMORROW)
    assert (money(project)[2027][1], money(project)[2028][1]) == (0, 700_000)
    with transaction():
        found = requisition(cast.secretary, project)
        service.send_back(cast.secretary, found, found.latest.number, reason="För mycket.", now=TOMORROW)
    asked, found = claim(cast, FIRST + 1), requisition(cast.leader, project)
    with pytest.raises(GrantExceededError), transaction():
        service.send_again(cast.leader, found, asked, files=(), kept=(), now=TOMORROW)
    assert (money(project)[2027][1], money(project)[2028][1]) == (0, 700_000)


def test_what_is_taken_back_can_be_asked_for_anew(cast: Cast, programme: Programme) -> None:
    project = granted(cast, programme)
    sent(cast, project, claim(cast, FIRST))
    with transaction():
        service.withdraw(cast.leader, requisition(cast.leader, project), AFTER)
    assert money(project)[2027][1] == 0
    found = sent(cast, project, claim(cast, FIRST))
    assert found.requisition.number == 2


def test_nothing_is_done_on_a_version_that_was_not_read(cast: Cast, programme: Programme) -> None:
    project = granted(cast, programme)
    sent(cast, project)
    put_right(cast, project)
    with transaction():
        found = requisition(cast.leader, project)
        service.send_again(cast.leader, found, claim(cast, 400_000), files=(), kept=(), now=TOMORROW)
    with pytest.raises(RefusedError, match="ny version"):
        service.approve(cast.secretary, requisition(cast.secretary, project), 1, TOMORROW)
    found = requisition(cast.secretary, project)
    with pytest.raises(RefusedError, match="ny version"):
        service.send_back(cast.secretary, found, 1, reason="Nej.", now=TOMORROW)


def test_a_payment_has_its_day_between_the_check_and_today(cast: Cast, programme: Programme) -> None:
    project = granted(cast, programme)
    sent(cast, project)
    checked(cast, project)
    who = payer()
    for day in (TOMORROW.date() - timedelta(days=1), TOMORROW.date() + timedelta(days=1)):
        with pytest.raises(service.DayError), transaction():
            service.pay(who, requisition(who, project), 1, paid_on=day, reference="V-1", now=TOMORROW)
    assert [kind for kind, _amount, _reference in entries(project.id)] == ["requisition"]


def test_what_is_paid_stays_paid(cast: Cast, programme: Programme) -> None:
    project = granted(cast, programme)
    sent(cast, project)
    checked(cast, project)
    found = paid(cast, project)
    for verdict in (
        policy.may_pay(payer(), found),
        policy.may_send_back(payer(), found),
        policy.may_approve(cast.secretary, found),
        policy.may_withdraw(cast.leader, found),
        policy.may_send_again(cast.leader, found),
    ):
        assert not verdict
        assert "gått vidare" in str(verdict.reason)


def test_money_is_asked_for_only_while_the_project_works_with_it(cast: Cast, programme: Programme) -> None:
    project = granted(cast, programme)
    for state in ("postponed", "rejected", "assessment"):
        assert not policy.may_requisition(cast.leader, in_state(project, state))
    for stranger in (cast.manager, cast.other_leader, cast.secretary, cast.administrator):
        assert not policy.may_requisition(stranger, in_state(project, "approved"))


def test_those_whom_it_concerns_are_told(cast: Cast, programme: Programme) -> None:
    project, who = granted(cast, programme), payer()
    sent(cast, project)
    assert inbox.inbox(cast.secretary)[0].kind == "requisition_sent"
    put_right(cast, project)
    assert inbox.inbox(cast.leader)[0].details["reason"] == "Fakturan saknas."
    with transaction():
        found = requisition(cast.leader, project)
        service.send_again(cast.leader, found, claim(cast, 5), files=(), kept=(), now=TOMORROW)
        found = requisition(cast.secretary, project)
        service.approve(cast.secretary, found, 2, TOMORROW)
    assert [row.kind for row in inbox.inbox(who)] == ["requisition_checked"]
    assert inbox.inbox(cast.controller) == [], "a department's controller pays nothing"
    paid(cast, project)
    for person in (cast.leader, cast.manager):
        assert "requisition_paid" in {row.kind for row in inbox.inbox(person)}
    assert db.session.scalars(select(Requisition.return_reason)).one() == "Fakturan saknas."
