"""Who pays and who gains: the amounts of a calculation by department, purpose and financier."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from app.core.benefits import BenefitLine, BenefitSchedule
from app.core.costs import CostLine, Financier
from app.core.inputs import ZERO
from app.core.precision import plain

Group = TypeVar("Group", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class DepartmentResult:
    """What one department pays and gains, kronor, and its shares of all cost and all priced benefit.

    A share is a fraction from 0 to 1, or None when there is nothing to share.
    """

    department: str
    cost: Decimal
    benefit: Decimal
    cost_share: Decimal | None
    benefit_share: Decimal | None

    @property
    def net(self) -> Decimal:
        """Benefit less cost, kronor."""
        return self.benefit - self.cost


def result_by_department(
    years: Sequence[int],
    costs: Sequence[CostLine],
    benefits: Sequence[BenefitLine],
    schedules: Sequence[BenefitSchedule],
) -> tuple[DepartmentResult, ...]:
    """Every department of any line, in alphabetical order, with its amounts in `years`."""
    cost: defaultdict[str, Decimal] = defaultdict(Decimal)
    benefit: defaultdict[str, Decimal] = defaultdict(Decimal)
    for line in costs:
        cost[line.department] += sum((line.amounts.get(year, ZERO) for year in years), ZERO)
    for gain, schedule in zip(benefits, schedules, strict=True):
        benefit[gain.department] += schedule.total or ZERO
    all_cost, all_benefit = sum(cost.values(), ZERO), sum(benefit.values(), ZERO)
    return tuple(
        DepartmentResult(
            department=name,
            cost=cost[name],
            benefit=benefit[name],
            cost_share=_share(cost[name], all_cost),
            benefit_share=_share(benefit[name], all_benefit),
        )
        for name in sorted({*cost, *benefit})
    )


def _share(part: Decimal, whole: Decimal) -> Decimal | None:
    return plain(part / whole) if whole else None


def benefits_by(
    groups: type[Group],
    group_of: Callable[[BenefitLine], Group],
    benefits: Sequence[BenefitLine],
    schedules: Sequence[BenefitSchedule],
) -> Mapping[Group, Decimal]:
    """Kronor of priced benefit for every member of `groups`, 0 included, in the order of the enumeration."""
    amounts = dict.fromkeys(groups, ZERO)
    for line, schedule in zip(benefits, schedules, strict=True):
        amounts[group_of(line)] += schedule.total or ZERO
    return amounts


def costs_by_financier(costs: Sequence[CostLine]) -> Mapping[Financier, Decimal]:
    """Kronor over all years for every financier, 0 included."""
    amounts = dict.fromkeys(Financier, ZERO)
    for line in costs:
        amounts[line.financier] += line.total
    return amounts


def programme_money_by_year(costs: Sequence[CostLine]) -> Mapping[int, Mapping[str, Decimal]]:
    """Kronor applied for from the programme: year -> department -> amount, both ascending, zeros left out."""
    amounts: defaultdict[tuple[int, str], Decimal] = defaultdict(Decimal)
    for line in costs:
        if line.financier is Financier.PROGRAMME:
            for year, amount in line.amounts.items():
                amounts[year, line.department] += amount
    by_year: dict[int, dict[str, Decimal]] = {}
    for (year, department), amount in sorted(amounts.items()):
        if amount:
            by_year.setdefault(year, {})[department] = amount
    return by_year
