"""The process: every step that the table has, and none that it has not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from app.accounts.access import Viewer
from app.core.verdict import RefusedError
from app.core.workflow import (
    TRANSITIONS,
    Action,
    IllegalTransitionError,
    Party,
    State,
    actions_from,
    transition,
)
from app.db import db, transaction
from app.history.queries import timeline_of
from app.programmes.models import Programme
from app.projects.models import Project
from app.projects.policy import may
from app.projects.service import move
from tests import story
from tests.conftest import NOW, Cast
from tests.projects.ways import reached_past

LEGAL = {(row.source, row.action): row for row in TRANSITIONS}
ILLEGAL = [(state, action) for state in State for action in Action if (state, action) not in LEGAL]
EVERYBODY = (
    "administrator", "leader", "other_leader", "manager", "other_manager", "controller", "secretary",
    "council", "decider", "auditor", "nobody",
)  # fmt: skip
PARTIES = {Party.LEADER: {"leader"}, Party.MANAGER: {"manager"}, Party.SECRETARIAT: {"secretary"}}


@pytest.fixture
def project(cast: Cast, programme: Programme) -> Project:
    """A project with a case number, once sent to the council, so that it can stand in any state."""
    made = story.started(cast, programme)
    made.referred_at = NOW
    made.case_year, made.case_serial, made.case_number = 2027, 1, "2027-0001"
    return made


def put(project: Project, state: State) -> None:
    project.state = state.value


@pytest.mark.parametrize(("state", "action"), LEGAL, ids=lambda value: value.value)
def test_each_step_is_taken_by_its_party_and_nobody_else(
    cast: Cast, project: Project, state: State, action: Action
) -> None:
    row = LEGAL[state, action]
    put(project, state)
    allowed = {who for who in EVERYBODY if may(getattr(cast, who), project, action)}
    assert allowed == PARTIES[row.party]
    for who in set(EVERYBODY) - allowed:
        with pytest.raises(RefusedError) as refused:
            move(getattr(cast, who), project, action, NOW)
        assert str(refused.value.reason)
        assert project.state == state.value
    actor: Viewer = getattr(cast, next(iter(allowed)))
    with transaction():
        move(actor, project, action, NOW + timedelta(days=1), note="Skälet")
    assert (project.state, project.state_since) == (row.target.value, NOW + timedelta(days=1))
    newest = timeline_of(project.id)[0]
    assert (newest.verb, newest.note, newest.actor_name) == (action.value, "Skälet", actor.name)


@pytest.mark.parametrize("state", list(State), ids=lambda state: state.value)
def test_a_step_that_the_table_does_not_have_is_refused_to_everybody(
    cast: Cast, project: Project, state: State
) -> None:
    put(project, state)
    for action in (action for source, action in ILLEGAL if source is state):
        for who in EVERYBODY:
            with pytest.raises(RefusedError, match="gått vidare"):
                move(getattr(cast, who), project, action, NOW)
    assert project.state == state.value
    db.session.rollback()


@pytest.mark.parametrize(("state", "action"), ILLEGAL)
def test_the_table_itself_knows_no_other_step(state: State, action: Action) -> None:
    with pytest.raises(IllegalTransitionError):
        transition(state, action)
    assert action not in actions_from(state)


@pytest.mark.parametrize("row", [row for row in TRANSITIONS if row.party is not Party.LEADER], ids=str)
def test_a_leader_never_takes_the_others_steps_in_an_own_project(
    cast: Cast, project: Project, row: object
) -> None:
    from app.accounts.models import Role
    from app.core.workflow import Transition

    assert isinstance(row, Transition)
    put(project, row.source)
    mighty = Viewer(
        cast.leader.id,
        "Leader",
        "sv",
        frozenset({(Role.MANAGER, cast.department.id), (Role.SECRETARIAT, None)}),
    )
    verdict = may(mighty, project, row.action)
    assert not verdict
    assert "Du leder projektet" in str(verdict.reason)
    db.session.rollback()


def test_every_state_can_be_reached_and_every_action_is_used() -> None:
    assert reached_past() == set(State)
    assert {row.action for row in TRANSITIONS} == set(Action)


def test_no_state_and_action_lead_to_two_places() -> None:
    assert len(LEGAL) == len(TRANSITIONS)


@pytest.mark.parametrize("state", State)
def test_no_case_stands_behind_the_council_that_was_never_sent_there(project: Project, state: State) -> None:
    put(project, state)
    project.referred_at = None
    if state in reached_past(State.COUNCIL):
        db.session.flush()
    else:
        with pytest.raises(IntegrityError, match="referred_when_in_council"):
            db.session.flush()
    db.session.rollback()
