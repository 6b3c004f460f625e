"""What was paid and not used comes back: to the project while it works, to the frame when it has ended."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from app.core.verdict import RefusedError
from app.core.workflow import State
from app.db import db, transaction
from app.delivery.funds import policy, queries, repaying
from app.delivery.funds import service as funds
from app.delivery.funds.repaying import DayError, Repaid, RepaymentExceededError
from app.notifications.models import Notification
from app.programmes.models import LedgerEntry, Programme
from app.projects.models import Project
from app.upkeep import balances
from tests.closing.final_story import approve, final_report_written, put_in_order, send
from tests.conftest import Browser, Cast
from tests.delivery.granted import (
    TOMORROW,
    checked,
    claim,
    frame_of,
    granted,
    paid,
    payer,
    repaid,
    requisition,
    sent,
)
from tests.pdf.reading import text
from tests.review_story import LATER
from tests.story import reloaded

GIVEN = Repaid(Decimal(30_000), TOMORROW.date(), "V-2042", "Det blev billigare.")


@pytest.fixture
def project(cast: Cast, programme: Programme) -> Project:
    """100 000 kr of 2027 is paid, in two requisitions."""
    found = granted(cast, programme)
    for number, amount in ((1, 60_000), (2, 40_000)):
        sent(cast, found, claim(cast, amount))
        checked(cast, found, number)
        paid(cast, found, number)
    return found


def sums(project: Project) -> tuple[Any, ...]:
    row = next(row.sums for row in queries.accounts_of(project.id) if row.year == 2027)
    return row.requisitioned, row.paid, row.repaid, row.returned, row.remaining


def lines(project: Project) -> list[tuple[str, Decimal, str]]:
    query = select(LedgerEntry.kind, LedgerEntry.amount, LedgerEntry.reference).order_by(LedgerEntry.id)
    rows = db.session.execute(query.where(LedgerEntry.project_id == project.id))
    return [(kind, amount, reference) for kind, amount, reference in rows]


def try_to(project: Project, given: Repaid, who: Any = None, number: int = 1) -> None:
    who = who or payer()
    with transaction():
        repaying.repay(who, requisition(who, project, number), given, TOMORROW)


def test_what_comes_back_is_left_again_and_can_be_asked_for(
    cast: Cast, programme: Programme, project: Project
) -> None:
    assert repaid(cast, project, 30_000).used == 30_000
    assert sums(project) == (100_000, 100_000, 30_000, 0, 430_000)
    assert frame_of(programme) == (1_500_000, 100_000, 100_000, 0, 98_500_000)
    assert lines(project)[-1] == ("repayment", Decimal(30_000), f"{project.case_number}-R1 V-2042")
    sent(cast, project, claim(cast, 430_000))
    assert sums(project) == (530_000, 100_000, 30_000, 0, 0)
    assert list(balances.faults(db.session.connection())) == []
    told = db.session.scalars(
        select(Notification.person_id).where(Notification.kind == "requisition_repaid")
    ).all()
    assert set(told) == {cast.leader.id, cast.manager.id}


def test_no_more_comes_back_than_was_paid_of_that_requisition(cast: Cast, project: Project) -> None:
    """Though more was paid of the account."""
    repaid(cast, project, 50_000)
    with pytest.raises(RepaymentExceededError) as told:
        try_to(project, GIVEN)
    assert told.value.used == 10_000
    repaid(cast, project, 10_000)
    assert not policy.may_repay(payer(), requisition(payer(), project))
    repaid(cast, project, 40_000, number=2)
    assert sums(project) == (100_000, 100_000, 100_000, 0, 500_000)


@pytest.mark.parametrize("days", [-1, 1])
def test_it_comes_back_on_a_day_from_the_payment_to_today(days: int, project: Project) -> None:
    day = TOMORROW.date() + timedelta(days=days)
    with pytest.raises(DayError):
        try_to(project, Repaid(Decimal(1), day, "V", "Fel."))


def test_only_a_controller_of_the_programme_takes_back_and_only_what_is_paid(
    cast: Cast, project: Project
) -> None:
    for stranger in (cast.leader, cast.manager, cast.secretary, cast.controller, cast.auditor):
        with pytest.raises(RefusedError):
            try_to(project, GIVEN, stranger)
    sent(cast, project)
    with pytest.raises(RefusedError):
        try_to(project, GIVEN, number=3)
    with pytest.raises(RefusedError):
        try_to(project, Repaid(Decimal(1), TOMORROW.date(), "V", " "))


@pytest.mark.usefixtures("project")
def test_the_database_lets_no_more_come_back_than_is_paid() -> None:
    statement = "update grant_balance set repaid = paid + 1, remaining = remaining + paid + 1"
    with pytest.raises(DatabaseError, match="in_order"), transaction():
        db.session.connection().exec_driver_sql(statement)


def test_of_a_project_that_has_ended_it_goes_on_to_the_frame(cast: Cast, programme: Programme) -> None:
    project = final_report_written(cast, programme)
    sent(cast, project)
    checked(cast, project)
    paid(cast, project)
    send(cast, reloaded(project))
    put_in_order(cast, project)
    approve(cast, project)
    assert State(reloaded(project).state) is State.HANDED_OVER
    *_others, before = frame_of(programme)
    repaid(cast, project, 30_000)
    account = queries.sums_of(queries.accounts_of(project.id))
    assert account.used == 70_000
    assert account.remaining == 0
    *_others, after = frame_of(programme)
    assert after == before + 30_000
    assert [kind for kind, *_rest in lines(project)[-2:]] == ["repayment", "return"]
    assert list(balances.faults(db.session.connection())) == []


def test_a_balance_that_forgets_a_repayment_is_found(cast: Cast, project: Project) -> None:
    repaid(cast, project, 30_000)
    with transaction():
        for table in ("grant_balance", "frame_balance"):
            left = ", remaining = remaining - repaid" if table == "grant_balance" else ""
            db.session.connection().exec_driver_sql(f"update {table} set repaid = 0{left}")
    told = [str(fault) for fault in balances.faults(db.session.connection())]
    assert len([line for line in told if "repaid" in line]) == 3, told


def test_the_controller_posts_it_on_the_requisitions_page(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project, today = granted(cast, programme), LATER.date()
    found = sent(cast, project, claim(cast, 60_000), now=LATER)
    with transaction():
        funds.approve(cast.secretary, found, 1, LATER)
    with transaction():
        funds.pay(payer(), requisition(payer(), project), 1, paid_on=today, reference="V-6", now=LATER)
    one = f"/projekt/{project.id}/rekvisitioner/{requisition(payer(), project).requisition.id}"
    browser.sign_in(cast.leader)
    assert "Bokför en återbetalning" not in browser.get(one).text
    browser.post("/logga-ut")
    browser.sign_in(payer())
    assert f'{one}/aterbetala"' in browser.get(one).text
    form = {"amount": "60 001", "repaid_on": str(today), "reference": "V-7", "reason": "<b>Billigt"}
    answer = browser.post(f"{one}/aterbetala", data=form)
    assert answer.status_code == 422
    assert "det som är utbetalt och inte återbetalt" in answer.text
    answer = browser.post(f"{one}/aterbetala", data=form | {"amount": "20 000,50"})
    assert (answer.status_code, answer.location) == (302, one)
    page = browser.get(one).text.replace("\u00a0", " ").replace("&nbsp;", " ")
    assert "20 000,50" in page
    assert "39 999,50" in page
    assert "&lt;b&gt;Billigt" in page
    assert "Återbetalt" in browser.get(f"/projekt/{project.id}/rekvisitioner").text
    assert "Återbetalt" in browser.get("/program/rambok").text
    paper = text(browser.get(f"{one}.pdf").data)
    assert "V-7" in paper
    assert "39 999,50" in paper.replace("\u00a0", " ")
