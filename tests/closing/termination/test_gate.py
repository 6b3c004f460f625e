"""An interrupted project ends when everything that it leaves is told, and its money is returned."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.accounts.access import Viewer
from app.closing.termination import policy, queries, service
from app.closing.termination.service import NothingError
from app.closing.termination.words import lack_text
from app.core.termination import ContractState
from app.core.verdict import RefusedError
from app.core.workflow import Action, State
from app.db import db, transaction
from app.delivery.changes import service as changes
from app.notifications.models import Kind, Notification
from app.programmes.models import Programme
from app.projects import service as projects
from app.projects.models import Project
from app.web.formats import exact
from tests import changing_story, running_story
from tests.closing.terminating_story import (
    CONTRACT,
    DECIDED,
    INTERRUPTED,
    RESULT,
    WAYS_IN,
    account_for_all,
    accounted_for,
    in_state,
    interrupt,
    return_all,
    terminating,
)
from tests.conftest import Cast
from tests.delivery.granted import claim, frame_of, money, payer, sent
from tests.story import in_state as moved
from tests.story import reloaded


def lacks(project: Project) -> list[str]:
    return [lack_text(lack) for lack in queries.termination_lacks(reloaded(project))]


@pytest.mark.parametrize("state", WAYS_IN)
def test_a_project_is_interrupted_and_ends_from_every_state(
    state: State, cast: Cast, programme: Programme
) -> None:
    project = interrupt(cast, in_state(cast, programme, state))
    assert State(project.state) is State.TERMINATING
    assert lacks(project) == [
        "Vad som är levererat är inte redovisat.",
        "Vad som kan återanvändas är inte redovisat, eller att inget kan det.",
        "Vilka avtal som ska avslutas är inte redovisat, eller att det inte finns några.",
        "Vad som blir av nyttan ”Färre samtal till handläggare” är inte redovisat.",
        "Vad som blir av nyttan ”Sökande slipper vänta” är inte redovisat.",
        f"{exact(Decimal(500_000))} är inte återfört till ramen: Miljöförvaltningen 2027.",
        f"{exact(Decimal(1_000_000))} är inte återfört till ramen: Miljöförvaltningen 2028.",
    ]
    account_for_all(cast, project)
    assert lacks(project) == []
    assert money(project) == {
        2027: (500_000, 0, 0, 500_000, 0),
        2028: (1_000_000, 0, 0, 1_000_000, 0),
    }, "by year: granted, requisitioned, paid, returned, remaining"
    assert frame_of(programme) == (1_500_000, 0, 0, 1_500_000, 100_000_000)
    with transaction():
        projects.move(cast.secretary, reloaded(project), Action.FINISH_TERMINATION, INTERRUPTED)
    ended = reloaded(project)
    assert policy.may_read_termination(cast.auditor, ended)
    assert not policy.may_account(cast.leader, ended)


def test_in_every_other_state_no_request_to_end_it_is_approved(cast: Cast, programme: Programme) -> None:
    project = running_story.running(cast, programme)
    found = changing_story.asked(cast, project, termination=changing_story.early_end())
    before = money(project), frame_of(programme)
    draft = changing_story.draft(found)
    for state in set(State) - set(WAYS_IN):
        there = replace(found, project=moved(project, state))
        with pytest.raises(RefusedError), transaction():
            changes.decide(cast.secretary, there, draft, INTERRUPTED)
        assert reloaded(project).state == state
        assert queries.termination_of(project.id) is None
        assert (money(project), frame_of(programme)) == before


def test_a_contract_without_an_end_keeps_the_project(cast: Cast, programme: Programme) -> None:
    project = accounted_for(cast, programme)
    row = queries.contracts_of(project.id)[0]
    still = replace(CONTRACT, id=row.id, status=ContractState.OPEN, ends_on=None)
    for contract, missing in (
        (still, ["Avtalet med Leverantören AB har inget slut."]),
        (replace(still, status=ContractState.NOTICE_GIVEN, ends_on=CONTRACT.ends_on), []),
        (replace(still, status=ContractState.TAKEN_OVER, taken_over_by="It-chef"), []),
    ):
        with transaction():
            service.save_contracts(cast.leader, project, [contract], none=False, now=INTERRUPTED)
        assert lacks(project) == missing


def test_a_requisition_that_nobody_has_finished_keeps_the_project(cast: Cast, programme: Programme) -> None:
    project = terminating(cast, programme)
    sent(cast, project, claim(cast, 100_000))
    account_for_all(cast, project)
    assert lacks(project) == ["Rekvisition 1 är inte avslutad."]


def test_what_there_is_none_of_is_said_and_not_left_open(cast: Cast, programme: Programme) -> None:
    project = accounted_for(cast, programme)
    with transaction():
        service.save_reusable(cast.leader, project, [], none=True, now=INTERRUPTED)
        service.save_contracts(cast.leader, project, [], none=True, now=INTERRUPTED)
    assert lacks(project) == []
    assert (queries.reusable_of(project.id), queries.contracts_of(project.id)) == ([], [])
    with pytest.raises(NothingError), transaction():
        service.save_reusable(cast.leader, project, [RESULT], none=True, now=INTERRUPTED)
    with pytest.raises(NothingError), transaction():
        service.save_contracts(cast.leader, project, [CONTRACT], none=True, now=INTERRUPTED)
    with transaction():
        service.save_reusable(cast.leader, project, [], none=False, now=INTERRUPTED)
    assert lacks(project) == ["Vad som kan återanvändas är inte redovisat, eller att inget kan det."]


def test_an_interrupted_project_without_its_decision_lacks_it(cast: Cast, programme: Programme) -> None:
    project = in_state(cast, programme, State.RUNNING)
    with transaction():
        projects.move(cast.secretary, project, Action.TERMINATE, INTERRUPTED)
    project = reloaded(project)
    assert lacks(project) == ["Beslutet att avbryta projektet är inte registrerat."]
    assert not policy.may_account(cast.leader, project)
    assert not policy.may_read_termination(cast.auditor, project)


def test_only_who_should_tells_and_returns(cast: Cast, programme: Programme) -> None:
    project = terminating(cast, programme)
    with pytest.raises(RefusedError, match="redan registrerat"), transaction():
        service.begin(cast.secretary, project, DECIDED, INTERRUPTED)
    everybody = (cast.leader, cast.manager, cast.secretary, cast.controller, cast.auditor, payer())
    assert [who.name for who in everybody if policy.may_account(who, project)] == [cast.leader.name]
    assert [who.name for who in everybody if policy.may_return_rest(who, project)] == ["Payer"]
    assert all(policy.may_read_termination(who, project) for who in everybody)


def test_what_was_asked_and_never_decided_is_still_seen(cast: Cast, programme: Programme) -> None:
    project = in_state(cast, programme, State.RUNNING)
    cost = changing_story.cost(cast, Decimal(745_500))
    changing_story.asked(cast, project, costs=(cost,))
    project = interrupt(cast, project)
    assert [(row.number, row.amount) for row in queries.fallen_requests(project.id)] == [
        (1, Decimal(745_500))
    ]
    assert queries.the_termination(project.id).reference == DECIDED.reference


def test_what_is_not_interrupted_leaves_nothing(cast: Cast, programme: Programme) -> None:
    project = in_state(cast, programme, State.RUNNING)
    for who in (cast.leader, cast.secretary, payer()):
        assert not policy.may_read_termination(who, project)
        assert not policy.may_account(who, project)
        assert not policy.may_begin(who, project)
        assert not policy.may_return_rest(who, project)


def test_all_money_that_is_left_returns_at_once_and_is_told_once(cast: Cast, programme: Programme) -> None:
    project = terminating(cast, programme)
    sent(cast, project, claim(cast, 100_000))
    return_all(project)
    assert [row[3:] for row in money(project).values()] == [(400_000, 0), (1_000_000, 0)]
    told = select(Notification).where(
        Notification.kind == Kind.FUNDS_RETURNED, Notification.person_id == cast.leader.id
    )
    assert [row.details["amount"] for row in db.session.scalars(told)] == ["1400000.00"]
    with pytest.raises(RefusedError), transaction():
        service.return_rest(payer(), project, reference="Igen", now=INTERRUPTED)
    assert Decimal(1_400_000) == sum(row[3] for row in money(project).values())


def waits_for(who: Viewer) -> list[bool]:
    return [row.of_money for row in queries.waiting_for(who, limit=20)]


def test_what_is_missing_waits_for_the_leader_and_the_money_for_a_controller(
    cast: Cast, programme: Programme
) -> None:
    project = terminating(cast, programme)
    assert (waits_for(cast.leader), waits_for(payer())) == ([False], [True])
    for who in (cast.secretary, cast.manager, cast.controller, cast.auditor):
        assert waits_for(who) == []
    account_for_all(cast, project)
    assert (waits_for(cast.leader), waits_for(payer())) == ([], [])


def test_the_list_of_what_waits_and_the_gate_say_the_same(cast: Cast, programme: Programme) -> None:
    project = accounted_for(cast, programme)
    row = replace(CONTRACT, id=queries.contracts_of(project.id)[0].id)
    for contracts, none, waits in (
        ([row], False, False),
        ([replace(row, status=ContractState.OPEN, ends_on=None)], False, True),
        ([], True, False),
        ([], False, True),
    ):
        with transaction():
            service.save_contracts(cast.leader, project, contracts, none=none, now=INTERRUPTED)
        assert waits_for(cast.leader) == [False] * waits
        assert bool(lacks(project)) is waits
