"""Telling those whom it concerns what remains and who has it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.accounts.models import Person, Role
from app.accounts.queries import people_with_role
from app.closing.handover.models import RestItem
from app.closing.handover.queries import RestItemOf
from app.core.handover import RestAction
from app.notifications.models import Kind, Notification
from app.notifications.places import Place, leads_to
from app.notifications.service import Telling, tell
from app.projects.models import Project

TOLD = 120
"""Signs of a thing that the history and a notification repeat."""
SAY_WHY = _l("Skriv varför.")
GONE_ON = _l("Restpunkten har ändrats. Ladda om sidan.")


def asked(project: Project, items: Sequence[RestItem], now: datetime) -> None:
    """Each receiver once: how many things there are to answer."""
    counts: dict[int, int] = {}
    for item in items:
        for person_id in _receivers(item) - {project.leader_id}:
            counts[person_id] = counts.get(person_id, 0) + 1
    told = [
        Telling(person_id, Kind.REST_ASKED, project.id, {"title": project.title, "rest_items": count})
        for person_id, count in sorted(counts.items())
    ]
    tell(told, now)


def _receivers(item: RestItem) -> set[int]:
    return {*_managers(item.department_id), *([item.person_id] if item.person_id else ())}


def answered(found: RestItemOf, action: RestAction, words: str, now: datetime) -> None:
    """The project leader knows what the receiver says."""
    kind = Kind.REST_DECLINED if action is RestAction.DECLINE else Kind.REST_RECEIVED
    more = {"rest_item": shortened(found.item.text)} | ({"comment": words} if words else {})
    _tell([found.project.leader_id], kind, found.project, now, **more)


def nothing_left(project: Project, now: datetime) -> None:
    """The project leader knows that nobody waits for anything."""
    _tell([project.leader_id], Kind.NOTHING_LEFT, project, now)


def closing_begun(project: Project, now: datetime) -> None:
    """The department and the secretariat know that the project is ending."""
    _tell(_followers(project), Kind.CLOSING_BEGUN, project, now)


def reopened(project: Project, reason: str, now: datetime) -> None:
    """The same people know that it is not."""
    _tell(_followers(project), Kind.REOPENED, project, now, reason=reason)


def _followers(project: Project) -> set[int]:
    secretariat = [project.handler_id] if project.handler_id else _ids(people_with_role(Role.SECRETARIAT))
    return {*_managers(project.lead_department_id), *secretariat} - {project.leader_id}


def _managers(department_id: int) -> list[int]:
    return _ids(people_with_role(Role.MANAGER, department_id))


def _ids(people: Iterable[Person]) -> list[int]:
    return [person.id for person in people]


def _tell(people: Iterable[int], kind: Kind, project: Project, now: datetime, **more: object) -> None:
    details = {"title": project.title, **more}
    tell([Telling(person_id, kind, project.id, details) for person_id in sorted(set(people))], now)


def shortened(text: str) -> str:
    """The text, or its beginning."""
    return text if len(text) <= TOLD else f"{text[:TOLD].rstrip()} …"


@leads_to(
    Kind.REST_ASKED, Kind.REST_RECEIVED, Kind.REST_DECLINED, Kind.REST_DUE, Kind.REST_LATE, Kind.NOTHING_LEFT,
)  # fmt: skip
def _its_handover(notification: Notification) -> Place:
    return "handover.plan", {"project_id": notification.project_id}
