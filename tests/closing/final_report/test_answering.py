"""A final report that has come in is answered by the secretariat, and ends the project when approved."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.closing.final_report import service
from app.core.final_report import FinalState
from app.core.verdict import RefusedError
from app.core.workflow import State
from app.db import db, transaction
from app.delivery.funds import queries as accounts
from app.delivery.funds import service as funds
from app.notifications.models import Kind, Notification
from app.programmes.models import Programme
from app.projects.obstacles import NotReadyError
from tests.closing.final_story import (
    CLOSED,
    approve,
    complete_content,
    final_report,
    final_report_sent,
    handed_over,
    put_in_order,
    send,
    write,
)
from tests.conftest import Cast
from tests.story import reloaded


def told(kind: Kind) -> set[int]:
    return set(db.session.scalars(select(Notification.person_id).where(Notification.kind == kind.value)))


def test_each_is_told_what_happens_to_the_report(cast: Cast, programme: Programme) -> None:
    project = final_report_sent(cast, programme)
    assert told(Kind.FINAL_REPORT_SENT) == {cast.secretary.id}
    with transaction():
        service.give_back(cast.secretary, final_report(cast.secretary, project), 1, reason="x", now=CLOSED)
    assert told(Kind.FINAL_REPORT_RETURNED) == {cast.leader.id}
    send(cast, reloaded(project))
    put_in_order(cast, project)
    approve(cast, project)
    assert told(Kind.FINAL_REPORT_APPROVED) == {cast.leader.id, cast.manager.id}


def test_a_version_that_is_no_longer_the_last_is_not_answered(cast: Cast, programme: Programme) -> None:
    project = final_report_sent(cast, programme)
    with pytest.raises(RefusedError):
        service.give_back(cast.secretary, final_report(cast.secretary, project), 2, reason="x", now=CLOSED)


def test_the_project_does_not_end_while_money_is_left(cast: Cast, programme: Programme) -> None:
    project = final_report_sent(cast, programme)
    with pytest.raises(NotReadyError) as refused, transaction():
        service.approve(cast.secretary, final_report(cast.secretary, project), 1, words="", now=CLOSED)
    assert [row.endpoint for row in refused.value.obstacles] == ["handover.plan", "funds.project"]
    assert final_report(cast.secretary, reloaded(project)).state is FinalState.SENT


def test_the_project_does_not_end_while_a_requisition_is_open(cast: Cast, programme: Programme) -> None:
    project = final_report_sent(cast, programme)
    row = accounts.accounts_of(project.id)[0]
    claim = funds.Claim(row.department_id, row.year, Decimal(1), "Sista räkningen")
    with transaction():
        funds.send(cast.leader, project, claim, files=[], now=CLOSED)
    put_in_order(cast, project)
    with pytest.raises(NotReadyError, match="Rekvisition 1"), transaction():
        service.approve(cast.secretary, final_report(cast.secretary, project), 1, words="", now=CLOSED)


def test_an_approved_report_ends_the_project_and_nothing_more_is_written(
    cast: Cast, programme: Programme
) -> None:
    project = handed_over(cast, programme)
    assert project.state == State.HANDED_OVER
    found = final_report(cast.leader, project)
    assert found.state is FinalState.APPROVED
    assert found.newest is not None
    remark = found.remark_on(found.newest)
    assert remark is not None
    assert (remark.text, remark.author.id) == ("Tack.", cast.secretary.id)
    with pytest.raises(RefusedError):
        write(cast, project, complete_content(project))


@pytest.mark.parametrize("who", ["leader", "manager", "controller", "council", "auditor"])
def test_nobody_but_the_secretariat_ends_a_project(cast: Cast, programme: Programme, who: str) -> None:
    project = final_report_sent(cast, programme)
    viewer = getattr(cast, who)
    with pytest.raises(RefusedError):
        service.approve(viewer, final_report(viewer, project), 1, words="", now=CLOSED)


def test_nobody_ends_a_project_of_their_own_department(cast: Cast, programme: Programme) -> None:
    project = final_report_sent(cast, programme)
    working_there = replace(
        cast.secretary, roles=cast.secretary.roles | {(Role.CONTROLLER, project.lead_department_id)}
    )
    with pytest.raises(RefusedError, match="Din förvaltning"):
        service.approve(working_there, final_report(cast.secretary, project), 1, words="", now=CLOSED)
