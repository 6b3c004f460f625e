"""The bills of a year: each department's share of each shared service, filtered and summed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, select, true

from app.accounts.access import Viewer
from app.accounts.models import Department, Role
from app.alphabet import alphabetical
from app.core.sharing import ShareState
from app.db import Money, db
from app.operations.models import OperatedService
from app.operations.models_sharing import ServiceShare, ServiceSharing
from app.operations.queries import WHOLE_CITY, lives
from app.operations.standing_shares import is_in, stands


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the bills somebody wants to see."""

    year: int
    department_id: int | None = None
    state: ShareState | None = None


class Billed(NamedTuple):
    """A department's bill for a service."""

    service_id: int
    title: str
    department_id: int
    department: str
    year: int
    basis: str
    unit: str
    quantity: Decimal
    amount: Decimal
    kronor: Decimal
    cost_kind: str
    state: str


def billed_to(viewer: Viewer) -> ColumnElement[bool]:
    """The condition that every list and sum of bills is filtered by: those of the viewer's departments, or of
    all of them for whoever holds a role for the whole programme."""
    if any(viewer.has(role) for role in WHOLE_CITY):
        return true()
    return ServiceShare.department_id.in_(sorted(viewer.departments(Role.MANAGER, Role.CONTROLLER)))


def bills(viewer: Viewer, wanted: Wanted, *, limit: int | None, offset: int = 0) -> list[Billed]:
    """A page of them by department and service; all of them without a limit."""
    state = case(
        (is_in(ShareState.ACCEPTED), ShareState.ACCEPTED.value),
        (is_in(ShareState.DECLINED), ShareState.DECLINED.value),
        else_=ShareState.WAITING.value,
    )
    query = _found(
        viewer, wanted,
        OperatedService.id, OperatedService.title, Department.id, Department.name, ServiceSharing.year,
        ServiceSharing.basis, ServiceSharing.unit, ServiceShare.quantity, ServiceShare.amount,
        ServiceShare.kronor, ServiceSharing.cost_kind, state,
    )  # fmt: skip
    in_order = query.order_by(
        alphabetical(Department.name), alphabetical(OperatedService.title), ServiceShare.id
    )
    return [Billed(*row) for row in db.session.execute(in_order.limit(limit).offset(offset))]


def sums(viewer: Viewer, wanted: Wanted) -> tuple[int, Decimal]:
    """How many there are, and what they come to in whole kronor: the sum of what is shown."""
    total = func.coalesce(func.sum(ServiceShare.kronor), 0, type_=Money())
    count, kronor = db.session.execute(_found(viewer, wanted, func.count(ServiceShare.id), total)).one()
    return count, kronor


def years(viewer: Viewer) -> list[int]:
    """The years that the viewer has bills of, the newest first."""
    query = (
        select(ServiceSharing.year)
        .join(ServiceShare, ServiceShare.sharing_id == ServiceSharing.id)
        .join(OperatedService, OperatedService.id == ServiceSharing.service_id)
        .where(stands(), lives(), billed_to(viewer))
    )
    return list(db.session.scalars(query.distinct().order_by(ServiceSharing.year.desc())))


def _found(viewer: Viewer, wanted: Wanted, *columns: Any) -> Select[*tuple[Any, ...]]:
    query = (
        select(*columns)
        .select_from(ServiceShare)
        .join(ServiceSharing, ServiceSharing.id == ServiceShare.sharing_id)
        .join(OperatedService, OperatedService.id == ServiceSharing.service_id)
        .join(Department, Department.id == ServiceShare.department_id)
        .where(stands(), lives(), billed_to(viewer), ServiceSharing.year == wanted.year)
    )
    if wanted.department_id is not None:
        query = query.where(ServiceShare.department_id == wanted.department_id)
    if wanted.state is not None:
        query = query.where(is_in(wanted.state))
    return query
