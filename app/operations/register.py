"""The register of services: what it is filtered by, and what each of its rows says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select

from app.accounts.access import Viewer
from app.accounts.models import Department, Person, RoleGrant
from app.alphabet import alphabetical, holds
from app.core.calendar import months_later
from app.core.operation import Standing
from app.db import db
from app.operations.models import OperatedService, ServiceCarried, ServiceCost
from app.operations.queries import lives, seen_by
from app.operations.standing_shares import with_open_shares

_PLANNED = (Standing.PLANNED.value, Standing.ASKED.value, Standing.DECLINED.value)


class Fault(StrEnum):
    """What somebody should see to; its value stands in the address."""

    NO_OWNER = "utan-agare"
    OWNER_LEFT = "agare-borta"
    NOT_ACCEPTED = "inte-mottagen"
    UNFINANCED = "ofinansierad"
    CONTRACT = "avtal"
    REVIEW_LATE = "granskning-sen"
    OVER_PLAN = "over-plan"
    SHARES_OPEN = "andelar"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see of the register."""

    fault: Fault | None
    department_id: int | None
    year: int
    """From which year on the money is to be there."""
    months: int
    """Within how many a contract ends."""
    search: str
    today: date
    decommissioned: bool = False

    @property
    def last_day(self) -> date:
        """The last day of the year."""
        return date(self.year, 12, 31)


class Row(NamedTuple):
    """One service in the register."""

    id: int
    title: str
    standing: str
    department: str
    owner_role: str
    owner: str | None
    owner_left: bool
    financed_until: date | None
    contract_ends_on: date | None
    review_due_on: date | None
    cost: Decimal
    """What it costs in the year that is asked for."""


def page_of(viewer: Viewer, asked: Asked, *, limit: int | None, offset: int = 0) -> list[Row]:
    """A page of the services that are asked for, by name; all of them without a limit."""
    found = (
        _rows(asked)
        .where(_asked(viewer, asked), *([FAULTS[asked.fault](asked)] if asked.fault else []))
        .order_by(alphabetical(OperatedService.title), OperatedService.id)
        .limit(limit)
        .offset(offset)
    )
    return [Row(*row) for row in db.session.execute(found)]


def counts(viewer: Viewer, asked: Asked) -> tuple[int, Decimal, Mapping[Fault, int]]:
    """Of the services that are asked for, whatever their faults: how many there are, what they cost in the
    year, and how many have each fault."""
    each = [func.count(case((condition(asked), 1))) for condition in FAULTS.values()]
    query = select(func.count(), func.sum(_cost(asked)), *each).select_from(OperatedService)
    count, cost, *numbers = db.session.execute(query.where(_asked(viewer, asked))).one()
    return count, cost or Decimal(0), dict(zip(FAULTS, numbers, strict=True))


def _rows(asked: Asked) -> Select[*tuple[Any, ...]]:
    mine = OperatedService
    return (
        select(
            mine.id, mine.title, mine.standing, Department.name, mine.owner_role, Person.name, _owner_left(),
            mine.financed_until, mine.contract_ends_on, mine.review_due_on, func.coalesce(_cost(asked), 0),
        )
        .join(Department, Department.id == mine.department_id)
        .outerjoin(Person, Person.id == mine.owner_id)
    )  # fmt: skip


def _cost(asked: Asked) -> Any:
    return (
        select(func.sum(ServiceCost.amount))
        .where(
            ServiceCost.service_id == OperatedService.id,
            ServiceCost.from_year <= asked.year,
            ServiceCost.to_year >= asked.year,
            or_(
                OperatedService.decommission_on.is_(None),
                OperatedService.decommission_on >= date(asked.year, 1, 1),
            ),
        )
        .correlate(OperatedService)
        .scalar_subquery()
    )


def _asked(viewer: Viewer, asked: Asked) -> ColumnElement[bool]:
    mine, gone = OperatedService, Standing.DECOMMISSIONED.value
    conditions = [seen_by(viewer), lives()]
    conditions.append(mine.standing == gone if asked.decommissioned else mine.standing != gone)
    if asked.department_id is not None:
        conditions.append(mine.department_id == asked.department_id)
    if asked.search:
        conditions.append(holds(alphabetical(mine.title), asked.search))
    return and_(*conditions)


# --- faults ----------------------------------------------------------------------------------------------


def _no_owner(_asked_for: Asked) -> ColumnElement[bool]:
    return OperatedService.owner_id.is_(None)


def _owner_left(_asked_for: Asked | None = None) -> ColumnElement[bool]:
    """The person is no longer here, or holds no role in the department any more."""
    works = (
        exists()
        .where(
            Person.id == OperatedService.owner_id,
            Person.active,
            RoleGrant.person_id == Person.id,
            RoleGrant.department_id == OperatedService.department_id,
            RoleGrant.ended_at.is_(None),
        )
        .correlate(OperatedService)
    )
    return OperatedService.owner_id.is_not(None) & ~works


def _not_accepted(asked: Asked) -> ColumnElement[bool]:
    """It is in use, and nobody has accepted it as it is."""
    return OperatedService.standing.in_(_PLANNED) & (OperatedService.launched_on <= asked.today)


def _unfinanced(asked: Asked) -> ColumnElement[bool]:
    """The money ends before the year does, and the service goes on."""
    until, ends = OperatedService.financed_until, OperatedService.decommission_on
    goes_on = or_(ends.is_(None), ends > until)
    return or_(until.is_(None), (until < asked.last_day) & goes_on)


def _contract(asked: Asked) -> ColumnElement[bool]:
    """The contract ends within so many months, or has ended."""
    return OperatedService.contract_ends_on <= months_later(asked.today, asked.months)


def _review_late(asked: Asked) -> ColumnElement[bool]:
    """Those who answer for it should have reviewed it."""
    return OperatedService.review_due_on < asked.today


def _over_plan(_asked_for: Asked) -> ColumnElement[bool]:
    """In the last year of which it is known, it cost more than was planned."""
    last = (
        select(func.max(ServiceCarried.year))
        .where(ServiceCarried.service_id == OperatedService.id)
        .correlate(OperatedService)
        .scalar_subquery()
    )
    carried = (
        select(func.sum(ServiceCarried.amount))
        .where(ServiceCarried.service_id == OperatedService.id, ServiceCarried.year == last)
        .correlate(OperatedService)
        .scalar_subquery()
    )
    planned = (
        select(func.coalesce(func.sum(ServiceCost.amount), 0))
        .where(
            ServiceCost.service_id == OperatedService.id,
            ServiceCost.from_year <= last,
            ServiceCost.to_year >= last,
        )
        .correlate(OperatedService)
        .scalar_subquery()
    )
    return carried > planned


def _shares_open(_asked_for: Asked) -> ColumnElement[bool]:
    """Its cost is shared, and some department has not accepted its share."""
    return OperatedService.id.in_(with_open_shares())


FAULTS: Mapping[Fault, Callable[[Asked], ColumnElement[bool]]] = {
    Fault.NO_OWNER: _no_owner,
    Fault.OWNER_LEFT: _owner_left,
    Fault.NOT_ACCEPTED: _not_accepted,
    Fault.UNFINANCED: _unfinanced,
    Fault.CONTRACT: _contract,
    Fault.REVIEW_LATE: _review_late,
    Fault.OVER_PLAN: _over_plan,
    Fault.SHARES_OPEN: _shares_open,
}
