"""Reading projects, always only those that the viewer may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true
from sqlalchemy.orm import joinedload

from app.accounts.access import Viewer
from app.accounts.models import Department, Role
from app.accounts.queries import departments
from app.alphabet import alphabetical
from app.core.workflow import BEFORE_SUBMISSION
from app.db import db
from app.projects.models import DeclaredInterest, Project, ProjectDepartment, ProjectRemark


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """The condition that every list, count, sum, search and export of projects is filtered by.

    `policy.may_read` says the same of one project; a test holds the two together.
    """
    if viewer.has(Role.AUDITOR):
        return true()
    grounds: list[ColumnElement[bool]] = [Project.leader_id == viewer.id]
    own = viewer.departments(Role.MANAGER, Role.CONTROLLER)
    if own:
        grounds.append(Project.lead_department_id.in_(sorted(own)))
        taking_part = select(ProjectDepartment.project_id).where(
            ProjectDepartment.department_id.in_(sorted(own))
        )
        grounds.append(Project.id.in_(taking_part) & submitted())
    if _reads_what_came_in(viewer):
        grounds.append(submitted())
    if viewer.has(Role.COUNCIL) or viewer.has(Role.DECISION_MAKER):
        grounds.append(Project.referred_at.is_not(None))
    return or_(false(), *grounds)


def _reads_what_came_in(viewer: Viewer) -> bool:
    return viewer.has(Role.SECRETARIAT) or viewer.has(Role.CONTROLLER) or viewer.has(Role.WORKING_GROUP)


def submitted() -> ColumnElement[bool]:
    """The application has come in, at least once."""
    # Said by what is left out. Named one by one, SQLite would look up the states in one index and then read
    # each row, where it need only go through the index that the list is sorted by.
    return Project.submitted_at.is_not(None) & Project.state.not_in(sorted(BEFORE_SUBMISSION))


def visible_before(viewer: Viewer, moment: datetime) -> ColumnElement[bool]:
    """Of the cases that the viewer may see, those that had come in by then; whoever reads cases because they
    were sent to the council, those that had been sent there."""
    came_in = Project.submitted_at.is_not(None) & (Project.submitted_at < moment)
    if _reads_what_came_in(viewer) or viewer.has(Role.AUDITOR):
        return and_(visible_to(viewer), came_in)
    own = sorted(viewer.departments(Role.MANAGER, Role.CONTROLLER))
    taking_part = select(ProjectDepartment.project_id).where(ProjectDepartment.department_id.in_(own))
    near = or_(
        Project.leader_id == viewer.id, Project.lead_department_id.in_(own), Project.id.in_(taking_part)
    )
    return and_(visible_to(viewer), came_in, or_(near, Project.referred_at < moment))


def free_of_interest(viewer: Viewer) -> ColumnElement[bool]:
    """The cases in which the viewer has no interest (jäv); `policy.free_of_interest` says the same of one."""
    own = sorted(viewer.departments(*Role))
    declared = select(DeclaredInterest.project_id).where(
        DeclaredInterest.person_id == viewer.id, DeclaredInterest.withdrawn_at.is_(None)
    )
    return (
        (Project.leader_id != viewer.id)
        & Project.lead_department_id.not_in(own)
        & Project.id.not_in(declared)
    )


def with_names(query: Select[Project]) -> Select[Project]:
    """Load with each project the names that pages show."""
    return query.options(
        joinedload(Project.lead_department),
        joinedload(Project.leader),
        joinedload(Project.handler),
        joinedload(Project.round),
        joinedload(Project.programme),
    )


def project_for(viewer: Viewer, project_id: int) -> Project | None:
    """One project, if the viewer may see it. Made for `requires(..., load=project_for)`."""
    return db.session.scalar(with_names(select(Project).where(Project.id == project_id, visible_to(viewer))))


def projects_led_by(viewer: Viewer) -> Sequence[Project]:
    """The viewer's own projects, the most recently moved first."""
    query = select(Project).where(Project.leader_id == viewer.id)
    return db.session.scalars(with_names(query.order_by(Project.state_since.desc(), Project.id))).all()


def departments_to_start_in(viewer: Viewer) -> Sequence[Department]:
    """The departments in which the viewer leads projects, by name."""
    return [row for row in departments() if viewer.has(Role.PROJECT_LEADER, row.id)]


def started_with(person_id: int, start_key: str) -> Project | None:
    """The project that this person's form has already started."""
    return db.session.scalar(
        select(Project).where(Project.leader_id == person_id, Project.start_key == start_key)
    )


def interests_in(project_id: int) -> Sequence[DeclaredInterest]:
    """The interests that stand in the case, with who declared them, in the order in which they did."""
    query = (
        select(DeclaredInterest)
        .where(DeclaredInterest.project_id == project_id, DeclaredInterest.withdrawn_at.is_(None))
        .options(joinedload(DeclaredInterest.person))
    )
    return db.session.scalars(query.order_by(DeclaredInterest.id)).all()


def own_interest(person_id: int, project_id: int) -> DeclaredInterest | None:
    """The interest that this person has declared in the case, if it stands."""
    query = select(DeclaredInterest).where(
        DeclaredInterest.project_id == project_id,
        DeclaredInterest.person_id == person_id,
        DeclaredInterest.withdrawn_at.is_(None),
    )
    return db.session.scalar(query)


def participating_departments(project_id: int) -> Sequence[ProjectDepartment]:
    """The departments that take part besides the lead department, by name."""
    query = (
        select(ProjectDepartment)
        .where(ProjectDepartment.project_id == project_id)
        .options(joinedload(ProjectDepartment.department))
        .join(ProjectDepartment.department)
        .order_by(alphabetical(Department.name), ProjectDepartment.id)
    )
    return db.session.scalars(query).all()


def remarks_on(project_id: int) -> Sequence[ProjectRemark]:
    """Remarks on the case, the oldest first."""
    query = select(ProjectRemark).where(ProjectRemark.project_id == project_id).order_by(ProjectRemark.id)
    return db.session.scalars(query).all()
