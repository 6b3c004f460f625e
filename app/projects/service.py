"""What can be done with a case: start it, move it along the process, give it its number."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select

from app.accounts.access import Viewer
from app.accounts.queries import department_names
from app.core.clock import LOCAL_TIME, local_day
from app.core.verdict import require
from app.core.workflow import Action, State, transition
from app.db import db
from app.history.service import Actor, record, remove
from app.programmes.queries import round_by_id
from app.projects import policy, queries
from app.projects.models import CaseCounter, Project, ProjectDepartment, ProjectKind, ProjectRemark


def start(
    actor: Viewer,
    *,
    programme_id: int,
    round_id: int | None,
    title: str,
    kind: ProjectKind,
    department_id: int,
    now: datetime,
    start_key: str | None = None,
) -> Project:
    """Start a project: its application is a draft that only the department sees.

    With `start_key`, a form that is sent twice starts one project.
    """
    require(policy.may_start_in(actor, department_id))
    started = queries.started_with(actor.id, start_key) if start_key else None
    if started is not None:
        return started
    project = Project(
        programme_id=programme_id,
        round_id=round_id,
        title=title,
        kind=kind.value,
        lead_department_id=department_id,
        leader_id=actor.id,
        state=State.DRAFT.value,
        state_since=now,
        created_at=now,
        start_key=start_key,
        version=1,
    )
    db.session.add(project)
    record(actor, "start_project", project, now=now)
    return project


def change_details(
    actor: Viewer, project: Project, *, title: str, round_id: int | None, now: datetime
) -> None:
    """Rename the project, or mean its application for another round."""
    require(policy.may_change_details(actor, project))
    if (title, round_id) == (project.title, project.round_id):
        return
    project.title, project.round_id = title, round_id
    record(actor, "change_project", project, now=now)


def move(
    actor: Viewer,
    project: Project,
    action: Action,
    now: datetime,
    *,
    note: str | None = None,
    due_on: date | None = None,
) -> State:
    """Move a project along the process: the only function that changes its state.

    `due_on` is the day by which whoever has the case next should have acted. Raises Refused.
    """
    require(policy.may(actor, project, action))
    target = transition(State(project.state), action).target
    project.state = target.value
    project.state_since = now
    project.due_on = due_on
    if target is State.COUNCIL and project.referred_at is None:
        project.referred_at = now
    record(actor, action.value, project, note=note, now=now)
    return target


def register(actor: Viewer, project: Project, now: datetime, *, due_on: date | None) -> str:
    """Take a submitted application in: claim it and give it the year's next case number.

    Numbers are unique and without gaps: the counter's row is locked, and a registration that fails
    gives its number back.
    """
    require(policy.may(actor, project, Action.REGISTER))
    year = now.astimezone(LOCAL_TIME).year
    counter = db.session.scalar(select(CaseCounter).where(CaseCounter.year == year).with_for_update())
    if counter is None:
        counter = CaseCounter(year=year, last_serial=0)
        db.session.add(counter)
    counter.last_serial += 1
    project.case_year, project.case_serial = year, counter.last_serial
    project.case_number = f"{year}-{counter.last_serial:04d}"
    project.handler_id = actor.id
    move(actor, project, Action.REGISTER, now, due_on=due_on)
    return project.case_number


def answer_due(project: Project) -> date | None:
    """The day by which the round promises the applicant an answer; None when it promises none."""
    found = round_by_id(project.round_id) if project.round_id else None
    if found is None or project.submitted_at is None:
        return None
    return local_day(project.submitted_at) + timedelta(days=found.answer_within_days)


def claim(actor: Viewer, project: Project, now: datetime) -> None:
    """Become the case's handler."""
    require(policy.may_handle(actor, project))
    project.handler_id = actor.id
    record(actor, "claim", project, now=now)


def set_departments(actor: Actor, project: Project, department_ids: set[int], now: datetime) -> None:
    """Make these the departments that take part besides the lead department."""
    current = {
        row.department_id: row
        for row in db.session.scalars(
            select(ProjectDepartment).where(ProjectDepartment.project_id == project.id)
        )
    }
    wanted = department_ids - {project.lead_department_id}
    names = department_names()
    for department_id in sorted(current.keys() - wanted):
        remove(actor, "remove_department", current[department_id], note=names.get(department_id), now=now)
    for department_id in sorted(wanted - current.keys()):
        row = ProjectDepartment(project_id=project.id, department_id=department_id)
        db.session.add(row)
        record(actor, "add_department", row, note=names.get(department_id), now=now)


def remark(actor: Actor, project: Project, text: str, *, source: str, now: datetime) -> ProjectRemark:
    """Note something that every reader of the case should know."""
    row = ProjectRemark(project_id=project.id, text=text, source=source, author_id=actor.id, created_at=now)
    db.session.add(row)
    record(actor, "remark", row, note=text, now=now)
    return row
