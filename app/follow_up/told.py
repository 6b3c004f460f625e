"""Telling those whom it concerns of follow-ups, and where that leads."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from app.accounts.models import Person, Role
from app.accounts.queries import people_with_role
from app.follow_up.models import FollowUp
from app.notifications.models import Kind, Notification
from app.notifications.places import Place, leads_to
from app.notifications.service import notify
from app.projects.models import Project


def planned(project: Project, department_id: int, first_on: date, now: datetime) -> None:
    """The managers who will answer for them, and who has led the project."""
    receivers = managers_of(department_id) | {project.leader_id}
    _tell(receivers, Kind.FOLLOW_UPS_PLANNED, project, now, first_day=first_on.isoformat())


def sent(project: Project, follow_up: FollowUp, now: datetime) -> None:
    """The handler of the case, else the whole secretariat."""
    _tell(secretariat_of(project), Kind.FOLLOW_UP_SENT, project, now, **_which(follow_up))


def returned(project: Project, follow_up: FollowUp, reason: str, now: datetime) -> None:
    """Those who write it."""
    _tell(
        writers_of(project, follow_up),
        Kind.FOLLOW_UP_RETURNED,
        project,
        now,
        **_which(follow_up),
        reason=reason,
    )


def approved(project: Project, follow_up: FollowUp, now: datetime) -> None:
    """Those who wrote it."""
    _tell(writers_of(project, follow_up), Kind.FOLLOW_UP_APPROVED, project, now, **_which(follow_up))


def closed(project: Project, follow_ups: Iterable[FollowUp], now: datetime) -> None:
    """Those who have answered for what the project left."""
    receivers = {project.leader_id, *_ids(people_with_role(Role.MANAGER, project.lead_department_id))}
    for row in follow_ups:
        receivers |= managers_of(row.department_id)
    _tell(receivers, Kind.PROJECT_CLOSED, project, now)


def managers_of(department_id: int) -> set[int]:
    """Who manages the department now."""
    return _ids(people_with_role(Role.MANAGER, department_id))


def writers_of(project: Project, follow_up: FollowUp) -> set[int]:
    """The managers who answer for it now, and who led the project."""
    return managers_of(follow_up.department_id) | {project.leader_id}


def secretariat_of(project: Project) -> set[int]:
    """Who treats the case."""
    return {project.handler_id} if project.handler_id else _ids(people_with_role(Role.SECRETARIAT))


def _which(follow_up: FollowUp) -> dict[str, object]:
    return {"follow_up_day": follow_up.follows_on.isoformat()}


def _ids(people: Iterable[Person]) -> set[int]:
    return {person.id for person in people}


def _tell(people: set[int], kind: Kind, project: Project, now: datetime, **details: object) -> None:
    notify(sorted(people), kind, project.id, now, title=project.title, **details)


@leads_to(
    Kind.FOLLOW_UPS_PLANNED,
    Kind.FOLLOW_UP_SENT,
    Kind.FOLLOW_UP_RETURNED,
    Kind.FOLLOW_UP_APPROVED,
    Kind.FOLLOW_UP_DUE,
    Kind.FOLLOW_UP_LATE,
    Kind.PROJECT_CLOSED,
)
def _its_follow_ups(notification: Notification) -> Place:
    return "follow_up.follow_ups", {"project_id": notification.project_id}
