"""Those who answer for a service are reminded of its contract and its money long before either ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.core.calendar import Reminder
from app.db import db, transaction
from app.notifications.models import Kind, Notification
from app.operations import service
from app.operations.reminding import due_contracts, due_money
from app.programmes.models import Programme
from app.projects.models import Project
from app.reminders.service import remind
from app.reminders.sources import Due
from tests.conftest import Cast
from tests.operating_story import accepted, said_by, service_of
from tests.running_story import PLANNED, running

CONTRACT_ENDS, NOTICE = date(2031, 9, 30), date(2031, 3, 30)
MONEY_ENDS = date(2031, 12, 31)
Source = Callable[[date], Iterable[Due]]


@pytest.fixture
def project(cast: Cast, programme: Programme) -> Project:
    """Its service is accepted, and has a contract with half a year's notice."""
    made = running(cast, programme)
    accepted(cast, made)
    _change(cast, made, contract_ends_on=CONTRACT_ENDS, notice_months=6)
    return made


def _change(cast: Cast, project: Project, **changes: Any) -> None:
    what, _who, _money = said_by(service_of(project).service)
    with transaction():
        service.save_service(cast.leader, service_of(project), replace(what, **changes), PLANNED)


@pytest.mark.parametrize(
    ("days", "step", "told"),
    [
        (-181, None, ()),
        (-180, Reminder.SOON, ("manager",)),
        (-30, Reminder.NOW, ("manager",)),
        (0, Reminder.NOW, ("manager",)),
        (1, Reminder.LATE, ("manager",)),
        (14, Reminder.STILL_LATE, ("manager", "other_secretary", "secretary")),
    ],
)
@pytest.mark.parametrize(
    ("source", "day", "kinds"),
    [
        (due_contracts, NOTICE, (Kind.SERVICE_CONTRACT_ENDS, Kind.SERVICE_CONTRACT_LATE)),
        (due_money, MONEY_ENDS, (Kind.SERVICE_MONEY_ENDS, Kind.SERVICE_MONEY_ENDED)),
    ],
)
def test_half_a_year_before_the_day_and_until_something_is_done(
    cast: Cast, project: Project, source: Source, day: date, kinds: tuple[Kind, Kind],
    days: int, step: Reminder | None, told: tuple[str, ...],
) -> None:  # fmt: skip
    assert service_of(project).service.financed_until == MONEY_ENDS
    dues = list(source(day + timedelta(days=days)))
    assert {due.person_id for due in dues} == {getattr(cast, name).id for name in told}
    assert {due.step for due in dues} <= {step}
    assert {due.tells for due in dues} <= {kinds[days > 0]}
    assert {due.due_on for due in dues} <= {day}


def test_what_ends_with_its_contract_or_its_money_needs_no_reminder(cast: Cast, project: Project) -> None:
    _change(cast, project, decommission_on=CONTRACT_ENDS)
    assert list(due_contracts(NOTICE)) == []
    assert list(due_money(MONEY_ENDS)) == []


def test_what_nobody_has_accepted_or_launched_is_not_run_yet(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    _change(cast, project, contract_ends_on=CONTRACT_ENDS, notice_months=6)
    assert service_of(project).service.launched_on is None
    assert list(due_contracts(NOTICE)) == list(due_money(MONEY_ENDS)) == []


def test_a_day_is_reminded_of_once(cast: Cast, project: Project) -> None:
    for _time in range(2):
        with transaction():
            remind("service_contract", list(due_contracts(NOTICE)), PLANNED)
    kinds = [row.kind for row in db.session.query(Notification).filter_by(kind=Kind.SERVICE_CONTRACT_ENDS)]
    assert len(kinds) == 1
