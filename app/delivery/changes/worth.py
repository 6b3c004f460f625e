"""What a project is worth, as it is and as a request would have it: by the calculation of the application."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from app.benefits.inputs import Inputs
from app.benefits.values import BenefitEntry, BenefitMethod, CostEntry, CostValues, Entry
from app.core.calculation import Calculation
from app.core.changed_plan import decided_benefits
from app.core.money import round_half_up
from app.core.plan import BenefitStart, BudgetLine, Plan
from app.core.precision import working_precision
from app.delivery.plans.proposal import is_of_project

ZERO = Decimal(0)


@dataclass(frozen=True)
class Worth:
    """What the calculation comes to, in kronor; benefits by the number of their line, those with a price."""

    present_value: Decimal
    """Of the whole: benefits less costs."""
    benefits: Mapping[int, Decimal]
    """The present value of each, whole kronor."""
    yearly: Mapping[int, Decimal]
    """What each is worth in a year at full effect, in its own prices."""


def as_planned(decided: Inputs, plan: Plan, departments: Mapping[str, int]) -> Inputs:
    """The decided calculation with the plan's budget in the place of what the project was to cost, and its
    benefits from when, and as much as, the plan says.

    What the service costs to run afterwards stays as it was decided.
    """
    afterwards = tuple(entry for entry in decided.costs if not is_of_project(entry.values))
    budget = tuple(_cost(place, line, departments[line.department]) for place, line in enumerate(plan.budget))
    return replace(with_benefits(decided, plan.benefits), costs=(*budget, *afterwards))


def promised(decided: Inputs, baselines: Sequence[Plan]) -> Inputs:
    """The decided calculation with its benefits from when, and as much as, decisions since have said.

    A day that the project's leader set before the plan was established changes no promise.
    """
    return with_benefits(decided, decided_benefits(baselines))


def with_benefits(decided: Inputs, benefits: Sequence[BenefitStart]) -> Inputs:
    """The decided calculation with these benefits from when, and as much as, is said; the rest as it was."""
    planned = {row.key: row for row in benefits}
    changed = tuple(_benefit(entry, planned.get(line_number(entry.key))) for entry in decided.benefits)
    return replace(decided, benefits=changed)


def worths(now: Inputs, later: Inputs) -> tuple[Worth, Worth]:
    """What both come to, counted from the same year."""
    years = [*now.calculation.years[:1], *later.calculation.years[:1]]
    # Money that moves out of the first year must not move the year that everything is discounted to.
    base = min(years) if years else None
    first, second = (_worth(replace(inputs, base_year=base)) for inputs in (now, later))
    return first, second


def line_number(key: str) -> int:
    """The number of the benefit's line: its key in a calculation is `benefit-12`."""
    return int(key.removeprefix("benefit-"))


def _worth(inputs: Inputs) -> Worth:
    return Worth(
        inputs.calculation.net_present_value,
        _present_values(inputs.calculation),
        {line_number(key): amount for key, amount in inputs.full_years.items()},
    )


def _present_values(calculation: Calculation) -> dict[int, Decimal]:
    factors = {row.year: row.factor for row in calculation.rows}
    with working_precision():
        return {
            line_number(schedule.key): round_half_up(
                sum(((row.amount or ZERO) * factors[row.year] for row in schedule.rows), ZERO)
            )
            for schedule in calculation.schedules
            if schedule.total is not None
        }


def _cost(place: int, line: BudgetLine, department_id: int) -> CostEntry:
    values = CostValues(
        description=line.description,
        kind=line.kind,
        department_id=department_id,
        financier=line.financier,
        amounts=line.amounts,
    )
    return Entry(f"budget-{place}", line.department, values)


def _benefit(entry: BenefitEntry, planned: BenefitStart | None) -> BenefitEntry:
    if planned is None:
        return entry
    values = replace(entry.values, starts_on=planned.starts_on or entry.values.starts_on)
    if planned.yearly is not None:
        values = replace(values, method=BenefitMethod.FIXED, fixed_amount=planned.yearly)
    return replace(entry, values=values)
