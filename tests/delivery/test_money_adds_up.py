"""Whatever is done with granted money, in whatever order: the balances are what the ledger adds up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.accounts.queries import department_names
from app.core.requisitions import COUNTS
from app.core.verdict import RefusedError
from app.db import db, transaction
from app.delivery.funds import queries, repaying, service
from app.delivery.funds.models import Requisition
from app.programmes import grants
from app.programmes.documents import ledger_document
from app.programmes.grants import Account, GrantExceededError, Posting, RepaymentExceededError
from app.programmes.models import GrantBalance, LedgerEntry, Programme
from app.programmes.queries import ledger
from app.projects.models import Project
from app.upkeep import balances
from tests.conftest import Cast
from tests.delivery.granted import AFTER, TOMORROW, claim, frame_of, granted, payer
from tests.story import reloaded

ZERO = Decimal(0)
AMOUNTS = st.decimals(min_value=Decimal("0.01"), max_value=Decimal(700_000), places=2)
YEARS = st.sampled_from([2027, 2028])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("send"), YEARS, AMOUNTS),
        st.tuples(st.sampled_from(["send_back", "put_right"]), YEARS, AMOUNTS),
        st.tuples(st.just("put_right"), YEARS, AMOUNTS),
        st.tuples(st.sampled_from(["check", "send_back", "withdraw", "pay"]), st.none(), st.none()),
        st.tuples(st.just("give_back"), YEARS, AMOUNTS),
        st.tuples(st.just("repay"), YEARS, AMOUNTS),
        st.tuples(st.just("move"), YEARS, AMOUNTS),
    ),
    max_size=25,
)

NO_EFFECT = (GrantExceededError, RepaymentExceededError, RefusedError)


class Story:
    """Does what it is told with a project's money, as far as it can be done."""

    def __init__(self, cast: Cast, project: Project) -> None:
        self.cast, self.project, self.payer = cast, project, payer()

    def first(self, *states: str) -> queries.RequisitionOf | None:
        rows = queries.requisitions_of(reloaded(self.project))
        return next((row for row in reversed(rows) if row.requisition.state in states), None)

    def send(self, year: int, amount: Decimal) -> None:
        asked = claim(self.cast, amount, year)
        if any(row.sums.remaining for row in queries.accounts_of(self.project.id)):
            service.send(self.cast.leader, reloaded(self.project), asked, files=(), now=AFTER)

    def put_right(self, year: int, amount: Decimal) -> None:
        if found := self.first("returned"):
            asked = claim(self.cast, amount, year)
            service.send_again(self.cast.leader, found, asked, files=(), kept=(), now=TOMORROW)

    def check(self, *_: Any) -> None:
        if found := self.first("sent"):
            service.approve(self.cast.secretary, found, found.latest.number, TOMORROW)

    def send_back(self, *_: Any) -> None:
        found = self.first("sent", "checked")
        if found:
            who = self.cast.secretary if found.state == "sent" else self.payer
            service.send_back(who, found, found.latest.number, reason="Nej.", now=TOMORROW)

    def withdraw(self, *_: Any) -> None:
        if found := self.first("sent", "returned"):
            service.withdraw(self.cast.leader, found, TOMORROW)

    def pay(self, *_: Any) -> None:
        if found := self.first("checked"):
            day, read = TOMORROW.date(), found.latest.number
            service.pay(self.payer, found, read, paid_on=day, reference="V", now=TOMORROW)

    def repay(self, _year: int, amount: Decimal) -> None:
        if found := self.first("paid"):
            given = repaying.Repaid(amount, TOMORROW.date(), "V-2", "Blev billigare.")
            repaying.repay(self.payer, found, given, TOMORROW)

    def give_back(self, year: int, amount: Decimal) -> None:
        here = self.account(year)
        grants.give_back(self.payer, here, Posting(amount, TOMORROW.date(), "KS § 9", TOMORROW))

    def move(self, year: int, amount: Decimal) -> None:
        here, there = self.account(year), self.account(2028 if year == 2027 else 2029)
        grants.move(self.payer, here, there, Posting(amount, TOMORROW.date(), "KS § 10", TOMORROW))

    def account(self, year: int) -> Account:
        return service.account(self.project, self.cast.department.id, year)

    def invariants(self) -> None:
        """What must hold after every step."""
        for row in db.session.scalars(
            select(GrantBalance).execution_options(populate_existing=True).order_by(GrantBalance.id)
        ):
            assert ZERO <= row.repaid <= row.paid <= row.requisitioned
            assert row.requisitioned - row.repaid <= row.granted - row.returned
            assert row.remaining == row.granted - row.requisitioned + row.repaid - row.returned >= 0
        assert list(balances.faults(db.session.connection())) == []
        asked = db.session.scalars(select(Requisition).execution_options(populate_existing=True)).all()
        accounts = queries.sums_of(queries.accounts_of(self.project.id))
        assert accounts.requisitioned == sum((row.amount for row in asked if row.state in COUNTS), ZERO)
        assert accounts.paid == sum((row.amount for row in asked if row.state == "paid"), ZERO)
        found = queries.requisitions_of(reloaded(self.project))
        assert accounts.used == sum((row.used for row in found), ZERO)
        assert all(ZERO <= row.used <= row.requisition.amount for row in found)


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_it_adds_up_whatever_is_done(
    steps: list[tuple[str, int, Decimal]], cast: Cast, programme: Programme
) -> None:
    project = given_once(cast, programme)
    story = Story(cast, project)
    for name, year, amount in steps:
        with suppress(*NO_EFFECT):  # as the invariants say
            getattr(story, name)(year, amount)
        story.invariants()
    document = ledger_document(ledger(programme.id), department_names())
    sums = document.sums
    assert frame_of(programme) == (
        sums.granted, sums.requisitioned, sums.paid, sums.returned, document.available,
    )  # fmt: skip
    db.session.rollback()


def given_once(cast: Cast, programme: Programme) -> Project:
    """The project, granted its money before the first example; each example leaves it as it was."""
    found = db.session.scalars(select(Project)).first()
    return found or granted(cast, programme)


Grouping = Callable[[LedgerEntry], Any]


@pytest.fixture
def busy(cast: Cast, programme: Programme) -> Project:
    """A project with something of everything."""
    project = granted(cast, programme)
    story = Story(cast, project)
    for name, year, amount in (
        ("send", 2027, Decimal("150000.25")), ("check", None, None), ("pay", None, None),
        ("send", 2028, Decimal(300_000)), ("send_back", None, None), ("put_right", 2027, Decimal(99)),
        ("move", 2027, Decimal(100_000)), ("give_back", 2028, Decimal("400000.75")),
        ("send", 2028, Decimal(1_000)), ("check", None, None), ("repay", 2027, Decimal("50000.75")),
    ):  # fmt: skip
        with transaction():
            getattr(story, name)(year, amount)
    return project


def test_the_ledger_adds_up_by_every_grouping(busy: Project, programme: Programme) -> None:
    document = ledger_document(ledger(programme.id), department_names())
    whole = document.sums
    by_department = [row.sums for row in document.departments]
    for parts in (by_department, list(document.by_year.values())):
        for name in ("granted", "requisitioned", "paid", "repaid", "returned", "committed"):
            assert sum((getattr(part, name) for part in parts), ZERO) == getattr(whole, name), name
    assert sum((row.total for row in document.departments), ZERO) == whole.granted
    assert sum(map(document.granted_in, document.years), ZERO) == whole.granted
    accounts = queries.sums_of(queries.accounts_of(busy.id))
    assert (accounts.granted, accounts.requisitioned, accounts.paid, accounts.repaid, accounts.returned) == (
        whole.granted, whole.requisitioned, whole.paid, Decimal("50000.75"), whole.returned,
    )  # fmt: skip
    assert whole.committed == accounts.requisitioned - accounts.paid + accounts.remaining
    assert document.lines[-1].available == document.available
    granted_in: defaultdict[int, Decimal] = defaultdict(Decimal)
    for row in queries.accounts_of(busy.id):
        granted_in[row.year] += row.sums.granted
    assert {year: sums.granted for year, sums in document.by_year.items()} == granted_in
    assert {year: document.granted_in(year) for year in document.years} == granted_in


def test_the_ledger_as_it_stood_at_the_end_of_a_day(busy: Project, programme: Programme) -> None:
    entries = ledger(programme.id)
    days = sorted({row.booked_on for row in entries})
    assert len(days) >= 3
    for day in (date(2025, 1, 1), *days):
        document = ledger_document(entries, department_names(), day)
        known: defaultdict[str, Decimal] = defaultdict(Decimal)
        for row in entries:
            if row.booked_on <= day:
                known[row.kind] += row.amount
        assert document.frame == known["frame"]
        assert (document.sums.paid, document.sums.returned) == (known["payment"], known["return"])
        assert document.available == known["frame"] - known["grant"] + known["return"]


def test_money_is_moved_only_within_a_project_and_only_what_is_left(cast: Cast, programme: Programme) -> None:
    project = granted(cast, programme)
    here = service.account(project, cast.department.id, 2027)
    posting = Posting(Decimal(500_001), AFTER.date(), "KS § 10", AFTER)
    with pytest.raises(GrantExceededError), transaction():
        grants.move(cast.secretary, here, service.account(project, cast.department.id, 2028), posting)
    with pytest.raises(ValueError, match="of a project"), transaction():
        grants.move(cast.secretary, here, Account(programme.id, project.id + 1, 1, 2027), posting)
    with pytest.raises(ValueError, match="of a project"), transaction():
        grants.move(cast.secretary, here, here, posting)


@pytest.mark.parametrize("amount", ["0", "-1"])
def test_an_amount_is_more_than_nothing(amount: str, cast: Cast, programme: Programme) -> None:
    project = granted(cast, programme)
    here = service.account(project, cast.department.id, 2027)
    posting = Posting(Decimal(amount), AFTER.date(), "KS § 10", AFTER)
    for verb in (grants.pay, grants.repay, grants.give_back):
        with pytest.raises(ValueError, match="more than nothing"), transaction():
            verb(cast.secretary, here, posting)
