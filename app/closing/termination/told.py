"""Telling those whom it concerns that a project is interrupted."""

from __future__ import annotations

from datetime import datetime

from app.accounts.models import Role
from app.accounts.queries import people_with_role
from app.closing.termination.models import Termination
from app.notifications.models import Kind
from app.notifications.service import notify
from app.projects.models import Project


def begun(project: Project, row: Termination, now: datetime) -> None:
    """The project leader accounts for it, the programme's controllers return its money, the department and
    whoever handles the case know."""
    managers = people_with_role(Role.MANAGER, project.lead_department_id)
    concerned = [*managers, *people_with_role(Role.CONTROLLER)]
    handler = [project.handler_id] if project.handler_id else []
    people = dict.fromkeys([project.leader_id, *(person.id for person in concerned), *handler])
    details = {"title": project.title, "decided_on": row.decided_on.isoformat()}
    notify(list(people), Kind.TERMINATION_BEGUN, project.id, now, **details)
