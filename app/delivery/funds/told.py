"""Telling those whom it concerns what has become of money."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from app.accounts.models import Role
from app.accounts.queries import people_with_role
from app.delivery.funds.models import Requisition
from app.notifications.models import Kind
from app.notifications.service import notify
from app.projects.models import Project


def sent(project: Project, row: Requisition, now: datetime) -> None:
    """Whoever handles the case checks it; anybody in the secretariat when nobody does."""
    handler = [project.handler_id] if project.handler_id else _all_with(Role.SECRETARIAT)
    _tell(handler, Kind.REQUISITION_SENT, project, row, now)


def sent_back(project: Project, row: Requisition, now: datetime) -> None:
    """The project leader puts it right."""
    _tell([project.leader_id], Kind.REQUISITION_RETURNED, project, row, now, reason=row.return_reason)


def checked(project: Project, row: Requisition, now: datetime) -> None:
    """A controller of the programme pays it."""
    _tell(_all_with(Role.CONTROLLER), Kind.REQUISITION_CHECKED, project, row, now)


def paid(project: Project, row: Requisition, now: datetime) -> None:
    """The project leader and the department know that the money has come."""
    _tell(_applicants(project), Kind.REQUISITION_PAID, project, row, now)


def repaid(project: Project, row: Requisition, amount: Decimal, now: datetime) -> None:
    """The project leader and the department know that what was not used has come back."""
    details = {"title": project.title, "requisition": row.number, "amount": f"{amount:f}"}
    notify(_applicants(project), Kind.REQUISITION_REPAID, project.id, now, **details)


def given_back(project: Project, amount: Decimal, now: datetime) -> None:
    """The project leader and the department know that the money is gone."""
    notify(
        _applicants(project), Kind.FUNDS_RETURNED, project.id, now, title=project.title, amount=f"{amount:f}"
    )


def _all_with(role: Role) -> list[int]:
    return [person.id for person in people_with_role(role)]


def _applicants(project: Project) -> list[int]:
    managers = people_with_role(Role.MANAGER, project.lead_department_id)
    return [project.leader_id, *(person.id for person in managers)]


def _tell(
    people: Sequence[int], kind: Kind, project: Project, row: Requisition, now: datetime, **more: object
) -> None:
    details = {"title": project.title, "requisition": row.number, "amount": f"{row.amount:f}", **more}
    notify(people, kind, project.id, now, **details)
