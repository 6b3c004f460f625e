"""A request is written, sent, asked about and decided; what is decided changes the project at once."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from app.core.changes import ASKED_IN, ChangeState, Part, Wanted
from app.core.verdict import RefusedError
from app.core.workflow import State
from app.db import db, transaction
from app.decisions.rules import InvalidError
from app.delivery.changes import policy, queries, service, terminated
from app.delivery.changes.lacking import IncompleteError
from app.delivery.changes.models import ChangeDecision
from app.delivery.plans import queries as plans
from app.delivery.plans import service as planning
from app.history.service import record
from app.notifications import queries as inbox
from app.notifications.models import Kind, Notification
from app.programmes.models import Programme
from app.projects.models import Project
from tests.cast import Cast
from tests.changing_story import (
    ASKED,
    DECIDED,
    WHY,
    asked,
    change,
    colleague,
    cost,
    decided,
    early_end,
    later_end,
    more_hours,
    move,
    other_scope,
    rejection,
    rest,
)
from tests.running_story import granted, running
from tests.story import in_state, reloaded

MORE = Decimal(300_000)


def test_more_time_makes_a_second_baseline_beside_the_first(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    first = plans.current_plan(project.id)
    assert first is not None
    found = asked(cast, project, time=later_end(project))
    assert found.latest.content["time"]["days"] == 90
    decision = decided(cast, found)
    plan = plans.current_plan(project.id)
    assert plan is not None
    assert plan.ends_on == first.ends_on + timedelta(days=90)
    assert [row.name for row in plan.milestones][-1] == "Överlämnad till drift"
    assert len(plan.milestones) == len(first.milestones) + 1
    one, two = plans.baselines_of(project.id)
    assert (one.change_number, two.change_number) == (None, 1)
    assert (one.decision_id is None, two.decision_id is None) == (False, True)
    assert decision.baseline_id == two.id
    assert two.reason == decision.reasons


def test_a_rejected_request_changes_nothing_but_is_kept(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    before = (
        plans.current_plan(project.id),
        queries.granted_in_all(project.id),
        queries.left_of_frame(programme.id),
    )
    found = asked(cast, project, time=later_end(project), costs=(cost(cast),), leader_id=colleague(cast))
    decision = decided(cast, found, rejection(found))
    after = (
        plans.current_plan(project.id),
        queries.granted_in_all(project.id),
        queries.left_of_frame(programme.id),
    )
    assert after == before
    assert decision.baseline_id is None
    assert len(plans.baselines_of(project.id)) == 1
    assert reloaded(project).leader_id == cast.leader.id
    assert change(cast.auditor, project).state is ChangeState.DECIDED


def test_a_new_leader_leads_from_the_decision_on(cast: Cast, programme: Programme) -> None:
    project = granted(cast, programme)
    new = colleague(cast)
    found = asked(cast, project, leader_id=new)
    decision = decided(cast, found)
    assert decision.baseline_id is None
    assert reloaded(project).leader_id == new
    assert not policy.may_ask_for_change(cast.leader, reloaded(project))


def test_a_project_rests_and_goes_on(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    decided(cast, asked(cast, project, pause=rest()))
    project = reloaded(project)
    assert (project.state, project.due_on) == (State.PAUSED.value, rest().until)
    with pytest.raises(RefusedError), transaction():
        service.go_on(cast.secretary, project, DECIDED)
    with transaction():
        service.go_on(cast.leader, reloaded(project), DECIDED)
    assert (reloaded(project).state, reloaded(project).due_on) == (State.RUNNING.value, None)


def test_those_concerned_are_told_that_work_goes_on(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    decided(cast, asked(cast, project, pause=rest()))
    with transaction():
        service.go_on(cast.leader, reloaded(project), DECIDED)
    told = select(Notification.person_id).where(Notification.kind == Kind.WENT_ON.value)
    assert set(db.session.scalars(told)) == {cast.secretary.id, cast.manager.id}


@pytest.mark.parametrize("state", [State.APPROVED, State.RUNNING, State.PAUSED, State.CLOSING])
def test_a_project_is_terminated_at_every_state_that_has_money(
    cast: Cast, programme: Programme, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[int, str, int]] = []

    def follower(_actor: object, project: Project, decision: ChangeDecision, _now: object) -> None:
        told.append((project.id, project.state, decision.request_id))

    monkeypatch.setattr(terminated, "FOLLOWERS", [*terminated.FOLLOWERS, follower])
    project = granted(cast, programme) if state is State.APPROVED else running(cast, programme)
    in_state(project, state)
    found = asked(cast, project, termination=early_end())
    decided(cast, found)
    assert reloaded(project).state == State.TERMINATING.value
    assert told == [(project.id, State.TERMINATING.value, found.request.id)]


@pytest.mark.parametrize("state", [state for state in State if state not in ASKED_IN])
def test_where_a_project_has_ended_or_not_begun_nothing_is_asked_for(
    cast: Cast, programme: Programme, state: State
) -> None:
    project = granted(cast, programme)
    in_state(project, state)
    with pytest.raises(RefusedError), transaction():
        service.begin(cast.leader, reloaded(project), ASKED)


def test_what_was_undecided_when_the_project_ends_stays_so(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    first = asked(cast, project, costs=(cost(cast, Decimal(745_500)),))
    decided(cast, asked(cast, project, termination=early_end()))
    assert [row.number for row in queries.undecided_of(project.id)] == [1]
    with pytest.raises(RefusedError):
        decided(cast, first)
    assert not policy.may_withdraw(cast.leader, change(cast.leader, project))


@pytest.mark.parametrize(
    ("state", "part"),
    [(state, part) for state, parts in ASKED_IN.items() for part in Part if part not in parts],
)
def test_a_part_that_the_state_does_not_have_is_not_sent(
    cast: Cast, programme: Programme, state: State, part: Part
) -> None:
    project = running(cast, programme)
    parts: dict[Part, dict[str, Any]] = {
        Part.TIME: {"time": later_end(project)}, Part.FUNDS: {"costs": (cost(cast),)},
        Part.MOVE: {"moves": (move(cast, project, MORE),)}, Part.PAUSE: {"pause": rest()},
        Part.SCOPE: {"scope": other_scope(project)}, Part.EFFORT: {"effort": more_hours(project)},
    }  # fmt: skip
    in_state(project, state)
    with pytest.raises(IncompleteError) as error:
        asked(cast, project, **parts[part])
    assert part in {lack.part for lack in error.value.lacks}


def test_a_request_lacks_what_it_needs_in_words(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    with transaction():
        service.begin(cast.leader, project, ASKED)
    with pytest.raises(IncompleteError) as error, transaction():
        service.send(cast.leader, change(cast.leader, project), ASKED)
    assert [str(lack.text) for lack in error.value.lacks] == [
        "Välj minst en sak som ska ändras.",
        "Skriv varför projektet behöver ändras.",
    ]


def test_a_reached_milestone_is_neither_moved_nor_dropped(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    last = plans.milestones_of(project.id)[-1]
    with transaction():
        row = db.session.merge(last)
        row.reached_on = date(2027, 5, 1)
        record(cast.leader, "expect_milestone", row, now=ASKED)
    with pytest.raises(IncompleteError, match="redan nådd"):
        asked(cast, project, time=later_end(project))


def test_a_request_that_an_earlier_decision_has_overtaken_must_be_sent_anew(
    cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    slow = asked(cast, project, time=later_end(project))
    quick = asked(cast, project, time=later_end(project, 30))
    decided(cast, quick)
    with pytest.raises(InvalidError, match="har ändrats sedan"):
        decided(cast, slow)
    with transaction():
        service.ask(cast.secretary, change(cast.secretary, project), "Gäller det än?", DECIDED)
    found = change(cast.leader, project)
    with transaction():
        service.write(cast.leader, found, Wanted(WHY, time=later_end(project, 15)), DECIDED)
    with transaction():
        service.answer(cast.leader, change(cast.leader, project), "Ja, 15 dagar till.", DECIDED)
    again = change(cast.secretary, project)
    assert [row.number for row in again.request.versions] == [2, 1]
    assert [row.kind for row in queries.remarks_on(again.request.id)] == ["question", "answer"]
    decided(cast, again)
    assert [row.change_number for row in plans.baselines_of(project.id)] == [None, 2, 1]


def test_an_answer_alone_makes_no_new_version(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    asked(cast, project, costs=(cost(cast),))
    with transaction():
        service.ask(cast.secretary, change(cast.secretary, project), "Varför nu?", ASKED)
    assert inbox.inbox(cast.leader)[0].kind == "change_questioned"
    with transaction():
        service.answer(cast.leader, change(cast.leader, project), "Det brådskar.", ASKED)
    assert len(change(cast.leader, project).request.versions) == 1
    assert inbox.inbox(cast.secretary)[0].kind == "change_answered"


def test_a_draft_is_its_writers_and_a_sent_request_everybodys_who_sees_the_case(
    cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    with transaction():
        service.begin(cast.leader, project, ASKED)
    for viewer in (cast.secretary, cast.manager, cast.auditor):
        assert queries.change_for(viewer, project.id, 1) is None
        assert not queries.changes_of(viewer, project)
    assert queries.change_for(cast.leader, project.id, 1) is not None
    with transaction():
        service.withdraw(cast.leader, change(cast.leader, project), ASKED)
    assert queries.change_for(cast.leader, project.id, 1) is None
    asked(cast, project, costs=(cost(cast),))
    assert queries.change_for(cast.auditor, project.id, 2) is not None
    assert queries.change_for(cast.nobody, project.id, 2) is None


def test_whoever_leads_the_project_does_not_decide_on_it(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    found = asked(cast, project, costs=(cost(cast),))
    for viewer in (cast.leader, cast.manager, cast.decider, cast.auditor, cast.controller):
        assert not policy.may_decide(viewer, found)
        assert not policy.may_ask(viewer, found)
    assert policy.may_decide(cast.other_secretary, found)


def test_the_second_baseline_needs_no_plan_that_was_established_anew(
    cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    decided(cast, asked(cast, project, costs=(cost(cast),)))
    assert planning.lacks_in(reloaded(project)) == []
