"""Reading what remains of a project, and who can be asked to take it over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Select, func, select, true
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.access import Viewer
from app.accounts.models import Department, Person, Role, RoleGrant
from app.closing.handover.models import NothingLeft, RestAnswer, RestItem
from app.core.alphabet import key
from app.core.workflow import COMPLETED, State
from app.db import db
from app.projects.models import Project
from app.projects.queries import participating_departments, project_for

WRITTEN_IN = frozenset({State.RUNNING, State.CLOSING, State.TERMINATING})
"""States in which the project writes its rest list, and receivers answer."""
ENDS_IN = frozenset({State.CLOSING, State.TERMINATING})
"""States in which a project is on its way to its end."""


def items_of(project_id: int) -> Sequence[RestItem]:
    """Everything on the project's rest list, in the order of its days."""
    query = _in_full().where(RestItem.project_id == project_id).order_by(RestItem.due_on, RestItem.id)
    return db.session.scalars(query).all()


def _in_full() -> Select[RestItem]:
    return select(RestItem).options(
        joinedload(RestItem.department),
        joinedload(RestItem.person),
        joinedload(RestItem.held_by),
        joinedload(RestItem.closed_by),
        selectinload(RestItem.answers).joinedload(RestAnswer.answered_by),
    )


@dataclass(frozen=True)
class RestItemOf:
    """One thing that remains, and its project."""

    project: Project
    item: RestItem

    @property
    def held(self) -> bool:
        """Somebody other than the project's leader has it."""
        return self.item.held(self.project.leader_id)


def item_for(viewer: Viewer, project_id: int, item_id: int) -> RestItemOf | None:
    """A thing on the rest list of a project that the viewer sees. Made for `requires(..., load=…)`."""
    project = project_for(viewer, project_id)
    if project is None:
        return None
    query = _in_full().where(RestItem.project_id == project_id, RestItem.id == item_id)
    found = db.session.scalar(query.execution_options(populate_existing=True))
    return RestItemOf(project, found) if found else None


def count_of(project_id: int) -> int:
    """How many things have been on the list, with those that are done or dropped."""
    return db.session.scalar(select(func.count(RestItem.id)).where(RestItem.project_id == project_id)) or 0


def has_open(project_id: int) -> bool:
    """Something on the list is still to be done."""
    query = select(RestItem.id).where(RestItem.project_id == project_id, RestItem.closed_on.is_(None))
    return db.session.scalar(query.limit(1)) is not None


def nothing_left_in(project: Project) -> NothingLeft | None:
    """The receiver's word that nothing remains, as long as it holds: it was given since the project began to
    end, of all that is known now, and not by whoever leads the project. What ended the project stands."""
    holds = State(project.state) in COMPLETED
    query = (
        select(NothingLeft)
        .where(
            NothingLeft.project_id == project.id,
            true() if holds else NothingLeft.confirmed_at >= project.state_since,
            NothingLeft.confirmed_by_id != project.leader_id,
            NothingLeft.items_known == count_of(project.id),
        )
        .options(joinedload(NothingLeft.confirmed_by))
        .order_by(NothingLeft.id.desc())
        .limit(1)
    )
    return db.session.scalar(query)


# --- people ----------------------------------------------------------------------------------------------


class Candidate(NamedTuple):
    """Somebody who can be asked by name to take something over: who reads cases for a department."""

    person_id: int
    name: str
    department_id: int
    department: str


def candidates() -> list[Candidate]:
    """The managers and controllers of departments, by department and name; a person once for each."""
    query = (
        select(Person.id, Person.name, Department.id, Department.name)
        .distinct()
        .select_from(RoleGrant)
        .join(Person, Person.id == RoleGrant.person_id)
        .join(Department, Department.id == RoleGrant.department_id)
        .where(
            RoleGrant.role.in_([Role.MANAGER.value, Role.CONTROLLER.value]),
            RoleGrant.ended_at.is_(None),
            Person.active,
            Department.active,
        )
    )
    found = [Candidate(*row) for row in db.session.execute(query)]
    return sorted(found, key=lambda row: (key(row.department), key(row.name), row.person_id))


def reading_departments(project: Project) -> frozenset[int]:
    """The departments whose managers and controllers read the case."""
    others = participating_departments(project.id)
    return frozenset({project.lead_department_id, *(row.department_id for row in others)})
