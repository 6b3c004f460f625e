"""Telling those whom it concerns what becomes of a request."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.accounts.queries import people_with_role
from app.delivery.changes.queries import ChangeOf
from app.notifications.models import Kind
from app.notifications.service import notify
from app.projects.models import Project


def to_secretariat(found: ChangeOf, kind: Kind, now: datetime) -> None:
    """Whoever handles the case; anybody in the secretariat when nobody does."""
    _tell(_secretariat(found.project), kind, found, now)


def to_leader(found: ChangeOf, kind: Kind, now: datetime) -> None:
    """The project leader has something to do."""
    _tell([found.project.leader_id], kind, found, now)


def to_applicants(found: ChangeOf, kind: Kind, now: datetime, also: Sequence[int] = ()) -> None:
    """The project leader and the department; `also` those who were concerned before."""
    _tell([*_applicants(found.project), *also], kind, found, now)


def of_going_on(actor: Viewer, project: Project, now: datetime) -> None:
    """The secretariat and the department are told that work goes on after a pause; who says so knows it."""
    people = dict.fromkeys([*_secretariat(project), *_applicants(project)])
    people.pop(actor.id, None)
    notify(list(people), Kind.WENT_ON, project.id, now, title=project.title)


def _secretariat(project: Project) -> list[int]:
    if project.handler_id:
        return [project.handler_id]
    return [person.id for person in people_with_role(Role.SECRETARIAT)]


def _applicants(project: Project) -> list[int]:
    managers = people_with_role(Role.MANAGER, project.lead_department_id)
    return [project.leader_id, *(person.id for person in managers)]


def _tell(people: Sequence[int], kind: Kind, found: ChangeOf, now: datetime) -> None:
    details = {"title": found.project.title, "change": found.request.number}
    notify(list(dict.fromkeys(people)), kind, found.project.id, now, **details)
