"""Telling managers that a share waits for their answer, and whoever proposed it that one was declined."""

from __future__ import annotations

from datetime import datetime

from app.accounts.models import Role
from app.accounts.queries import holders_by_department
from app.notifications.models import Kind, Notification
from app.notifications.places import Place, leads_to
from app.notifications.service import Telling, tell
from app.operations.models_sharing import ServiceShare, ServiceSharing
from app.operations.queries import ServiceOf
from app.operations.sharing.queries import ShareOf
from app.projects.models import Project
from app.projects.queries import participating_departments


def asked(sharing: ServiceSharing, of: ServiceOf, now: datetime) -> None:
    """The managers of every department that has a share; whoever proposed the key knows it. Those whose
    department takes part in the project are told in it, the others of a service of the register."""
    managers, taking_part = holders_by_department(Role.MANAGER), _taking_part(of.project)
    tell(
        [
            Telling(
                person_id,
                Kind.SERVICE_SHARE_ASKED,
                of.service.project_id if share.department_id in taking_part else None,
                details(sharing, share, of.service.title),
            )
            for share in sharing.shares
            for person_id in sorted(managers.get(share.department_id, set()) - {sharing.proposed_by_id})
        ],
        now,
    )


def _taking_part(project: Project | None) -> set[int]:
    if project is None:
        return set()
    return {project.lead_department_id, *(row.department_id for row in participating_departments(project.id))}


def declined(found: ShareOf, words: str, now: datetime) -> None:
    """Whoever proposed the key."""
    told = details(found.sharing, found.share, found.found.of.service.title)
    told |= {"share_of": found.share.department.name, "comment": words}
    project_id = found.found.of.service.project_id
    tell([Telling(found.sharing.proposed_by_id, Kind.SERVICE_SHARE_DECLINED, project_id, told)], now)


def details(sharing: ServiceSharing, share: ServiceShare, title: str) -> dict[str, object]:
    """What is told of a share, without its project's number: who has a share may not see the project."""
    return {
        "title": title,
        "service_id": sharing.service_id,
        "budget_year": sharing.year,
        "amount": share.kronor,
    }


@leads_to(
    Kind.SERVICE_SHARE_ASKED, Kind.SERVICE_SHARE_DECLINED, Kind.SERVICE_SHARE_DUE, Kind.SERVICE_SHARE_LATE
)
def _the_year(notification: Notification) -> Place:
    told = notification.details
    return "operations.sharing_year", {"service_id": told["service_id"], "year": told["budget_year"]}
