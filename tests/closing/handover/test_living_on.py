"""The way into a project's last step, an empty list, and what lives on when the project has ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.closing.handover import policy, queries, service, waiting
from app.closing.handover.gate import handover_lacks
from app.core.handover import RestAction, RestOutcome
from app.core.verdict import RefusedError
from app.core.workflow import State
from app.db import db, transaction
from app.history.models import HistoryEvent
from app.history.service import System, record
from app.programmes.models import Programme
from app.projects.models import Project
from tests.closing.handover.remaining import (
    ANSWERED,
    ENDING,
    added,
    answered,
    asked,
    closing,
    half_accepted,
    kinds_told,
    of,
    values,
)
from tests.conftest import Cast
from tests.running_story import granted, running
from tests.story import reloaded


def ended(project: Project, state: State = State.HANDED_OVER) -> Project:
    """Its last step has been taken, however that came about."""
    found = reloaded(project)
    with transaction():
        found.state = state.value
        record(System(), "hand_over", found, now=ANSWERED)
    return reloaded(project)


def test_what_is_confirmed_waits_for_nobody_whatever_is_left_of_other_projects(
    cast: Cast, programme: Programme
) -> None:
    half_accepted(cast, programme, title="En annan tjänst")
    project = closing(cast, programme)
    assert [row.project_id for row in waiting.to_confirm(cast.manager, limit=9)] == [project.id]
    with transaction():
        service.confirm_nothing_left(cast.manager, reloaded(project), "Allt är klart.", ANSWERED)
    assert waiting.to_confirm(cast.manager, limit=9) == []


def test_an_empty_list_is_nothing_until_the_receiver_says_so(cast: Cast, programme: Programme) -> None:
    project = closing(cast, programme)
    assert handover_lacks(project) == ["Mottagaren har inte bekräftat att inget återstår."]
    for viewer in (cast.leader, cast.other_manager, cast.secretary, cast.controller):
        assert not policy.may_confirm_nothing_left(viewer, project)
    with transaction():
        service.confirm_nothing_left(cast.manager, project, "Allt är klart.", ANSWERED)
    project = reloaded(project)
    assert handover_lacks(project) == []
    assert not policy.may_confirm_nothing_left(cast.manager, project), "once is enough"
    item = added(cast, project)
    with transaction():
        service.close(cast.leader, of(cast.leader, item), RestOutcome.DROPPED, note="Fel.", now=ENDING)
    assert handover_lacks(reloaded(project)), "what came since was not known then"


def test_the_word_that_nothing_remains_does_not_outlive_a_project_that_runs_again(
    cast: Cast, programme: Programme
) -> None:
    project = closing(cast, programme)
    with transaction():
        service.confirm_nothing_left(cast.manager, project, "", ENDING)
    with transaction():
        service.reopen(cast.leader, reloaded(project), "En leverans saknades.", ANSWERED)
    with transaction():
        service.begin_closing(cast.leader, reloaded(project), ANSWERED + timedelta(days=3))
    assert handover_lacks(reloaded(project))


@pytest.mark.parametrize("state", [State.HANDED_OVER, State.TERMINATED])
def test_what_remains_lives_on_and_its_receiver_alone_is_done_with_it(
    cast: Cast, programme: Programme, state: State
) -> None:
    project = closing(cast, programme)
    first, second = asked(cast, project), asked(cast, project)
    answered(cast.other_manager, first)
    answered(cast.other_manager, second)
    project = ended(project, state)
    refused: list[Callable[[], object]] = [
        lambda: service.add_item(cast.leader, project, values(cast), ANSWERED),
        lambda: service.change_item(cast.leader, of(cast.leader, first), values(cast, text="x"), ANSWERED),
        lambda: service.ask(cast.leader, project, ANSWERED),
        lambda: answered(cast.other_manager, first, RestAction.DECLINE, "Nej."),
        lambda: service.close(cast.leader, of(cast.leader, first), RestOutcome.DONE, note="", now=ANSWERED),
        lambda: service.close(cast.manager, of(cast.manager, first), RestOutcome.DONE, note="", now=ANSWERED),
        lambda: service.begin_closing(cast.leader, project, ANSWERED),
        lambda: service.reopen(cast.leader, project, "Ångrar oss.", ANSWERED),
    ]
    for attempt in refused:
        with pytest.raises(RefusedError):
            attempt()
        db.session.rollback()
    with transaction():
        done = of(cast.other_manager, first)
        service.close(cast.other_manager, done, RestOutcome.DONE, note="Klart.", now=ANSWERED)
    assert [row.outcome for row in queries.items_of(project.id)] == ["done", None]
    again = of(cast.other_manager, first)
    with pytest.raises(RefusedError), transaction():
        service.close(cast.other_manager, again, RestOutcome.DROPPED, note="Ändrat.", now=ANSWERED)


def test_the_project_is_done_with_what_nobody_has_received_and_the_receiver_with_the_rest(
    cast: Cast, programme: Programme
) -> None:
    project = half_accepted(cast, programme)
    accepted, _second, declined, _fourth = queries.items_of(project.id)
    with pytest.raises(RefusedError), transaction():
        service.close(cast.leader, of(cast.leader, accepted), RestOutcome.DONE, note="", now=ANSWERED)
    with pytest.raises(RefusedError), transaction():
        service.close(cast.leader, of(cast.leader, declined), RestOutcome.DROPPED, note="", now=ANSWERED)
    with transaction():
        not_needed = of(cast.leader, declined)
        service.close(cast.leader, not_needed, RestOutcome.DROPPED, note="Behövs inte.", now=ANSWERED)
    assert len(handover_lacks(reloaded(project))) == 1


def test_a_list_is_written_while_the_project_runs_and_not_before(cast: Cast, programme: Programme) -> None:
    assert not policy.may_keep_list(cast.leader, granted(cast, programme, title="Beviljat"))
    project = running(cast, programme)
    assert not policy.may_keep_list(cast.other_leader, project)
    item = asked(cast, project)
    answered(cast.other_manager, item)
    with transaction():
        service.begin_closing(cast.leader, reloaded(project), ENDING)
    assert handover_lacks(reloaded(project)) == [], "what was accepted before holds"


def test_the_way_into_the_last_step_and_back_is_told_to_those_who_follow(
    cast: Cast, programme: Programme
) -> None:
    project = closing(cast, programme)
    assert project.state == State.CLOSING
    with pytest.raises(RefusedError), transaction():
        service.reopen(cast.leader, project, " ", ANSWERED)
    with transaction():
        service.reopen(cast.leader, reloaded(project), "En leverans saknades.", ANSWERED)
    assert reloaded(project).state == State.RUNNING
    for viewer in (cast.manager, cast.secretary):
        assert kinds_told(viewer.id)[-2:] == ["closing_begun", "reopened"]
    told = db.session.scalars(select(HistoryEvent.note).where(HistoryEvent.verb == "reopen")).first()
    assert told == "En leverans saknades."
