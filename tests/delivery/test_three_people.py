"""Three people meet in a requisition: who asks, who checks, who pays; the latter two without an interest."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.core.verdict import RefusedError
from app.db import db, transaction
from app.delivery.funds import policy, queries, service
from app.programmes.models import LedgerEntry, Programme
from app.projects import interests
from tests.conftest import Cast
from tests.delivery.granted import AFTER, TOMORROW, checked, granted, payer, requisition, sent
from tests.story import reloaded


def test_it_takes_three_people_and_none_of_them_with_an_interest(cast: Cast, programme: Programme) -> None:
    project = granted(cast, programme)
    pays = payer()
    everybody = [person for person in vars(cast).values() if isinstance(person, Viewer)] + [pays]
    both = Viewer(
        cast.other_secretary.id, "Both", "sv", cast.other_secretary.roles | {(Role.CONTROLLER, None)}
    )
    found = sent(cast, project)

    def may(predicate: object) -> set[str]:
        assert callable(predicate)
        return {person.name for person in [*everybody, both] if predicate(person, found)}

    assert may(policy.may_approve) == {cast.secretary.name, cast.other_secretary.name, "Both"}
    assert may(policy.may_pay) == set()
    assert may(policy.may_withdraw) == {cast.leader.name}
    with transaction():
        service.approve(both, requisition(both, project), 1, TOMORROW)
    found = requisition(cast.auditor, project)
    assert may(policy.may_pay) == {pays.name}, "never the one who checked, nor a department's own controller"
    assert may(policy.may_withdraw) == set()
    with pytest.raises(RefusedError, match="själv kontrollerat"):
        service.pay(both, found, 1, paid_on=TOMORROW.date(), reference="V-1", now=TOMORROW)
    with transaction():
        interests.declare(cast.secretary, reloaded(project), "Min bror.", AFTER)
    found = sent(cast, project)
    assert may(policy.may_approve) == {cast.other_secretary.name, "Both"}


def test_it_waits_for_each_in_turn_and_never_for_one_with_an_interest(
    cast: Cast, programme: Programme
) -> None:
    project, pays = granted(cast, programme), payer()
    in_the_department = Viewer(
        pays.id, "Biased", "sv", pays.roles | {(Role.PROJECT_LEADER, cast.department.id)}
    )
    everybody = [person for person in vars(cast).values() if isinstance(person, Viewer)]

    def waits() -> set[str]:
        people = [*everybody, pays, in_the_department]
        return {person.name for person in people if queries.waiting_for(person, limit=5)}

    sent(cast, project)
    assert waits() == {cast.secretary.name, cast.other_secretary.name}
    checked(cast, project)
    assert waits() == {pays.name}
    with transaction():
        service.send_back(pays, requisition(pays, project), 1, reason="Fel konto.", now=TOMORROW)
    assert waits() == {cast.leader.name}


def test_the_database_wants_four_eyes_too(cast: Cast, programme: Programme) -> None:
    project = granted(cast, programme)
    sent(cast, project)
    checked(cast, project)
    entry = db.session.scalars(select(LedgerEntry.id)).first()
    change = f"state = 'paid', paid_by_id = checked_by_id, paid_on = '2027-03-05', payment_id = {entry}"
    with pytest.raises(IntegrityError, match="four_eyes"), transaction():
        db.session.execute(text(f"update requisition set {change}"))
