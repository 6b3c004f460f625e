"""Opinions and decisions: every verb, and what it leaves in the frame."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.core.verdict import RefusedError
from app.core.workflow import State
from app.db import db, transaction
from app.decisions import queries, service
from app.decisions.models import DecisionKind
from app.notifications.models import Notification
from app.programmes.models import Programme
from app.projects.models import Project
from tests.conftest import Cast
from tests.decisions.asking import APPLIED, available, grants, opine, refusals
from tests.review_story import (
    LATER,
    applied_rows,
    assessed,
    awaiting_decision,
    decide,
    in_council,
)
from tests.story import reloaded


def test_an_opinion_is_registered_and_the_case_waits_for_a_decision(cast: Cast, programme: Programme) -> None:
    project = in_council(cast, programme)
    opine(cast.other_secretary, project)
    (opinion,) = queries.opinions_of(project.id)
    assert (opinion.kind, opinion.separate_statements) == ("approve_in_part", 2)
    assert reloaded(project).state == State.AWAITING_DECISION
    people = select(Notification.person_id).where(Notification.kind == "opinion_registered")
    assert set(db.session.scalars(people)) == {cast.leader.id, cast.manager.id}


def test_an_opinion_of_a_meeting_to_come_is_refused(cast: Cast, programme: Programme) -> None:
    project = in_council(cast, programme)
    faults = refusals(lambda: opine(cast.secretary, project, meeting_on=LATER.date() + timedelta(days=1)))
    assert "framtiden" in faults["meeting_on"]
    assert reloaded(project).state == State.COUNCIL


@pytest.mark.parametrize("who", ["leader", "manager", "council", "decider", "auditor", "administrator"])
def test_only_the_secretariat_registers_opinions_and_decisions(
    cast: Cast, programme: Programme, who: str
) -> None:
    project = in_council(cast, programme)
    with pytest.raises(RefusedError):
        opine(getattr(cast, who), project)
    project = awaiting_decision(cast, programme, title="Ett annat")
    with pytest.raises(RefusedError):
        decide(getattr(cast, who), project)
    assert grants(project) == []


def test_an_opinion_needs_a_case_that_the_council_has(cast: Cast, programme: Programme) -> None:
    project = assessed(cast, programme)
    with pytest.raises(RefusedError, match="gått vidare"):
        opine(cast.secretary, project)


def test_nobody_decides_on_a_project_that_they_lead(cast: Cast, programme: Programme) -> None:
    project = awaiting_decision(cast, programme)
    with transaction():
        db.session.execute(
            db.update(Project).where(Project.id == project.id).values(leader_id=cast.other_secretary.id)
        )
    with pytest.raises(RefusedError, match="Du leder projektet"):
        decide(cast.other_secretary, reloaded(project))


# --- decision --------------------------------------------------------------------------------------------


def test_an_approval_enters_the_ledger_line_by_line(cast: Cast, programme: Programme) -> None:
    project = awaiting_decision(cast, programme)
    decision = decide(
        cast.secretary,
        project,
        conditions=[("Redovisa effektmålen.", date(2028, 12, 31)), ("Samverka.", None)],
    )
    assert reloaded(project).state == State.APPROVED
    assert decision.amount == APPLIED
    booked = [(row.department_id, row.year, row.amount) for row in grants(project)]
    assert booked == applied_rows(project)
    assert {row.reference for row in grants(project)} == {"KSU 2027-03-04 § 7"}
    assert available(programme) == Decimal(100_000_000) - APPLIED
    assert [row.text for row in queries.conditions_of(project.id)] == ["Redovisa effektmålen.", "Samverka."]
    people = select(Notification.person_id).where(Notification.kind == "decided")
    assert set(db.session.scalars(people)) == {cast.leader.id, cast.manager.id}


def test_part_of_the_amount_may_be_approved(cast: Cast, programme: Programme) -> None:
    project = awaiting_decision(cast, programme)
    decide(
        cast.secretary,
        project,
        kind=DecisionKind.APPROVE_IN_PART,
        amounts=[(cast.other_department.id, 2028, Decimal("400000.50"))],
    )
    (row,) = grants(project)
    assert (row.department_id, row.amount) == (cast.other_department.id, Decimal("400000.50"))


@pytest.mark.parametrize(
    ("kind", "state"),
    [(DecisionKind.POSTPONE, State.POSTPONED), (DecisionKind.REJECT, State.REJECTED)],
)
def test_a_decision_without_money_leaves_the_frame_alone(
    cast: Cast, programme: Programme, kind: DecisionKind, state: State
) -> None:
    project = awaiting_decision(cast, programme)
    decision = decide(cast.secretary, project, kind=kind, amounts=())
    assert (decision.amount, reloaded(project).state) == (Decimal(0), state)
    assert available(programme) == Decimal(100_000_000)
    assert "amounts" in refusals(
        lambda: decide(cast.secretary, awaiting_decision(cast, programme, title="Två"), kind=kind)
    )


def test_a_postponed_case_is_taken_up_and_decided_again(cast: Cast, programme: Programme) -> None:
    project = awaiting_decision(cast, programme)
    decide(cast.secretary, project, kind=DecisionKind.POSTPONE, amounts=())
    with pytest.raises(RefusedError):
        service.resume(cast.leader, reloaded(project), LATER)
    with transaction():
        service.resume(cast.other_secretary, reloaded(project), LATER)
    assert reloaded(project).state == State.ASSESSMENT
    with pytest.raises(RefusedError, match="gått vidare"):
        service.resume(cast.secretary, reloaded(project), LATER)


def test_a_decision_is_registered_once(cast: Cast, programme: Programme) -> None:
    project = awaiting_decision(cast, programme)
    decide(cast.secretary, project)
    with pytest.raises(RefusedError, match="gått vidare"):
        decide(cast.secretary, reloaded(project))
    assert available(programme) == Decimal(100_000_000) - APPLIED


@pytest.mark.parametrize("kind", list(DecisionKind))
def test_no_decision_is_registered_before_the_council_has_spoken(
    cast: Cast, programme: Programme, kind: DecisionKind
) -> None:
    with pytest.raises(RefusedError, match="gått vidare"):
        decide(cast.secretary, in_council(cast, programme), kind=kind)
