"""Reading services, always only those that the viewer may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.access import Viewer
from app.accounts.models import Department, Person, Role, RoleGrant
from app.alphabet import alphabetical
from app.core.alphabet import key
from app.core.workflow import INTERRUPTED
from app.db import db
from app.operations.models import (
    OperatedService,
    ServiceAcceptance,
    ServiceCarried,
    ServiceDependency,
    ServiceHolder,
    ServiceReview,
)
from app.operations.standing_shares import shared_by
from app.projects.models import Project
from app.projects.queries import visible_to, with_names

WHOLE_CITY = (
    Role.SECRETARIAT, Role.CONTROLLER, Role.WORKING_GROUP, Role.COUNCIL, Role.DECISION_MAKER, Role.AUDITOR,
)  # fmt: skip
"""Roles that are held for the whole programme, and whose holders see every service."""


def seen_by(viewer: Viewer) -> ColumnElement[bool]:
    """The condition that every list, count and sum of services is filtered by: what a whole-city role, an own
    department, its share, or an own part in the service lets the viewer see, and those of projects that are
    seen."""
    if any(viewer.has(role) for role in WHOLE_CITY):
        return true()
    mine = OperatedService
    grounds: list[ColumnElement[bool]] = [
        or_(mine.owner_id == viewer.id, mine.business_id == viewer.id, mine.it_id == viewer.id),
        mine.project_id.in_(select(Project.id).where(visible_to(viewer))),
    ]
    own = sorted(viewer.departments(Role.MANAGER, Role.CONTROLLER))
    if own:
        grounds += [
            column.in_(own)
            for column in (
                mine.department_id, mine.payer_department_id, mine.business_department_id,
                mine.it_department_id,
            )
        ]  # fmt: skip
        grounds.append(mine.id.in_(shared_by(own)))
    return or_(*grounds)


def lives() -> ColumnElement[bool]:
    """What an interrupted project planned and never launched is no service of the city."""
    interrupted = select(Project.id).where(Project.state.in_(sorted(INTERRUPTED)))
    return (
        OperatedService.launched_on.is_not(None)
        | OperatedService.project_id.is_(None)
        | OperatedService.project_id.not_in(interrupted)
    )


@dataclass(frozen=True)
class ServiceOf:
    """A service, and the project that launches it if one does."""

    service: OperatedService
    project: Project | None


def _in_full() -> Select[OperatedService]:
    mine = OperatedService
    return select(mine).options(
        *(
            joinedload(way)
            for way in (
                mine.department, mine.business_department, mine.it_department, mine.payer_department,
                mine.owner, mine.business, mine.it,
            )
        ),
        selectinload(mine.costs),
        selectinload(mine.dependencies).joinedload(ServiceDependency.on_service),
    )  # fmt: skip


def service_for(viewer: Viewer, service_id: int) -> ServiceOf | None:
    """One service, if the viewer may see it. Made for `requires(..., load=service_for)`."""
    return _found(_in_full().where(OperatedService.id == service_id, seen_by(viewer)))


@dataclass(frozen=True)
class YearOf:
    """A year of a service."""

    of: ServiceOf
    year: int


def year_for(viewer: Viewer, service_id: int, year: int) -> YearOf | None:
    """The same with a year of it."""
    found = service_for(viewer, service_id)
    return YearOf(found, year) if found else None


def service_of(project: Project) -> ServiceOf | None:
    """The service that the project launches, as soon as it has begun to be described."""
    return _found(_in_full().where(OperatedService.project_id == project.id))


def _found(query: Select[OperatedService]) -> ServiceOf | None:
    service = db.session.scalar(query.execution_options(populate_existing=True))
    if service is None:
        return None
    project = None
    if service.project_id is not None:
        project = db.session.scalar(with_names(select(Project).where(Project.id == service.project_id)))
    return ServiceOf(service, project)


def acceptances_of(service_id: int) -> Sequence[ServiceAcceptance]:
    """What managers have answered, the newest first."""
    query = (
        select(ServiceAcceptance)
        .where(ServiceAcceptance.service_id == service_id)
        .options(joinedload(ServiceAcceptance.answered_by))
        .order_by(ServiceAcceptance.id.desc())
    )
    return db.session.scalars(query).all()


def newest_answer(service_id: int) -> ServiceAcceptance | None:
    """What was answered last."""
    return next(iter(acceptances_of(service_id)), None)


def holders_of(service_id: int) -> Sequence[ServiceHolder]:
    """Who has held which role, in the order in which it was entered."""
    query = (
        select(ServiceHolder)
        .where(ServiceHolder.service_id == service_id)
        .options(joinedload(ServiceHolder.person), joinedload(ServiceHolder.department))
        .order_by(ServiceHolder.id)
    )
    return db.session.scalars(query).all()


def reviews_of(service_id: int) -> Sequence[ServiceReview]:
    """The reviews, the newest first."""
    query = (
        select(ServiceReview)
        .where(ServiceReview.service_id == service_id)
        .options(joinedload(ServiceReview.reviewed_by))
        .order_by(ServiceReview.id.desc())
    )
    return db.session.scalars(query).all()


def carried_of(service_id: int) -> Sequence[ServiceCarried]:
    """What the service has cost, by year and kind."""
    query = select(ServiceCarried).where(ServiceCarried.service_id == service_id)
    return db.session.scalars(query.order_by(ServiceCarried.year, ServiceCarried.kind)).all()


def leaning_on(viewer: Viewer, service_id: int) -> Sequence[OperatedService]:
    """The services that cannot do without this one, as far as the viewer may see them."""
    query = (
        select(OperatedService)
        .join(ServiceDependency, ServiceDependency.service_id == OperatedService.id)
        .where(ServiceDependency.on_service_id == service_id, seen_by(viewer))
        .order_by(alphabetical(OperatedService.title), OperatedService.id)
    )
    return db.session.scalars(query).all()


def leans_on(viewer: Viewer, service: OperatedService) -> list[tuple[str, int | None]]:
    """What the service cannot do without: its name, and its number where the viewer may open its page. One
    that the viewer may not see is not named."""
    numbers = [row.on_service_id for row in service.dependencies if row.on_service_id is not None]
    query = select(OperatedService.id).where(OperatedService.id.in_(numbers), seen_by(viewer))
    seen = set(db.session.scalars(query)) if numbers else set()
    return [
        (row.on_service.title if row.on_service else row.platform, row.on_service_id)
        for row in service.dependencies
        if row.on_service_id is None or row.on_service_id in seen
    ]


def can_lean_on(viewer: Viewer, found: ServiceOf) -> Sequence[OperatedService]:
    """What the service may depend on, by name: others that the viewer sees, and what it does already."""
    already = [row.on_service_id for row in found.service.dependencies if row.on_service_id is not None]
    query = select(OperatedService).where(
        or_(and_(seen_by(viewer), lives()), OperatedService.id.in_(already)),
        OperatedService.id != found.service.id,
    )
    return db.session.scalars(query.order_by(alphabetical(OperatedService.title), OperatedService.id)).all()


def registered() -> Sequence[OperatedService]:
    """The services that no project of the programme has launched, in the order of their registration."""
    query = select(OperatedService).where(OperatedService.project_id.is_(None)).order_by(OperatedService.id)
    return db.session.scalars(query).all()


# --- people ----------------------------------------------------------------------------------------------


class Employed(NamedTuple):
    """Somebody who holds a role in a department."""

    person_id: int
    name: str
    department_id: int
    department: str


def employed() -> list[Employed]:
    """Everybody who holds a role in a department, by department and name; a person once for each."""
    query = (
        select(Person.id, Person.name, Department.id, Department.name)
        .distinct()
        .select_from(RoleGrant)
        .join(Person, Person.id == RoleGrant.person_id)
        .join(Department, Department.id == RoleGrant.department_id)
        .where(RoleGrant.ended_at.is_(None), Person.active, Department.active)
    )
    found = [Employed(*row) for row in db.session.execute(query)]
    return sorted(found, key=lambda row: (key(row.department), key(row.name), row.person_id))


def works_in(person_id: int, department_id: int) -> bool:
    """Whether the person is here, and holds a role in the department."""
    query = select(RoleGrant.id).join(Person, Person.id == RoleGrant.person_id)
    found = query.where(
        Person.id == person_id,
        Person.active,
        RoleGrant.department_id == department_id,
        RoleGrant.ended_at.is_(None),
    )
    return db.session.scalar(found.limit(1)) is not None
