"""The plan begins with the decision, is written by its leader alone, and is fixed when it is established."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from app.core.costs import Financier
from app.core.verdict import RefusedError
from app.db import db, transaction
from app.decisions.models import DecisionKind
from app.delivery.plans import document, queries, rows, service
from app.delivery.plans.models import Baseline, BudgetAmount, Milestone
from app.delivery.plans.rules import IncompleteError, Part
from app.delivery.plans.values import EffortValues, MemberValues
from app.history.models import HistoryEvent
from app.notifications.models import Kind, Notification
from app.programmes.models import Programme
from app.projects.models import Project
from tests.conftest import Cast
from tests.review_story import applied_rows, awaiting_decision, decide
from tests.running_story import MEETING, PLANNED, drawn_up, granted, granted_budget, planned, running, steered
from tests.story import reloaded


def told(verb: str) -> int:
    return db.session.scalar(select(func.count()).where(HistoryEvent.verb == verb)) or 0


def test_a_plan_begins_with_what_the_application_says(cast: Cast, programme: Programme) -> None:
    project = drawn_up(cast, programme)
    plan = queries.current_plan(project.id)
    assert plan is not None
    assert [row.name for row in plan.milestones] == [
        row["milestone"] for row in _said(project, "milestones", "milestones")
    ]
    assert [row.role for row in plan.effort] == [
        row["role"] for row in _said(project, "organisation", "roles")
    ]
    assert plan.budget_of(Financier.PROGRAMME) == Decimal(1_500_000)
    assert plan.budget_of(Financier.OWN_BUDGET) == 0  # to run the service is not the project's cost
    assert len(plan.benefits) == 2
    assert all(row.starts_on for row in plan.benefits)


def _said(project: Project, section: str, table: str) -> list[dict[str, str]]:
    version = queries.granting_decision(project.id).version
    said: list[dict[str, str]] = version.content["sections"][section][table]
    return sorted(said, key=lambda row: row.get("date", ""))


def test_a_plan_begins_once(cast: Cast, programme: Programme) -> None:
    project = drawn_up(cast, programme)
    with pytest.raises(RefusedError, match="redan påbörjad"):
        service.draw_up(cast.leader, project, PLANNED)


def test_only_the_leader_plans_and_only_when_money_is_granted(cast: Cast, programme: Programme) -> None:
    early = awaiting_decision(cast, programme)
    with pytest.raises(RefusedError):
        service.draw_up(cast.leader, early, PLANNED)
    project = drawn_up(cast, programme)
    for somebody in (cast.manager, cast.secretary, cast.other_leader, cast.auditor, cast.controller):
        with pytest.raises(RefusedError):
            service.save_effort(somebody, project, [], PLANNED)
        with pytest.raises(RefusedError):
            service.establish(somebody, project, PLANNED)


def test_every_row_that_is_written_is_told_and_what_is_not_changed_is_not(
    cast: Cast, programme: Programme
) -> None:
    project = planned(cast, programme)
    before = db.session.scalar(select(func.count(HistoryEvent.id)))
    with transaction():
        budget = [rows.budget_values(row) for row in queries.budget_of(project.id)]
        service.save_budget(cast.leader, project, budget, PLANNED)
    assert db.session.scalar(select(func.count(HistoryEvent.id))) == before
    with transaction():
        first, *rest = [rows.effort_values(row) for row in queries.effort_of(project.id)]
        new = EffortValues(
            role="Referensgrupp",
            department_id=cast.department.id,
            hours_high=Decimal(90),
            hours_low=Decimal(90),
        )
        service.save_effort(cast.leader, project, [*rest, new], PLANNED)
    assert [row.role for row in queries.effort_of(project.id)] == ["Styrgrupp", "Referensgrupp"]
    assert told("remove_effort_line") >= 1
    assert first.role == "Projektledare"


def test_a_budget_of_other_years_leaves_no_amount_behind(cast: Cast, programme: Programme) -> None:
    project = planned(cast, programme)
    with transaction():
        service.save_budget(cast.leader, project, [], PLANNED)
    assert db.session.scalar(select(func.count(BudgetAmount.id))) == 0


def test_the_programmes_money_must_be_what_was_granted_to_the_ore(cast: Cast, programme: Programme) -> None:
    project = awaiting_decision(cast, programme)
    department, year, amount = applied_rows(project)[0]
    decide(
        cast.secretary,
        project,
        kind=DecisionKind.APPROVE_IN_PART,
        amounts=[(department, year, amount - Decimal("0.01"))],
    )
    project = reloaded(project)
    with transaction():
        service.draw_up(cast.leader, project, PLANNED)
    steered(cast, project)
    lacks = [lack for lack in service.lacks_in(project) if lack.part is Part.BUDGET]
    assert len(lacks) == 2  # öre in one year, all of it in the other
    with pytest.raises(IncompleteError):
        service.establish(cast.leader, project, PLANNED)
    with transaction():
        service.save_budget(cast.leader, project, granted_budget(cast, project), PLANNED)
    assert service.lacks_in(project) == []


def test_a_plan_says_what_it_lacks(cast: Cast, programme: Programme) -> None:
    project = drawn_up(cast, programme)
    with transaction():
        service.save_milestones(
            cast.leader,
            project,
            starts_on=date(2027, 4, 1),
            ends_on=date(2028, 1, 1),
            milestones=[],
            now=PLANNED,
        )
        service.save_effort(cast.leader, project, [], PLANNED)
        first = queries.benefits_of(project.id)[0].benefit_line_id
        service.save_benefits(cast.leader, project, {first: None}, PLANNED)
    assert [lack.part for lack in service.lacks_in(project)] == [
        Part.MILESTONES, Part.BENEFITS, Part.EFFORT, Part.STEERING, Part.STEERING,
    ]  # fmt: skip


def test_two_who_chair_are_one_too_many(cast: Cast, programme: Programme) -> None:
    project = planned(cast, programme)
    with transaction():
        service.save_steering(
            cast.leader,
            project,
            members=[
                MemberValues(role=role, department_id=cast.department.id, chairs=True) for role in ("A", "B")
            ],
            meetings=[rows.meeting_values(row) for row in queries.meetings_of(project.id)],
            now=PLANNED,
        )
    assert [lack.part for lack in service.lacks_in(project)] == [Part.STEERING]


def test_the_established_plan_is_the_first_baseline(cast: Cast, programme: Programme) -> None:
    project = planned(cast, programme)
    plan = queries.current_plan(project.id)
    with transaction():
        service.establish(cast.leader, project, PLANNED)
    assert reloaded(project).state == "running"
    (baseline,) = queries.baselines_of(project.id)
    assert (baseline.number, baseline.reason) == (1, "Nyttan överstiger kostnaden.")
    assert document.from_json(baseline.content) == plan
    told_to = select(Notification.person_id).where(Notification.kind == Kind.STARTED_RUNNING.value)
    assert set(db.session.scalars(told_to)) == {cast.manager.id, cast.secretary.id}


def test_what_is_established_changes_by_decision_only(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    with pytest.raises(RefusedError):
        service.save_budget(cast.leader, project, [], PLANNED)
    with pytest.raises(RefusedError):
        service.establish(cast.leader, project, PLANNED)
    assert db.session.scalar(select(func.count(Baseline.id))) == 1


def test_the_steering_group_is_kept_up_to_date_while_the_project_runs(
    cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    (meeting,) = [rows.meeting_values(row) for row in queries.meetings_of(project.id)]
    held = type(meeting)(id=meeting.id, planned_on=MEETING, held_on=MEETING, note="Protokoll 1")
    members = [rows.member_values(row) for row in queries.members_of(project.id)]
    with transaction():
        service.save_steering(cast.leader, project, members=members, meetings=[held], now=PLANNED)
    assert queries.meetings_of(project.id)[0].held_on == MEETING
    with pytest.raises(RefusedError):
        service.save_steering(cast.manager, project, members=[], meetings=[], now=PLANNED)


def test_a_row_of_another_project_is_never_touched(cast: Cast, programme: Programme) -> None:
    project = drawn_up(cast, programme)
    theirs = queries.milestones_of(project.id)[0].id
    other = granted(cast, programme, title="Ett annat projekt")
    with transaction():
        service.draw_up(cast.leader, other, PLANNED)
    name = db.session.get_one(Milestone, theirs).name
    stolen = rows.milestone_values(db.session.get_one(Milestone, theirs))
    with transaction():
        service.save_milestones(
            cast.leader,
            other,
            starts_on=date(2027, 4, 1),
            ends_on=date(2028, 1, 1),
            milestones=[type(stolen)(id=theirs, name="Kapad", planned_on=stolen.planned_on)],
            now=PLANNED,
        )
    assert db.session.get_one(Milestone, theirs).name == name
    assert [row.name for row in queries.milestones_of(other.id)] == ["Kapad"]
