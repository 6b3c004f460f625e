"""The last day to give notice of a contract that an interrupted project has is not forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.closing.termination import queries, service
from app.closing.termination.reminding import due_notices
from app.core.termination import ContractState
from app.db import db, transaction
from app.notifications import labels
from app.notifications.models import Kind, Notification
from app.notifications.places import place_of
from app.overview.tasks import tasks_for
from app.programmes.models import Programme
from app.projects.models import Project
from app.reminders import round as rounds
from app.reminders.sources import SOURCES
from tests.closing.terminating_story import CONTRACT, INTERRUPTED, terminating
from tests.conftest import Cast
from tests.delivery.test_reminding import at

NOTICE_BY = date(2027, 9, 30)
OPEN = replace(CONTRACT, status=ContractState.OPEN, ends_on=None, notice_by=NOTICE_BY)


@pytest.fixture(autouse=True)
def _only_notices(monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in set(SOURCES) - {"contract_notice"}:
        monkeypatch.delitem(SOURCES, kind)


@pytest.fixture
def project(cast: Cast, programme: Programme) -> Project:
    """One contract with a last day, one without, and one that has ended."""
    found = terminating(cast, programme)
    contracts = [OPEN, replace(OPEN, supplier="Utan dag AB", notice_by=None), CONTRACT]
    with transaction():
        service.save_contracts(cast.leader, found, contracts, none=False, now=INTERRUPTED)
    return found


def people(after: int) -> list[int]:
    return sorted(due.person_id for due in due_notices(NOTICE_BY + timedelta(days=after)))


def test_the_leader_is_reminded_before_the_day_and_after_it_the_managers_too(
    cast: Cast, project: Project
) -> None:
    leader, manager = cast.leader.id, cast.manager.id
    assert people(-15) == []
    assert people(-14) == people(0) == people(1) == [leader]
    assert people(7) == sorted([leader, manager])
    for _again in range(2):
        rounds.remind_of_today(at(NOTICE_BY + timedelta(days=1)), 7)
    row = db.session.scalars(select(Notification).where(Notification.kind == Kind.NOTICE_LATE.value)).one()
    assert labels.particulars(row.details) == [
        "Sista dag 2027-09-30", "Avtal: Leverantören AB, Avrop 2027-14"
    ]  # fmt: skip
    assert place_of(row) == ("termination.termination", {"project_id": project.id})


@pytest.mark.parametrize("state", [ContractState.NOTICE_GIVEN, ContractState.ENDED])
def test_nobody_is_reminded_once_notice_is_given(state: ContractState, cast: Cast, project: Project) -> None:
    row = queries.contracts_of(project.id)[0]
    given = replace(OPEN, id=row.id, status=state, ends_on=date(2027, 12, 31))
    with transaction():
        service.save_contracts(cast.leader, project, [given], none=False, now=INTERRUPTED)
    assert people(7) == []
    assert queries.notices_for(cast.leader, NOTICE_BY, limit=9) == []


def test_the_contract_waits_on_the_start_page_of_the_leader_alone(
    app: Flask, cast: Cast, project: Project
) -> None:
    def waiting(days: int) -> list[tuple[str, bool]]:
        with app.test_request_context():
            tasks = tasks_for(cast.leader, NOTICE_BY + timedelta(days=days))
        return [(task.about, task.late) for task in tasks if task.what == "Säg upp ett avtal"]

    assert waiting(-15) == []
    assert waiting(-14) == [("Leverantören AB, Avrop 2027-14", False)]
    assert waiting(1) == [("Leverantören AB, Avrop 2027-14", True)]
    for other in (cast.manager, cast.secretary, cast.other_leader):
        assert queries.notices_for(other, NOTICE_BY, limit=9) == []
