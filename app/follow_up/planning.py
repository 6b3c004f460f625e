"""Planning follow-ups: in the transaction that hands a project over, and when one asks for one more."""

from __future__ import annotations

from datetime import date, datetime

from app.accounts.access import Viewer
from app.accounts.queries import department, department_names
from app.closing.final_report.approved import when_approved
from app.closing.final_report.models import FinalReportVersion
from app.core.clock import local_day
from app.core.follow_up import Occasion, due_after, occasions
from app.core.operation import Standing
from app.core.treated import Treated
from app.db import db
from app.delivery.plans.queries import granting_decision
from app.follow_up import told
from app.follow_up.gathering import operation_in
from app.follow_up.models import FollowUp
from app.follow_up.policy import is_followed_up
from app.follow_up.queries import follow_ups_of
from app.history.service import record
from app.operations.accepting import when_accepted
from app.operations.queries import ServiceOf, service_of
from app.programmes.queries import follow_ups_on
from app.projects import service as projects
from app.projects.models import Project
from app.projects.queries import participating_departments


@when_approved
def plan_follow_ups(actor: Viewer, project: Project, _version: FinalReportVersion, now: datetime) -> None:
    """Every follow-up that the programme's calendar has for what is handed over today. The department that
    owns what was launched has them, and takes part in the case from then on, so that it can read it."""
    if not is_followed_up(project):
        return
    day = local_day(now)
    owner_id = owning_department(project)
    taking_part = {row.department_id for row in participating_departments(project.id)}
    projects.set_departments(actor, project, taking_part | {owner_id}, now)
    planned = occasions(day, follow_ups_on(project.programme_id, day))
    for number, occasion in enumerate(planned, 1):
        _plan(actor, project, number, occasion, department_id=owner_id, now=now)
    told.planned(project, owner_id, planned[0].on, now)


def owning_department(project: Project) -> int:
    """The department that owns what was launched: by the register of services, or, of what is in no register,
    by the operating plan; else the one that led the project, as where the owner is no more."""
    registered = service_of(project)
    if registered is not None and registered.service.standing == Standing.ACCEPTED:
        owner: int | None = registered.service.department_id
    else:
        version = granting_decision(project.id).version.content
        owner = operation_in(version, department_names()).department_id
    found = department(owner) if owner is not None else None
    return found.id if found is not None and found.active else project.lead_department_id


@when_accepted
def move_follow_ups(actor: Viewer, service: ServiceOf, now: datetime) -> None:
    """Whoever answers for the service from now on has what is left of its follow-ups."""
    if service.project is None:
        return
    owner_id = service.service.department_id
    left = [
        row
        for row in follow_ups_of(service.project.id)
        if row.state != Treated.APPROVED and row.department_id != owner_id
    ]
    for row in left:
        row.department_id = owner_id
        record(actor, "move_follow_up", row, note=row.follows_on.isoformat(), now=now)
    if left:
        told.planned(service.project, owner_id, left[0].follows_on, now)


def plan_another(actor: Viewer, project: Project, after: FollowUp, on: date, now: datetime) -> FollowUp:
    """One more, which an earlier one asked for; the same department has it. There is one for each day."""
    planned = follow_ups_of(project.id)
    there = next((row for row in planned if row.follows_on == on), None)
    if there is not None:
        return there
    due_on = due_after(on, follow_ups_on(project.programme_id, local_day(now)))
    number = max(row.number for row in planned) + 1
    return _plan(
        actor, project, number, Occasion(None, on, due_on), department_id=after.department_id, now=now
    )


def _plan(
    actor: Viewer, project: Project, number: int, occasion: Occasion, *, department_id: int, now: datetime
) -> FollowUp:
    row = FollowUp(
        project_id=project.id,
        number=number,
        months=occasion.months,
        follows_on=occasion.on,
        due_on=occasion.due_on,
        department_id=department_id,
        state=Treated.DRAFT.value,
        state_since=now,
    )
    db.session.add(row)
    record(actor, "plan_follow_up", row, note=occasion.on.isoformat(), now=now)
    return row
