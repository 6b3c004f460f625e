"""Reading what services cost and for how long there is money, of those that the viewer may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from app.accounts.access import Viewer
from app.core.cost_cliff import Borne, Cost, Key, Running
from app.core.operation import Standing, YearlyCost, YearlyKind
from app.core.sharing import Reason, ShareState
from app.db import db
from app.operations.models import OperatedService, ServiceCost
from app.operations.models_sharing import ServiceShare, ServiceSharing
from app.operations.queries import lives, seen_by
from app.operations.standing_shares import answered, stands

PAYER: ColumnElement[int] = func.coalesce(OperatedService.payer_department_id, OperatedService.department_id)
"""The department that pays; the one that owns the service while nobody has said."""


@dataclass(frozen=True, slots=True)
class Paid:
    """A service, what it costs, and who bears that."""

    service_id: int
    title: str
    borne: Borne


def services(viewer: Viewer, department_id: int | None, years: range) -> list[Paid]:
    """Every service that is in use or planned, with what it costs in these years; of a department those that
    it pays for, or of which it has accepted a share."""
    asked = _asked(viewer, department_id)
    costs, keys = _costs(asked, years), _keys(asked, years)
    mine = OperatedService
    query = (
        select(mine.id, mine.title, PAYER, mine.financed_until, mine.launched_on, mine.decommission_on)
        .where(asked)
        .order_by(mine.id)
    )
    return [
        Paid(number, title, Borne(payer_id, Running(costs.get(number, ()), *days), keys.get(number, {})))
        for number, title, payer_id, *days in db.session.execute(query)
    ]


def _costs(asked: ColumnElement[bool], years: range) -> dict[int, list[YearlyCost]]:
    query = (
        select(
            ServiceCost.service_id, ServiceCost.kind, ServiceCost.from_year, ServiceCost.to_year,
            ServiceCost.amount,
        )
        .join(OperatedService, OperatedService.id == ServiceCost.service_id)
        .where(asked, ServiceCost.from_year <= years[-1], ServiceCost.to_year >= years[0])
        .order_by(ServiceCost.id)
    )  # fmt: skip
    kinds = {kind.value: kind for kind in YearlyKind}
    found: dict[int, list[YearlyCost]] = defaultdict(list)
    for number, kind, first, last, amount in db.session.execute(query):
        found[number].append(YearlyCost(kinds[kind], first, last, amount))
    return found


def _keys(asked: ColumnElement[bool], years: range) -> dict[int, dict[int, Key]]:
    """By service and year, how the years up to the last of these are shared."""
    accepted = answered(ShareState.ACCEPTED).label("accepted")
    query = (
        select(
            ServiceSharing.service_id, ServiceSharing.year, ServiceSharing.reason,
            ServiceShare.department_id, ServiceShare.quantity, accepted,
        )
        .join(OperatedService, OperatedService.id == ServiceSharing.service_id)
        .join(ServiceShare, ServiceShare.sharing_id == ServiceSharing.id)
        .where(asked, stands(), ServiceSharing.year <= years[-1])
        .order_by(ServiceSharing.service_id, ServiceSharing.year, ServiceShare.department_id)
    )  # fmt: skip
    found: dict[int, dict[int, Key]] = defaultdict(dict)
    for number, year, reason, department_id, quantity, has_accepted in db.session.execute(query):
        key = found[number].setdefault(year, Key({}))
        if reason != Reason.WITHDRAWN.value:
            more = {department_id} if has_accepted else set()
            found[number][year] = Key({**key.quantities, department_id: quantity}, key.accepted | more)
    return found


def _asked(viewer: Viewer, department_id: int | None) -> ColumnElement[bool]:
    conditions = [seen_by(viewer), lives(), OperatedService.standing != Standing.DECOMMISSIONED.value]
    if department_id is not None:
        conditions.append(or_(PAYER.in_([department_id]), OperatedService.id.in_(_borne_by(department_id))))
    return and_(*conditions)


def _borne_by(department_id: int) -> Select[int]:
    """The services of which the department has accepted a share that stands."""
    mine = ServiceShare.department_id == department_id
    query = select(ServiceSharing.service_id).join(ServiceShare, ServiceShare.sharing_id == ServiceSharing.id)
    return query.where(mine, stands(), answered(ShareState.ACCEPTED))


# --- those that lack money in a year ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Without:
    """A service that lacks money in the year that is asked for."""

    paid: Paid
    cost: Cost
    """Of a department: what that bears."""
    bearers: Sequence[int]
    """The departments that bear it that year."""
    loses: bool
    """It had money until then."""


def without_money(viewer: Viewer, department_id: int | None, year: int) -> list[Without]:
    """Those that lose their money in the year first, then those that have none already; the dearest first."""
    found = []
    for paid in services(viewer, department_id, range(year, year + 1)):
        parts = paid.borne.in_year(year)
        own = parts if department_id is None else {department_id: parts.get(department_id, Cost())}
        cost = sum(own.values(), Cost())
        if cost.unfinanced:
            found.append(Without(paid, cost, sorted(parts), paid.borne.running.loses_money_in(year)))
    return sorted(found, key=lambda row: (not row.loses, -row.cost.unfinanced, row.paid.service_id))
