"""What a decision changes: the plan, the grants, the project leader, where the project stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from app.accounts.access import Viewer
from app.core.changes import Cost, Time, Wanted, amounts_by_year, by_line, granted_by_account
from app.core.costs import Financier
from app.core.verdict import RefusedError
from app.core.workflow import Action
from app.db import db
from app.decisions.rules import frame_exceeded
from app.delivery.changes.queries import ChangeOf
from app.delivery.changes.rules import Draft
from app.delivery.plans import queries as plans
from app.delivery.plans import rows
from app.delivery.plans.models import Baseline
from app.delivery.plans.rows import write_rows
from app.delivery.plans.service import Made, fix_baseline
from app.delivery.plans.values import BudgetValues, MilestoneValues
from app.history.service import record
from app.programmes.service import FrameExceededError, post_grant
from app.projects import service as projects
from app.projects.models import Project


def granted(wanted: Wanted, draft: Draft) -> list[Cost]:
    """What is granted of each cost that was asked for."""
    return [replace(cost, amount=amount) for cost, amount in zip(wanted.costs, draft.amounts, strict=True)]


def change_plan(
    actor: Viewer, found: ChangeOf, wanted: Wanted, draft: Draft, now: datetime
) -> Baseline | None:
    """Let the plan and the grants be as decided, and fix the plan as the next baseline; None when neither is
    changed."""
    project = found.project
    costs = [cost for cost in granted(wanted, draft) if cost.amount]
    if not costs and wanted.time is None:
        return None
    if wanted.time is not None:
        _change_time(actor, project, wanted.time, now)
    if costs:
        _add_costs(actor, project, costs, now)
        _grant(actor, found, costs, draft, now)
    return fix_baseline(actor, project, Made(draft.reasons, change_number=found.request.number), now)


def _change_time(actor: Viewer, project: Project, time: Time, now: datetime) -> None:
    plan = plans.the_plan(project.id)
    if plan.ends_on != time.ends_on:
        plan.ends_on = time.ends_on
        record(actor, "change_plan", plan, now=now)
    milestones = [
        MilestoneValues(
            id=row.key or None,
            name=row.name,
            kind=row.kind,
            planned_on=row.planned_on,
            responsible=row.responsible,
        )
        for row in time.milestones
    ]
    write_rows(actor, project.id, rows.MILESTONES, milestones, now)


def _add_costs(actor: Viewer, project: Project, costs: Sequence[Cost], now: datetime) -> None:
    """New lines after the others: what is booked on the old ones stays where it is."""
    old = [rows.budget_values(row) for row in plans.budget_of(project.id)]
    new = [
        BudgetValues(
            description=line[0].description,
            kind=line[0].kind,
            department_id=line[0].department_id,
            financier=Financier.PROGRAMME,
            amounts=amounts_by_year(line),
        )
        for line in by_line(costs)
    ]
    write_rows(actor, project.id, rows.BUDGET, [*old, *new], now)


def _grant(actor: Viewer, found: ChangeOf, costs: Sequence[Cost], draft: Draft, now: datetime) -> None:
    project = found.project
    reference = draft.reference or f"{project.case_number or ''}-A{found.request.number}"
    for (department_id, year), amount in granted_by_account(costs).items():
        try:
            post_grant(
                actor,
                programme_id=project.programme_id,
                project_id=project.id,
                department_id=department_id,
                year=year,
                amount=amount,
                booked_on=draft.decided_on,
                reference=reference,
                now=now,
            )
        except FrameExceededError as error:
            # Somebody else's decision took the money after ours was checked: nothing of ours may stay.
            raise RefusedError(frame_exceeded(error.available)) from error


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
