"""Reading what services cost and for how long there is money, of those that the viewer may see."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select

from app.accounts.access import Viewer
from app.core.cost_cliff import Cost, Running
from app.core.operation import Standing, YearlyCost, YearlyKind
from app.db import db
from app.operations.models import OperatedService, ServiceCost
from app.operations.queries import lives, seen_by

PAYER: ColumnElement[int] = func.coalesce(OperatedService.payer_department_id, OperatedService.department_id)
"""The department that pays; the one that owns the service while nobody has said."""


@dataclass(frozen=True, slots=True)
class Paid:
    """A service, and the department that pays for it."""

    service_id: int
    title: str
    payer_id: int
    running: Running


def services(viewer: Viewer, department_id: int | None, years: range) -> list[Paid]:
    """Every service that is in use or planned, with what it costs in these years."""
    asked = _asked(viewer, department_id)
    costs = _costs(asked, years)
    mine = OperatedService
    query = (
        select(mine.id, mine.title, PAYER, mine.financed_until, mine.launched_on, mine.decommission_on)
        .where(asked)
        .order_by(mine.id)
    )
    return [
        Paid(number, title, payer_id, Running(costs.get(number, ()), *days))
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


def _asked(viewer: Viewer, department_id: int | None) -> ColumnElement[bool]:
    conditions = [seen_by(viewer), lives(), OperatedService.standing != Standing.DECOMMISSIONED.value]
    if department_id is not None:
        conditions.append(PAYER.in_([department_id]))
    return and_(*conditions)


# --- those that lack money in a year ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Without:
    """A service that lacks money in the year that is asked for."""

    paid: Paid
    cost: Cost
    loses: bool
    """It had money until then."""


def without_money(viewer: Viewer, department_id: int | None, year: int) -> list[Without]:
    """Those that lose their money in the year first, then those that have none already; the dearest first."""
    found = []
    for paid in services(viewer, department_id, range(year, year + 1)):
        cost = paid.running.in_year(year)
        if cost.unfinanced:
            found.append(Without(paid, cost, paid.running.loses_money_in(year)))
    return sorted(found, key=lambda row: (not row.loses, -row.cost.unfinanced, row.paid.service_id))
