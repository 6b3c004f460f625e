"""What a decision changes: the plan, the grants, the project leader, where the project stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.core.changed_plan import after, granted_by_account
from app.core.changes import CHANGES_PLAN, Cost, Move, Wanted
from app.core.costs import Financier
from app.core.plan import Plan
from app.core.verdict import RefusedError
from app.core.workflow import Action
from app.db import db
from app.decisions.rules import frame_exceeded
from app.delivery.changes.queries import ChangeOf, names_of_departments, numbers_of_departments
from app.delivery.changes.rules import Draft
from app.delivery.plans import queries as plans
from app.delivery.plans import rows
from app.delivery.plans.models import Baseline
from app.delivery.plans.rows import write_rows
from app.delivery.plans.service import Made, fix_baseline
from app.delivery.plans.values import BudgetValues, EffortValues, MilestoneValues
from app.history.service import record
from app.programmes import grants
from app.programmes.grants import Account, GrantExceededError, Posting
from app.programmes.service import FrameExceededError, post_grant
from app.projects import service as projects
from app.projects.models import Project
from app.web.formats import exact


def granted(wanted: Wanted, draft: Draft) -> list[Cost]:
    """What is granted of each cost that was asked for."""
    return [replace(cost, amount=amount) for cost, amount in zip(wanted.costs, draft.amounts, strict=True)]


def change_plan(
    actor: Viewer, found: ChangeOf, wanted: Wanted, draft: Draft, now: datetime
) -> Baseline | None:
    """Let the plan and the money be as decided, and fix the plan as the next baseline.

    None when the plan stays as it is.
    """
    project, plan = found.project, plans.current_plan(found.project.id)
    decided = replace(wanted, costs=[cost for cost in granted(wanted, draft) if cost.amount])
    if plan is None or not decided.parts & CHANGES_PLAN:
        return None
    later = after(plan, decided.named(names_of_departments()))
    if decided.time is not None:
        _change_time(actor, project, later, now)
    if decided.scope is not None:
        _change_scope(actor, project, later, now)
    if decided.effort:
        _change_effort(actor, project, later, now)
    if decided.costs or decided.moves:
        _change_budget(actor, project, later, now)
        _post(actor, found, decided, draft, now)
    return fix_baseline(actor, project, Made(draft.reasons, change_number=found.request.number), now)


def _change_time(actor: Viewer, project: Project, later: Plan, now: datetime) -> None:
    plan = plans.the_plan(project.id)
    if plan.ends_on != later.ends_on:
        plan.ends_on = later.ends_on
        record(actor, "change_plan", plan, now=now)
    milestones = [
        MilestoneValues(
            id=row.key or None,
            name=row.name,
            kind=row.kind,
            planned_on=row.planned_on,
            responsible=row.responsible,
        )
        for row in later.milestones
    ]
    write_rows(actor, project.id, rows.MILESTONES, milestones, now)


def _change_scope(actor: Viewer, project: Project, later: Plan, now: datetime) -> None:
    """The decided application stays as it is: the plan says beside it what has become of it."""
    plan = plans.the_plan(project.id)
    if plan.scope != later.scope:
        plan.scope = later.scope
        record(actor, "change_scope", plan, now=now)
    wanted = {row.key: row for row in later.benefits}
    for row in plans.benefits_of(project.id):
        new = wanted[row.benefit_line_id]
        if (row.starts_on, row.yearly, row.working) != (new.starts_on, new.yearly, new.working):
            row.starts_on, row.yearly, row.working = new.starts_on, new.yearly, new.working
            record(actor, "plan_benefit", row, note=row.line.description, now=now)


def _change_effort(actor: Viewer, project: Project, later: Plan, now: datetime) -> None:
    departments = numbers_of_departments()
    roles = [
        EffortValues(
            id=row.key or None,
            role=row.role,
            department_id=departments[row.department],
            hours_low=row.low,
            hours_high=row.high,
            share=row.share,
        )
        for row in later.effort
    ]
    write_rows(actor, project.id, rows.EFFORT, roles, now)


def _change_budget(actor: Viewer, project: Project, later: Plan, now: datetime) -> None:
    """Every line stays, an empty one too: what is booked on it stays where it is."""
    departments = numbers_of_departments()
    lines = [
        BudgetValues(
            id=line.key or None,
            description=line.description,
            kind=line.kind,
            department_id=departments[line.department],
            financier=line.financier,
            amounts=line.amounts,
        )
        for line in later.budget
    ]
    write_rows(actor, project.id, rows.BUDGET, lines, now)


def _post(actor: Viewer, found: ChangeOf, decided: Wanted, draft: Draft, now: datetime) -> None:
    """Enter what is granted and moved in the frame's ledger."""
    project = found.project
    posted = _Posted(draft.decided_on, _reference(found, draft), now)
    for (department_id, year), amount in granted_by_account(decided.costs).items():
        try:
            post_grant(
                actor,
                programme_id=project.programme_id,
                project_id=project.id,
                department_id=department_id,
                year=year,
                amount=amount,
                booked_on=posted.booked_on,
                reference=posted.reference,
                now=now,
            )
        except FrameExceededError as error:
            # Somebody else's decision took the money after ours was checked: nothing of ours may stay.
            raise RefusedError(frame_exceeded(error.available)) from error
    for move in decided.moves:
        if move.financier is Financier.PROGRAMME:
            _move(actor, project, move, posted)


@dataclass(frozen=True)
class _Posted:
    booked_on: date
    reference: str
    now: datetime


def _reference(found: ChangeOf, draft: Draft) -> str:
    return draft.reference or f"{found.project.case_number or ''}-A{found.request.number}"


def _move(actor: Viewer, project: Project, move: Move, posted: _Posted) -> None:
    source, target = (
        Account(project.programme_id, project.id, *place) for place in (move.source, move.target)
    )
    try:
        posting = Posting(move.amount, posted.booked_on, posted.reference, posted.now)
        grants.move(actor, source, target, posting)
    except GrantExceededError as error:
        # A requisition took the money after ours was checked.
        raise RefusedError(
            _l(
                "%(department)s har %(left)s kvar för %(year)s. Det räcker inte till det som ska flyttas.",
                department=move.department,
                year=move.year,
                left=exact(error.remaining),
            )
        ) from error


def change_project(actor: Viewer, project: Project, wanted: Wanted, reasons: str, now: datetime) -> None:
    """Let the project rest or end early, and have the project leader, as decided."""
    if wanted.pause is not None:
        projects.move(actor, project, Action.PAUSE, now, note=reasons, due_on=wanted.pause.until)
    if wanted.termination is not None:
        projects.move(actor, project, Action.TERMINATE, now, note=reasons)
    if wanted.leader_id is not None:
        project.leader_id = wanted.leader_id
        record(actor, "change_leader", project, now=now)
        db.session.expire(project, ["leader"])
