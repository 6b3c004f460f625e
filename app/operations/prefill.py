"""What a decided application says of the service that its project is to launch: where the register begins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from app.applications.operating import OperatingPlan, operating_plan_in
from app.benefits.snapshot import inputs_from_json
from app.core.costs import CostKind
from app.core.money import ONE_ORE, round_half_up
from app.core.operation import YearlyCost, YearlyKind, as_spans
from app.operations.values import HolderValues, MoneyValues, ServiceValues

Document = Mapping[str, Any]
"""A version of an application: see `app.applications.snapshot`."""


def service_in(version: Document) -> ServiceValues:
    """What the service is."""
    plan = operating_plan_in(version)
    return ServiceValues(
        title=version["title"],
        service_level=plan.maintenance,
        supplier=plan.supplier,
        contract_ends_on=plan.contract_end,
        confidentiality=plan.classes.get("confidentiality"),
        integrity=plan.classes.get("integrity"),
        availability=plan.classes.get("availability"),
    )


def holders_in(version: Document, lead_department_id: int) -> HolderValues:
    """Who is to own it. Who maintains it is not asked of an applicant."""
    plan = operating_plan_in(version)
    return HolderValues(department_id=plan.department_id or lead_department_id, owner_role=plan.owner)


def money_in(version: Document) -> MoneyValues:
    """What it is to cost, and who pays."""
    plan = operating_plan_in(version)
    return MoneyValues(
        payer_department_id=plan.department_id,
        payer=plan.payer,
        financed_until=plan.financed_until,
        costs=[*(_operation(version) or _as_said(version, plan)), *_capital(version)],
    )


def _operation(version: Document) -> list[YearlyCost]:
    """The lines of the calculation for operation, whoever pays them."""
    by_year: dict[int, Decimal] = {}
    for entry in inputs_from_json(version["calculation"]).costs:
        if entry.values.kind is CostKind.OPERATION:
            for year, amount in entry.values.amounts.items():
                by_year[year] = by_year.get(year, Decimal(0)) + amount
    return as_spans(YearlyKind.OPERATION, by_year)


def _as_said(version: Document, plan: OperatingPlan) -> list[YearlyCost]:
    """Where the calculation has no line: what the operating plan says, from the end of the project on."""
    ends = version["sections"].get("summary", {}).get("period_end")
    if not plan.yearly_cost or plan.financed_until is None or not ends:
        return []
    first = min(date.fromisoformat(ends).year, plan.financed_until.year)
    return [YearlyCost(YearlyKind.OPERATION, first, plan.financed_until.year, plan.yearly_cost)]


def _capital(version: Document) -> Iterator[YearlyCost]:
    """Depreciation and interest of what is invested, to the öre."""
    by_year: dict[int, Decimal] = {}
    for investment in inputs_from_json(version["calculation"]).calculation.capital_plans:
        for row in investment.plan.rows:
            year = investment.first_year + row.year - 1
            by_year[year] = by_year.get(year, Decimal(0)) + row.cost
    rounded = {year: round_half_up(amount, ONE_ORE) for year, amount in by_year.items()}
    yield from as_spans(YearlyKind.CAPITAL, rounded)
