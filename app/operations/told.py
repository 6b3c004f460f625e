"""Telling those whom it concerns that a service waits for somebody to answer for it, and what they said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from app.accounts.models import Person, Role
from app.accounts.queries import people_with_role
from app.notifications.models import Kind, Notification
from app.notifications.places import Place, leads_to
from app.notifications.service import Telling, tell
from app.operations.queries import ServiceOf


def asked(found: ServiceOf, now: datetime) -> None:
    """The managers of the department that is to own the service; never whoever leads the project."""
    managers = _ids(people_with_role(Role.MANAGER, found.service.department_id))
    _tell(managers - _leader(found), Kind.SERVICE_ASKED, found, now)


def answered(found: ServiceOf, kind: Kind, words: str, now: datetime) -> None:
    """The project leader, or the secretariat where no project has the service, knows what was said."""
    people = _leader(found) or _ids(people_with_role(Role.SECRETARIAT))
    _tell(people, kind, found, now, **({"comment": words} if words else {}))


def _leader(found: ServiceOf) -> set[int]:
    return {found.project.leader_id} if found.project else set()


def _ids(people: Iterable[Person]) -> set[int]:
    return {person.id for person in people}


def _tell(people: Iterable[int], kind: Kind, found: ServiceOf, now: datetime, **more: object) -> None:
    service = found.service
    details = {"title": service.title, "service_id": service.id, **more}
    tell([Telling(person_id, kind, service.project_id, details) for person_id in sorted(set(people))], now)


@leads_to(
    Kind.SERVICE_ASKED, Kind.SERVICE_ACCEPTED, Kind.SERVICE_DECLINED, Kind.SERVICE_REVIEW_DUE,
    Kind.SERVICE_REVIEW_LATE, Kind.SERVICE_CONTRACT_ENDS, Kind.SERVICE_CONTRACT_LATE, Kind.SERVICE_MONEY_ENDS,
    Kind.SERVICE_MONEY_ENDED,
)  # fmt: skip
def _the_service(notification: Notification) -> Place:
    return "operations.service", {"service_id": notification.details["service_id"]}
