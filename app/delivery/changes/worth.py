"""What a project is worth, as it is and as a request would have it: by the calculation of the application."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from app.benefits.inputs import Inputs
from app.benefits.values import CostEntry, CostValues, Entry
from app.core.plan import BudgetLine, Plan
from app.delivery.plans.proposal import is_of_project


def as_planned(decided: Inputs, plan: Plan, departments: Mapping[str, int]) -> Inputs:
    """The decided calculation with the plan's budget in the place of what the project was to cost.

    What the service costs to run afterwards stays as it was decided.
    """
    afterwards = tuple(entry for entry in decided.costs if not is_of_project(entry.values))
    budget = tuple(_cost(place, line, departments[line.department]) for place, line in enumerate(plan.budget))
    return replace(decided, costs=(*budget, *afterwards))


def present_values(now: Inputs, later: Inputs) -> tuple[Decimal, Decimal]:
    """The present value of both, counted from the same year."""
    first, second = _from_one_year(now, later)
    return first.calculation.net_present_value, second.calculation.net_present_value


def _from_one_year(now: Inputs, later: Inputs) -> tuple[Inputs, Inputs]:
    """Money that moves out of the first year must not move the year that everything is discounted to."""
    years = [*now.calculation.years[:1], *later.calculation.years[:1]]
    base = min(years) if years else None
    return replace(now, base_year=base), replace(later, base_year=base)


def _cost(place: int, line: BudgetLine, department_id: int) -> CostEntry:
    values = CostValues(
        description=line.description,
        kind=line.kind,
        department_id=department_id,
        financier=line.financier,
        amounts=line.amounts,
    )
    return Entry(f"budget-{place}", line.department, values)
