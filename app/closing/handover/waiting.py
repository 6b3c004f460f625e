"""What remains and waits for somebody, across projects."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, exists, false, func, or_, select

from app.accounts.access import Viewer
from app.accounts.models import Department, Role
from app.closing.handover.models import NothingLeft, RestItem
from app.closing.handover.queries import ENDS_IN, WRITTEN_IN
from app.core.calendar import DAYS_AFTER, Reminder
from app.core.handover import HELD, Standing
from app.db import db
from app.projects.models import DeclaredInterest, Project
from app.projects.queries import visible_to

SOON = -DAYS_AFTER[Reminder.SOON]
"""So many days before its day a thing waits for the one who has it."""


class WaitingItem(NamedTuple):
    """A thing that remains of a project."""

    project_id: int
    title: str
    case_number: str | None
    item_id: int
    text: str
    department: str
    owner: str
    standing: str
    due_on: date

    def late(self, today: date) -> bool:
        """Its day has passed."""
        return self.due_on < today


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Project.id, Project.title, Project.case_number,
            RestItem.id, RestItem.text, Department.name, RestItem.owner, RestItem.standing, RestItem.due_on,
        )
        .select_from(RestItem)
        .join(Project, Project.id == RestItem.project_id)
        .join(Department, Department.id == RestItem.department_id)
        .where(RestItem.closed_on.is_(None))
    )  # fmt: skip


def _found(query: Select[*tuple[Any, ...]], limit: int) -> list[WaitingItem]:
    query = query.order_by(RestItem.due_on, RestItem.id).limit(limit)
    return [WaitingItem(*row) for row in db.session.execute(query)]


def to_answer(viewer: Viewer, *, limit: int) -> list[WaitingItem]:
    """What the viewer has been asked to receive: for a department, or by name."""
    asked = or_(_manages(viewer, RestItem.department_id), RestItem.person_id == viewer.id)
    query = _rows().where(
        RestItem.standing == Standing.ASKED.value,
        asked,
        _outside(viewer),
        _in(WRITTEN_IN),
        visible_to(viewer),
    )
    return _found(query, limit)


def declined(viewer: Viewer, *, limit: int) -> list[WaitingItem]:
    """What a receiver has declined in the projects that the viewer leads."""
    query = _rows().where(
        RestItem.standing == Standing.DECLINED.value,
        Project.leader_id == viewer.id,
        _in(WRITTEN_IN),
        visible_to(viewer),
    )
    return _found(query, limit)


def to_do(viewer: Viewer, today: date, *, limit: int) -> list[WaitingItem]:
    """What the viewer has received and is to have done soon, or should have; also of ended projects."""
    accepted = (RestItem.standing == Standing.ACCEPTED.value) & _manages(viewer, RestItem.department_id)
    taken_over = (RestItem.standing == Standing.TAKEN_OVER.value) & (RestItem.held_by_id == viewer.id)
    query = _rows().where(
        or_(accepted, taken_over), RestItem.due_on <= today + timedelta(days=SOON), visible_to(viewer)
    )
    return _found(query, limit)


class WaitingProject(NamedTuple):
    """A project that waits for the word that nothing remains."""

    project_id: int
    title: str
    case_number: str | None


def to_confirm(viewer: Viewer, *, limit: int) -> list[WaitingProject]:
    """The projects on their way to their end on whose list nothing is open, and of which the viewer says
    whether that is so; `queries.nothing_left_in` says the same of one."""
    own = and_(RestItem.project_id == Project.id)
    known = select(func.count(RestItem.id)).where(own).correlate(Project).scalar_subquery()
    confirmed = exists().where(
        NothingLeft.project_id == Project.id,
        NothingLeft.confirmed_at >= Project.state_since,
        NothingLeft.confirmed_by_id != Project.leader_id,
        NothingLeft.items_known == known,
    )
    query = (
        select(Project.id, Project.title, Project.case_number)
        .where(
            _in(ENDS_IN),
            _manages(viewer, Project.lead_department_id),
            _outside(viewer),
            ~exists().where(own, RestItem.closed_on.is_(None)),
            ~confirmed,
            visible_to(viewer),
        )
        .order_by(Project.state_since, Project.id)
        .limit(limit)
    )
    return [WaitingProject(*row) for row in db.session.execute(query)]


def queue(
    viewer: Viewer, today: date, *, only_late: bool, limit: int, offset: int
) -> tuple[list[WaitingItem], int]:
    """A page of what remains and somebody has received, or only of what is late; and how many there are."""
    found = and_(RestItem.standing.in_(sorted(HELD)), visible_to(viewer))
    if only_late:
        found = found & (RestItem.due_on < today)
    rows = _rows().where(found).order_by(RestItem.due_on, RestItem.id).limit(limit).offset(offset)
    count = (
        select(func.count(RestItem.id))
        .join(Project, Project.id == RestItem.project_id)
        .where(RestItem.closed_on.is_(None), found)
    )
    return [WaitingItem(*row) for row in db.session.execute(rows)], db.session.scalar(count) or 0


def owed_items(
    today: date, days_before: int
) -> Sequence[Row[int, str, date, int, str, int | None, int, str]]:
    """Of everything that is received and to be done so soon, or should have been: itself, its words, its day;
    the department that has it, and the person if one took it over; its project's number and title."""
    query = (
        select(
            RestItem.id, RestItem.text, RestItem.due_on, RestItem.department_id, RestItem.standing,
            RestItem.held_by_id, Project.id, Project.title,
        )
        .join(Project, Project.id == RestItem.project_id)
        .where(
            RestItem.closed_on.is_(None),
            RestItem.standing.in_(sorted(HELD)),
            RestItem.due_on <= today + timedelta(days=days_before),
        )
    )  # fmt: skip
    return db.session.execute(query).all()


def _in(states: frozenset[Any]) -> ColumnElement[bool]:
    return Project.state.in_(sorted(states))


def _manages(viewer: Viewer, department: Any) -> ColumnElement[bool]:
    own = sorted(viewer.departments(Role.MANAGER))
    found: ColumnElement[bool] = department.in_(own) if own else false()
    return found


def _outside(viewer: Viewer) -> ColumnElement[bool]:
    """`policy.is_outside` says the same of one project."""
    declared = select(DeclaredInterest.project_id).where(
        DeclaredInterest.person_id == viewer.id, DeclaredInterest.withdrawn_at.is_(None)
    )
    return (Project.leader_id != viewer.id) & Project.id.not_in(declared)
