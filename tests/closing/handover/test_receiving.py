"""Nobody accepts for the receiver, and a project is handed over when all that remains has one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from app.accounts import service as accounts
from app.accounts.access import Viewer
from app.accounts.models import Department, Role
from app.accounts.queries import person, viewer_of
from app.closing.handover import policy, queries, service
from app.closing.handover.gate import handover_lacks
from app.closing.handover.models import RestAnswer
from app.core.handover import HELD, RestAction, RestOutcome, Standing, after
from app.core.verdict import RefusedError
from app.db import db, transaction
from app.history.service import System
from app.programmes.models import Programme
from app.projects import interests
from app.projects.queries import participating_departments, project_for
from tests.closing.handover.remaining import (
    ANSWERED,
    ENDING,
    PRICE_MODEL,
    added,
    answered,
    asked,
    closing,
    kinds_told,
    of,
    values,
)
from tests.conftest import Cast
from tests.story import reloaded


def given(viewer: Viewer, role: Role, department_id: int | None) -> Viewer:
    """The same person, with one more role."""
    someone = person(viewer.id)
    assert someone is not None
    with transaction():
        accounts.grant_role(System(), someone, role, department_id, ENDING)
    found = viewer_of(viewer.id)
    assert found is not None
    return found


def elsewhere(cast: Cast) -> tuple[Department, Viewer]:
    """A department that has nothing to do with the project, and its manager."""
    with transaction():
        parks = accounts.create_department(System(), "Parkförvaltningen", ENDING)
    return parks, given(cast.nobody, Role.MANAGER, parks.id)


def test_four_things_remain_and_the_list_says_what_is_missing_until_each_has_a_receiver(
    cast: Cast, programme: Programme
) -> None:
    project = closing(cast, programme)
    items = [added(cast, project, kind=kind, text=text, due_on=due_on) for kind, text, due_on in PRICE_MODEL]
    assert len(handover_lacks(project)) == 4
    assert all("inte tillfrågad" in lack for lack in handover_lacks(project))
    with transaction():
        assert service.ask(cast.leader, reloaded(project), ENDING) == 4
    assert kinds_told(cast.other_manager.id).count("rest_asked") == 1
    assert all("har inte svarat" in lack for lack in handover_lacks(project))
    for left, item in zip((3, 2, 1, 0), items, strict=True):
        answered(cast.other_manager, item)
        assert len(handover_lacks(reloaded(project))) == left
    assert len(db.session.scalars(select(RestAnswer)).all()) == 4


def test_what_is_declined_comes_back_with_words_and_is_asked_again_when_it_has_changed(
    cast: Cast, programme: Programme
) -> None:
    project = closing(cast, programme)
    item = asked(cast, project)
    with pytest.raises(RefusedError):
        answered(cast.other_manager, item, RestAction.DECLINE, " ")
    answered(cast.other_manager, item, RestAction.DECLINE, "Det hör till miljöförvaltningen.")
    assert kinds_told(cast.leader.id)[-1] == "rest_declined"
    assert "har avböjt" in handover_lacks(reloaded(project))[0]
    with transaction():
        moved = values(cast, department_id=cast.department.id)
        service.change_item(cast.leader, of(cast.leader, item), moved, ENDING)
        service.ask(cast.leader, project, ENDING)
    with pytest.raises(RefusedError):
        answered(cast.other_manager, item)
    answered(cast.manager, item, words="Vi tar den.")
    assert handover_lacks(reloaded(project)) == []
    told = db.session.scalars(select(RestAnswer).order_by(RestAnswer.id)).all()
    assert [(row.answer, row.department) for row in told] == [
        ("declined", "Kulturförvaltningen"),
        ("accepted", "Miljöförvaltningen"),
    ]


def test_what_is_changed_after_it_was_accepted_must_be_accepted_again(
    cast: Cast, programme: Programme
) -> None:
    project = closing(cast, programme)
    item = asked(cast, project)
    answered(cast.other_manager, item)
    with transaction():
        service.change_item(cast.leader, of(cast.leader, item), values(cast), ENDING)
    assert handover_lacks(reloaded(project)) == [], "the same words are no change"
    with transaction():
        later = values(cast, due_on=date(2028, 5, 1))
        service.change_item(cast.leader, of(cast.leader, item), later, ENDING)
    assert len(handover_lacks(reloaded(project))) == 1
    with pytest.raises(RefusedError):
        answered(cast.other_manager, item)


def test_nobody_but_a_manager_of_the_receiving_department_accepts(cast: Cast, programme: Programme) -> None:
    project = closing(cast, programme)
    item = asked(cast, project)
    for name, viewer in vars(cast).items():
        if isinstance(viewer, Viewer):
            seen = queries.item_for(viewer, project.id, item.id)
            may = seen is not None and bool(policy.may_answer(viewer, seen))
            assert may is (viewer == cast.other_manager), name


def test_whoever_leads_the_project_accepts_nothing_in_another_role(cast: Cast, programme: Programme) -> None:
    project = closing(cast, programme)
    both = given(cast.leader, Role.MANAGER, cast.other_department.id)
    item = asked(cast, project)
    with pytest.raises(RefusedError):
        answered(both, item)
    lead = given(both, Role.MANAGER, cast.department.id)
    with transaction():
        service.close(lead, of(lead, item), RestOutcome.DONE, note="", now=ENDING)
    with pytest.raises(RefusedError), transaction():
        service.confirm_nothing_left(lead, reloaded(project), "", ENDING)


def test_an_acceptance_by_somebody_who_comes_to_lead_the_project_is_none(
    cast: Cast, programme: Programme
) -> None:
    project = closing(cast, programme)
    item = asked(cast, project)
    answered(cast.other_manager, item)
    project.leader_id = cast.other_manager.id
    assert "leder projektet" in handover_lacks(project)[0]
    db.session.rollback()


def test_whoever_has_declared_an_interest_receives_nothing(cast: Cast, programme: Programme) -> None:
    project = closing(cast, programme)
    item = asked(cast, project, person_id=cast.other_manager.id)
    both = given(cast.other_manager, Role.COUNCIL, None)
    with transaction():
        interests.declare(both, project, "Min syster är leverantör.", ENDING)
    found = of(both, item)
    assert not policy.may_answer(both, found)
    assert not policy.may_take_over(both, found)


def test_a_named_person_takes_over_and_nobody_does_it_instead(cast: Cast, programme: Programme) -> None:
    project = closing(cast, programme)
    item = asked(cast, project, person_id=cast.manager.id)
    for viewer in (cast.leader, cast.other_manager, cast.controller, cast.secretary):
        with pytest.raises(RefusedError), transaction():
            service.take_over(viewer, of(viewer, item), "", ANSWERED)
    with transaction():
        service.take_over(cast.manager, of(cast.manager, item), "Jag tar det.", ANSWERED)
    assert handover_lacks(reloaded(project)) == []
    said = db.session.scalars(select(RestAnswer)).one()
    assert (said.answer, said.answered_by_id, said.answered_at) == ("taken_over", cast.manager.id, ANSWERED)


def test_only_somebody_who_reads_the_case_is_asked_by_name(cast: Cast, programme: Programme) -> None:
    project = closing(cast, programme)
    parks, outside = elsewhere(cast)
    for stranger in (outside.id, cast.leader.id, cast.council.id, cast.administrator.id):
        own = values(cast, person_id=stranger)
        with pytest.raises(service.OutsideTheCaseError), transaction():
            service.add_item(cast.leader, project, own, ENDING)
    theirs = added(cast, project, department_id=parks.id, person_id=outside.id)
    assert theirs.person_id == outside.id, "the department that receives may be asked by name"


def test_a_department_reads_the_case_from_the_day_that_it_is_asked(cast: Cast, programme: Programme) -> None:
    project = closing(cast, programme)
    parks, outside = elsewhere(cast)
    added(cast, project, department_id=parks.id)
    assert project_for(outside, project.id) is None
    before = {row.department_id for row in participating_departments(project.id)}
    with transaction():
        service.ask(cast.leader, reloaded(project), ENDING)
    assert project_for(outside, project.id) is not None
    assert {row.department_id for row in participating_departments(project.id)} == before | {parks.id}


def test_what_a_receiver_says_leads_where_it_says_and_nothing_is_answered_unasked() -> None:
    for action in (RestAction.ACCEPT, RestAction.DECLINE, RestAction.TAKE_OVER, RestAction.ASK):
        found = {standing: after(standing, action) for standing in Standing}
        if action is RestAction.ASK:
            assert found == dict.fromkeys(Standing) | {Standing.NOTED: Standing.ASKED}
        else:
            assert found[Standing.NOTED] is None
            assert len({target for target in found.values() if target}) == 1
    assert all(after(standing, RestAction.CHANGE) is Standing.NOTED for standing in HELD)


def test_an_answer_is_about_the_words_that_it_answered(cast: Cast, programme: Programme) -> None:
    project = closing(cast, programme)
    item = asked(cast, project)
    read = of(cast.other_manager, item)
    answered(cast.other_manager, item, words="Ja.")
    with transaction():
        changed = replace(values(cast), text="Något helt annat.")
        service.change_item(cast.leader, of(cast.leader, item), changed, ENDING)
    said = db.session.scalars(select(RestAnswer)).one()
    assert said.text == PRICE_MODEL[0][1]
    assert read.project.id == project.id
