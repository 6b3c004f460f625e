"""Services that wait for somebody."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, false, or_, select

from app.accounts.access import Viewer
from app.accounts.models import Department, Person, Role
from app.core.calendar import DAYS_AFTER, Reminder
from app.core.operation import Standing, notice_by
from app.core.workflow import COMPLETED
from app.db import db
from app.operations.models import OperatedService
from app.operations.queries import lives
from app.projects.models import DeclaredInterest, Project

SOON = -DAYS_AFTER[Reminder.SOON]
"""So many days before its day a review waits for the one who is to do it."""


class WaitingService(NamedTuple):
    """A service in which it is somebody's turn."""

    service_id: int
    title: str
    standing: str
    department: str
    project_id: int | None
    case_number: str | None
    review_due_on: date | None


def to_answer(viewer: Viewer, *, limit: int) -> list[WaitingService]:
    """What the viewer's departments are asked to answer for; `policy.may_answer` says the same of one."""
    return _found(_rows().where(_manages(viewer), _is(Standing.ASKED), _outside(viewer), lives()), limit)


def declined(viewer: Viewer, *, limit: int) -> list[WaitingService]:
    """What a department has declined in the projects that the viewer leads, or in the register that the
    viewer keeps."""
    mine = (Project.leader_id == viewer.id) & Project.state.not_in(sorted(COMPLETED))
    kept = OperatedService.project_id.is_(None) if viewer.has(Role.SECRETARIAT) else false()
    return _found(_rows().where(_is(Standing.DECLINED), or_(mine, kept), lives()), limit)


def to_review(viewer: Viewer, today: date, *, limit: int) -> list[WaitingService]:
    """The services that the viewer answers for and is to review soon, or should have."""
    mine = _manages(viewer) | (OperatedService.owner_id == viewer.id)
    soon = OperatedService.review_due_on <= today + timedelta(days=SOON)
    return _found(_rows().where(mine, soon, _is_in_use(), lives()), limit)


class DueService(NamedTuple):
    """Something of a service that falls due on a day, and who sees to it."""

    due_on: date
    service_id: int
    title: str
    department_id: int
    owner_id: int | None
    owner_is_here: bool | None


def to_be_reviewed(today: date, days_before: int) -> list[DueService]:
    """Everything that is to be reviewed so soon, or should have been."""
    due_on = OperatedService.review_due_on
    return _due(due_on, due_on <= today + timedelta(days=days_before))


def running_out_of_money(today: date, days_before: int) -> list[DueService]:
    """Services that go on after their money ends, so soon or already."""
    until, ends = OperatedService.financed_until, OperatedService.decommission_on
    soon = until <= today + timedelta(days=days_before)
    return _due(until, soon & (ends.is_(None) | (ends > until)) & _is_run(today))


def contracts_ending(today: date) -> list[DueService]:
    """Services that go on after their contract ends, each with the last day to give notice of it."""
    mine = OperatedService
    goes_on = mine.decommission_on.is_(None) | (mine.decommission_on > mine.contract_ends_on)
    ends = mine.contract_ends_on.is_not(None)
    query = select(mine.id, mine.notice_months).where(ends)
    months = {row.id: row.notice_months for row in db.session.execute(query)}
    found = []
    for row in _due(mine.contract_ends_on, ends & goes_on & _is_run(today)):
        day = notice_by(row.due_on, months[row.service_id])
        found.append(row._replace(due_on=day) if day else row)
    return found


def _due(day: Any, condition: ColumnElement[bool]) -> list[DueService]:
    mine = OperatedService
    query = (
        select(day, mine.id, mine.title, mine.department_id, mine.owner_id, Person.active)
        .outerjoin(Person, Person.id == mine.owner_id)
        .where(condition, _is_in_use(), lives())
        .order_by(day, mine.id)
    )
    return [DueService(*row) for row in db.session.execute(query)]


def _is_run(today: date) -> ColumnElement[bool]:
    """Somebody answers for it, or it is in use all the same."""
    return (OperatedService.standing == Standing.ACCEPTED.value) | (OperatedService.launched_on <= today)


def _is_in_use() -> ColumnElement[bool]:
    return OperatedService.standing != Standing.DECOMMISSIONED.value


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(
            OperatedService.id, OperatedService.title, OperatedService.standing, Department.name,
            OperatedService.project_id, Project.case_number, OperatedService.review_due_on,
        )
        .join(Department, Department.id == OperatedService.department_id)
        .outerjoin(Project, Project.id == OperatedService.project_id)
    )  # fmt: skip


def _found(query: Select[*tuple[Any, ...]], limit: int) -> list[WaitingService]:
    found = db.session.execute(query.order_by(OperatedService.id).limit(limit))
    return [WaitingService(*row) for row in found]


def _is(standing: Standing) -> ColumnElement[bool]:
    return OperatedService.standing == standing.value


def _manages(viewer: Viewer) -> ColumnElement[bool]:
    own = sorted(viewer.departments(Role.MANAGER))
    return OperatedService.department_id.in_(own) if own else false()


def _outside(viewer: Viewer) -> ColumnElement[bool]:
    """`projects.policy.is_outside` says the same of one project."""
    declared = select(DeclaredInterest.project_id).where(
        DeclaredInterest.person_id == viewer.id, DeclaredInterest.withdrawn_at.is_(None)
    )
    led = select(Project.id).where(or_(Project.leader_id == viewer.id, Project.id.in_(declared)))
    return OperatedService.project_id.is_(None) | OperatedService.project_id.not_in(led)
