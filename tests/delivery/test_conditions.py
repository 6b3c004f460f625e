"""Conditions are ticked off with proof: the project leader shows it, the secretariat agrees, for good."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core.conditions import TRANSITIONS, ConditionAction, ConditionState, after
from app.core.verdict import RefusedError
from app.db import db, transaction
from app.decisions.models import DecisionKind
from app.delivery.conditions import policy, queries, service
from app.history.models import HistoryEvent
from app.notifications import queries as inbox
from app.programmes.models import Programme
from app.projects import interests
from tests import review_story
from tests.conftest import Cast
from tests.delivery.granted import (
    AFTER,
    DUE,
    TOMORROW,
    approved,
    condition,
    file,
    given_back,
    granted,
    last_report,
    reported,
)
from tests.review_story import LATER
from tests.story import in_state, reloaded


def test_what_can_become_of_a_condition() -> None:
    steps = {
        (state.value, action.value): target.value
        for state in ConditionState
        for action in ConditionAction
        if (target := after(state, action))
    }
    assert steps == {
        ("open", "report_condition"): "reported",
        ("returned", "report_condition"): "reported",
        ("reported", "approve_condition"): "approved",
        ("reported", "return_condition"): "returned",
    }
    assert len(steps) == len(TRANSITIONS)


def test_a_condition_is_shown_to_be_met_and_agreed_to(cast: Cast, programme: Programme) -> None:
    project = granted(cast, programme)
    found = reported(cast, project, files=[file("plan.pdf"), file("protokoll.pdf")])
    assert found.state is ConditionState.REPORTED
    assert found.latest is not None
    assert [row.filename for row in found.latest.proofs] == ["plan.pdf", "protokoll.pdf"]
    found = approved(cast, project)
    assert found.state is ConditionState.APPROVED
    assert found.latest is not None
    assert found.latest.assessment is not None
    assert found.latest.assessment.assessed_by.name == cast.secretary.name
    assert condition(cast.auditor, project, 1).state is ConditionState.OPEN


def test_what_is_not_enough_comes_back_with_its_reason_and_is_shown_anew(
    cast: Cast, programme: Programme
) -> None:
    project = granted(cast, programme)
    reported(cast, project)
    found = given_back(cast, project)
    assert found.state is ConditionState.RETURNED
    found = reported(cast, project, text="Nu med ansvarig.", now=TOMORROW + timedelta(hours=1))
    assert [row.number for row in found.reports] == [2, 1]
    assert found.reports[1].assessment is not None
    assert found.reports[1].assessment.reason == "Planen saknar ansvarig."
    assert approved(cast, project).state is ConditionState.APPROVED


def test_nobody_touches_a_condition_that_is_met(cast: Cast, programme: Programme) -> None:
    project = granted(cast, programme)
    reported(cast, project)
    found = approved(cast, project)
    assert not policy.may_report(cast.leader, found)
    assert not policy.may_assess(cast.secretary, found)
    with pytest.raises(RefusedError, match="gått vidare"):
        service.report(cast.leader, found, text="Igen.", met_on=LATER.date(), files=(), now=TOMORROW)
    with pytest.raises(RefusedError, match="gått vidare"):
        service.give_back(cast.secretary, found, last_report(found), reason="Nej.", now=TOMORROW)


def test_a_condition_is_not_met_from_a_day_that_has_not_come(cast: Cast, programme: Programme) -> None:
    project = granted(cast, programme)
    with pytest.raises(service.NotYetError):
        reported(cast, project, met_on=AFTER.date() + timedelta(days=1))
    assert condition(cast.leader, project).state is ConditionState.OPEN


def test_an_answer_to_an_older_report_is_refused(cast: Cast, programme: Programme) -> None:
    """Somebody has the page open while a colleague sends it back and the leader writes anew."""
    project = granted(cast, programme)
    old = last_report(reported(cast, project))
    given_back(cast, project)
    reported(cast, project, text="Nytt.", now=TOMORROW)
    with pytest.raises(RefusedError, match="på nytt"):
        service.approve(cast.secretary, condition(cast.secretary, project), old, now=TOMORROW)


def test_whoever_sends_back_says_why(cast: Cast, programme: Programme) -> None:
    project = granted(cast, programme)
    found = reported(cast, project)
    with pytest.raises(RefusedError, match="vad som saknas"):
        service.give_back(cast.secretary, found, last_report(found), reason=" \n", now=TOMORROW)


def test_only_the_leader_reports_and_only_the_secretariat_without_interest_agrees(
    cast: Cast, programme: Programme
) -> None:
    project = granted(cast, programme)
    found = condition(cast.auditor, project)
    everybody = [person for person in vars(cast).values() if hasattr(person, "roles")]
    assert [person.name for person in everybody if policy.may_report(person, found)] == [cast.leader.name]
    found = reported(cast, project)
    with transaction():
        interests.declare(cast.other_secretary, reloaded(project), "Min syster leder det.", AFTER)
    found = condition(cast.auditor, project)
    assert [person.name for person in everybody if policy.may_assess(person, found)] == [cast.secretary.name]
    with pytest.raises(RefusedError):
        service.approve(cast.other_secretary, found, last_report(found), now=TOMORROW)


def test_conditions_are_met_only_while_the_project_works_with_its_money(
    cast: Cast, programme: Programme
) -> None:
    project = granted(cast, programme)
    for state in ("postponed", "rejected", "assessment", "handed_over", "terminated"):
        in_state(project, state)
        assert not policy.may_report(cast.leader, condition(cast.leader, project))
        assert not policy.may_assess(cast.secretary, condition(cast.secretary, project))


def test_a_refused_application_requires_nothing(cast: Cast, programme: Programme) -> None:
    project = review_story.awaiting_decision(cast, programme)
    conditions = [("Kom igen med en förstudie.", DUE)]
    review_story.decide(cast.secretary, project, kind=DecisionKind.REJECT, amounts=(), conditions=conditions)
    assert queries.conditions_in(reloaded(project)) == []


def test_it_waits_for_the_leader_when_its_day_comes_near_and_then_for_the_secretariat(
    cast: Cast, programme: Programme
) -> None:
    project = granted(cast, programme)
    early, near, late = DUE - timedelta(days=31), DUE - timedelta(days=30), DUE + timedelta(days=1)
    for person in (cast.secretary, cast.manager, cast.auditor, cast.other_leader):
        assert queries.waiting_for(person, late, limit=10) == []
    assert queries.waiting_for(cast.leader, early, limit=10) == []
    (soon,), (over,) = (queries.waiting_for(cast.leader, day, limit=10) for day in (near, late))
    assert (soon.late(near), over.late(late)) == (False, True)
    assert soon.condition_id == condition(cast.leader, project).condition.id
    reported(cast, project)
    assert queries.waiting_for(cast.leader, late, limit=10) == []
    for secretary in (cast.secretary, cast.other_secretary):
        (one,) = queries.waiting_for(secretary, early, limit=10)
        assert not one.late(late), "it is not the leader's to be late with now"
    given_back(cast, project)
    assert [row.state for row in queries.waiting_for(cast.leader, early, limit=10)] == ["returned"]
    assert queries.waiting_for(cast.secretary, late, limit=10) == []


def test_those_whom_it_concerns_are_told(cast: Cast, programme: Programme) -> None:
    project = granted(cast, programme)
    reported(cast, project)
    told = inbox.inbox(cast.secretary)[0]
    assert (told.kind, told.details["condition"]) == (
        "condition_reported", "Redovisa en plan för hur nyttan hämtas hem.",
    )  # fmt: skip
    assert "condition_reported" not in {row.kind for row in inbox.inbox(cast.other_secretary)}
    given_back(cast, project)
    kinds = {row.kind: row.details.get("reason") for row in inbox.inbox(cast.leader)}
    assert kinds["condition_returned"] == "Planen saknar ansvarig."
    reported(cast, project, now=TOMORROW)
    approved(cast, project)
    assert "condition_approved" in {row.kind for row in inbox.inbox(cast.leader)}


def test_everything_is_in_the_history(cast: Cast, programme: Programme) -> None:
    project = granted(cast, programme)
    before = db.session.scalar(select(db.func.max(HistoryEvent.id)))
    reported(cast, project, files=[file()])
    approved(cast, project)
    events = db.session.scalars(
        select(HistoryEvent).where(HistoryEvent.id > before).order_by(HistoryEvent.id)
    ).all()
    assert {event.project_id for event in events} == {project.id}
    assert list(dict.fromkeys(event.verb for event in events)) == [
        "write_condition_report", "add_proof", "report_condition", "assess_condition", "approve_condition",
    ]  # fmt: skip


def test_an_unhandled_case_is_everybodys_in_the_secretariat(cast: Cast, programme: Programme) -> None:
    project = in_state(granted(cast, programme), "approved", handler_id=None)
    reported(cast, project)
    for secretary in (cast.secretary, cast.other_secretary):
        assert inbox.inbox(secretary)[0].kind == "condition_reported"
