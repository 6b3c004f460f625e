"""What can be done with a plan: draw it up from the decided application, write it, establish it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.accounts.queries import department_names, people_with_role
from app.applications.snapshot import sha256_of
from app.benefits.queries import lines_of
from app.core.clock import local_day
from app.core.verdict import require
from app.core.workflow import Action
from app.db import db
from app.delivery.plans import document, established, policy, queries, rows, rules
from app.delivery.plans.models import Baseline, PlannedBenefit, ProjectPlan
from app.delivery.plans.proposal import proposal_in
from app.delivery.plans.rows import write_rows
from app.delivery.plans.values import (
    BudgetValues,
    EffortValues,
    MeetingValues,
    MemberValues,
    MilestoneValues,
)
from app.history.service import Actor, record
from app.notifications.models import Kind
from app.notifications.service import notify
from app.projects import service as projects
from app.projects.models import Project


def draw_up(actor: Viewer, project: Project, now: datetime) -> ProjectPlan:
    """Begin the plan with what the decided application says: period, milestones, costs, roles, benefits."""
    require(policy.may_draw_up(actor, project))
    granting = queries.granting_decision(project.id)
    proposed = proposal_in(granting.version.content, granting.decision.decided_on)
    plan = ProjectPlan(project_id=project.id, starts_on=proposed.starts_on, ends_on=proposed.ends_on)
    db.session.add(plan)
    record(actor, "draw_up_plan", plan, now=now)
    write_rows(actor, project.id, rows.MILESTONES, proposed.milestones, now)
    write_rows(actor, project.id, rows.BUDGET, proposed.budget, now)
    write_rows(actor, project.id, rows.EFFORT, proposed.effort, now)
    for line in lines_of(project.id).benefits:
        row = PlannedBenefit(project_id=project.id, benefit_line_id=line.id, starts_on=line.starts_on)
        db.session.add(row)
        record(actor, "plan_benefit", row, now=now)
    return plan


def save_milestones(
    actor: Viewer,
    project: Project,
    *,
    starts_on: date,
    ends_on: date,
    milestones: Sequence[MilestoneValues],
    now: datetime,
) -> None:
    """Say when the project begins and ends, and what is to be ready when."""
    require(policy.may_plan(actor, project))
    plan = queries.the_plan(project.id)
    if (plan.starts_on, plan.ends_on) != (starts_on, ends_on):
        plan.starts_on, plan.ends_on = starts_on, ends_on
        record(actor, "change_plan", plan, now=now)
    write_rows(actor, project.id, rows.MILESTONES, milestones, now)


def save_budget(actor: Viewer, project: Project, lines: Sequence[BudgetValues], now: datetime) -> None:
    """Say what the project may cost."""
    require(policy.may_plan(actor, project))
    write_rows(actor, project.id, rows.BUDGET, lines, now)


def save_effort(actor: Viewer, project: Project, lines: Sequence[EffortValues], now: datetime) -> None:
    """Say who works how much."""
    require(policy.may_plan(actor, project))
    write_rows(actor, project.id, rows.EFFORT, lines, now)


def save_benefits(actor: Viewer, project: Project, starts: Mapping[int, date | None], now: datetime) -> None:
    """Say from which day each benefit is expected; `starts` by the number of the benefit line."""
    require(policy.may_plan(actor, project))
    for row in queries.benefits_of(project.id):
        if row.benefit_line_id in starts and row.starts_on != starts[row.benefit_line_id]:
            row.starts_on = starts[row.benefit_line_id]
            record(actor, "plan_benefit", row, note=row.line.description, now=now)


def save_steering(
    actor: Viewer,
    project: Project,
    *,
    members: Sequence[MemberValues],
    meetings: Sequence[MeetingValues],
    now: datetime,
) -> None:
    """Say who steers, and when they meet and have met."""
    require(policy.may_steer(actor, project))
    write_rows(actor, project.id, rows.MEMBERS, members, now)
    write_rows(actor, project.id, rows.MEETINGS, meetings, now)


def lacks_in(project: Project) -> list[rules.Lack]:
    """Everything that the plan lacks; nothing when it may be established."""
    plan, names = queries.current_plan(project.id), department_names()
    if plan is None:
        raise LookupError("a project without a plan lacks all of it")
    granted = queries.granted_by_department_and_year(project.id)
    return rules.lacks_in(
        rules.Ground(
            plan,
            {(names[department], year): amount for (department, year), amount in granted.items()},
            queries.members_of(project.id),
            queries.meetings_of(project.id),
        )
    )


def establish(actor: Viewer, project: Project, now: datetime) -> Baseline:
    """Fix the plan as the first baseline; the project runs from now on. Raises IncompleteError."""
    require(policy.may_plan(actor, project))
    lacks = lacks_in(project)
    if lacks:
        raise rules.IncompleteError(lacks)
    granting = queries.granting_decision(project.id)
    decision = granting.decision
    baseline = fix_baseline(actor, project, Made(decision.reasons, decision_id=decision.id), now)
    established.follow(actor, project, granting.version.content, now)
    projects.move(actor, project, Action.START_RUNNING, now)
    managers = [person.id for person in people_with_role(Role.MANAGER, project.lead_department_id)]
    handlers = [project.handler_id] if project.handler_id else []
    notify([*managers, *handlers], Kind.STARTED_RUNNING, project.id, now, title=project.title)
    return baseline


@dataclass(frozen=True)
class Made:
    """What a baseline is made by: the decision that granted money, or the one on a numbered request."""

    reason: str
    decision_id: int | None = None
    change_number: int | None = None


def fix_baseline(actor: Actor, project: Project, made: Made, now: datetime) -> Baseline:
    """Keep the plan as it stands as the next baseline. For services that have asked who may."""
    plan = queries.current_plan(project.id)
    if plan is None or actor.id is None:
        raise LookupError("a baseline is a plan that somebody fixes")
    content = document.as_json(plan)
    baseline = Baseline(
        project_id=project.id,
        number=len(queries.baselines_of(project.id)) + 1,
        decision_id=made.decision_id,
        change_number=made.change_number,
        reason=made.reason,
        content=content,
        content_sha256=sha256_of(content),
        established_at=now,
        established_on=local_day(now),
        established_by_id=actor.id,
    )
    db.session.add(baseline)
    record(actor, "establish_baseline", baseline, now=now)
    established.keep(actor, project, now)
    return baseline
