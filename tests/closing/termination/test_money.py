"""When an interrupted project lacks nothing, what was used and what was returned are what was granted."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from sqlalchemy import select

from app.closing.termination import queries, service
from app.core.termination import OF_MONEY
from app.core.verdict import RefusedError
from app.db import db, transaction
from app.delivery.funds import queries as funds
from app.programmes.models import Programme
from app.projects.models import Project
from app.upkeep import balances
from tests.closing.terminating_story import INTERRUPTED, interrupt, terminating
from tests.conftest import Cast
from tests.delivery.granted import TOMORROW, frame_of, granted
from tests.delivery.test_money_adds_up import NO_EFFECT, STEPS, Story
from tests.story import reloaded


class Interrupted(Story):
    """The same, with the return of all that is left among what can happen."""

    def return_rest(self, *_: object) -> None:
        with suppress(RefusedError):
            service.return_rest(self.payer, reloaded(self.project), reference="KS § 4", now=INTERRUPTED)

    def settle(self) -> None:
        """Every requisition is taken back or paid, and what is left returns."""
        self.return_rest()
        while self.first("sent", "returned"):
            self.withdraw()
        while self.first("checked"):
            self.pay()
        self.return_rest()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS, early=STEPS)
def test_returned_and_used_are_what_was_granted_in_whatever_order(
    steps: list[tuple[str, int, Decimal]],
    early: list[tuple[str, int, Decimal]],
    cast: Cast,
    programme: Programme,
) -> None:
    project = interrupted_once(cast, programme)
    story = Interrupted(cast, project)
    for name, year, amount in (*early, ("return_rest", 0, Decimal(0)), *steps):
        with suppress(*NO_EFFECT):
            getattr(story, name)(year, amount)
        sums = funds.sums_of(funds.accounts_of(project.id))
        open_numbers = queries.open_requisitions(reloaded(project))
        settled = not sums.remaining and not open_numbers
        assert settled is not lacks_money(project)
        if settled:
            assert sums.used + sums.returned == sums.granted
    story.settle()
    story.invariants()
    sums = funds.sums_of(funds.accounts_of(project.id))
    assert sums.used == sums.paid - sums.repaid
    assert sums.used + sums.returned == sums.granted == Decimal(1_500_000)
    assert not lacks_money(project)
    _granted, _asked, paid, returned, available = frame_of(programme)
    assert available == 100_000_000 - 1_500_000 + returned
    assert paid == sums.paid
    db.session.rollback()


def lacks_money(project: Project) -> bool:
    return any(lack.what in OF_MONEY for lack in queries.termination_lacks(reloaded(project)))


def interrupted_once(cast: Cast, programme: Programme) -> Project:
    """The project, interrupted before the first example; each example leaves it as it was."""
    found = db.session.scalars(select(Project)).first()
    return reloaded(found) if found else terminating(cast, programme)


def test_the_chatbot_case_returns_all_of_its_grant(cast: Cast, programme: Programme) -> None:
    project = interrupt(cast, granted(cast, programme, applied=Decimal(2_025_000)))
    story = Interrupted(cast, project)
    with transaction():
        story.return_rest()
    assert frame_of(programme) == (2_025_000, 0, 0, 2_025_000, 100_000_000)
    assert not lacks_money(project)
    assert list(balances.faults(db.session.connection())) == []
    assert TOMORROW < INTERRUPTED
