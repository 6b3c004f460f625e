"""The benefit calculation of a project: from cost and benefit lines to everything that pages and PDFs show.

Amounts enter the yearly table when they are paid or saved, investments too: capital cost is the same money
seen by the budget, so it stands beside the table (`capital_plans`) and never in it. The first year is period
0.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import accumulate

from app.core.appraisal import benefit_cost_ratio, discount_factors, discounted_payback, irr_all, payback
from app.core.benefits import Beneficiary, BenefitCategory, BenefitLine, BenefitSchedule, yearly_benefits
from app.core.breakdown import (
    DepartmentResult,
    benefits_by,
    costs_by_financier,
    programme_money_by_year,
    result_by_department,
)
from app.core.costs import CostKind, CostLine, Financier, Investment, Treatment, investments
from app.core.errors import InconsistentInputError
from app.core.inputs import LONGEST_HORIZON, ZERO, calendar_year, rate, whole
from app.core.precision import working_precision
from app.core.warning_codes import WarningCode, warnings_for

__all__ = [
    "Assumptions",
    "Calculation",
    "CalculationTotals",
    "CalculationYear",
    "CostKind",
    "CostLine",
    "DepartmentResult",
    "Financier",
    "Investment",
    "Treatment",
    "WarningCode",
    "calculate",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """The programme's settings for a calculation.

    `discount_rate` and `internal_rate` are fractions per year, `price_year` is the year whose prices all
    amounts are shown in, `horizon_years` how many years are counted. `base_year` is the first of them; None
    means the first year with a cost or a priced benefit. `price_index` by year is needed only when a benefit
    has another price year.
    """

    discount_rate: Decimal
    internal_rate: Decimal
    price_year: int
    horizon_years: int
    base_year: int | None = None
    price_index: Mapping[int, Decimal] | None = None

    def __post_init__(self) -> None:
        rate(self.discount_rate, "discount_rate")
        rate(self.internal_rate, "internal_rate")
        calendar_year(self.price_year, "price_year")
        whole(self.horizon_years, "horizon_years", least=1, most=LONGEST_HORIZON)
        if self.base_year is not None:
            calendar_year(self.base_year, "base_year")


@dataclass(frozen=True, slots=True)
class CalculationYear:
    """One year of the table, kronor: `net` = benefit - cost, `present_value` = net x factor."""

    year: int
    one_off: Decimal
    recurring: Decimal
    cost: Decimal
    benefit: Decimal
    net: Decimal
    factor: Decimal
    present_value: Decimal
    cumulative: Decimal
    cumulative_present_value: Decimal


@dataclass(frozen=True, slots=True)
class CalculationTotals:
    """Sums over the years of the table, kronor."""

    one_off: Decimal
    recurring: Decimal
    cost: Decimal
    benefit: Decimal
    net: Decimal
    present_value: Decimal


@dataclass(frozen=True, kw_only=True)
class Calculation:
    """The result. Without any amounts `years` and `rows` are empty, sums are 0 and ratios are None.
    Without a priced benefit `benefit_cost_ratio` is None too.

    Within the calculation period: `rows`, `totals`, `by_department`, `by_category`, `by_beneficiary`.
    Over all years, also beyond it: `applied_amount`, `own_budget_amount`, `by_financier`,
    `by_year_and_department` (year -> department -> kronor), `capital_plans`.
    `payback` and `discounted_payback` are in years from the first year; `break_even_year` is the first
    calendar year from which the cumulative present value stays at or above 0.
    `warnings` maps each code to the keys of the lines that it concerns.
    """

    assumptions: Assumptions
    years: tuple[int, ...]
    rows: tuple[CalculationYear, ...]
    totals: CalculationTotals
    net_present_value: Decimal
    benefit_cost_ratio: Decimal | None
    payback: Decimal | None
    discounted_payback: Decimal | None
    break_even_year: int | None
    applied_amount: Decimal
    own_budget_amount: Decimal
    by_department: tuple[DepartmentResult, ...]
    by_category: Mapping[BenefitCategory, Decimal]
    by_beneficiary: Mapping[Beneficiary, Decimal]
    by_financier: Mapping[Financier, Decimal]
    by_year_and_department: Mapping[int, Mapping[str, Decimal]]
    capital_plans: tuple[Investment, ...]
    schedules: tuple[BenefitSchedule, ...]
    unpriced_benefits: tuple[BenefitLine, ...]
    warnings: Mapping[WarningCode, tuple[str, ...]]

    @cached_property
    def irr(self) -> tuple[Decimal, ...]:
        """Every internal rate of return of the yearly net, ascending; found when first asked for."""
        return tuple(irr_all([row.net for row in self.rows]))


def calculate(
    costs: Sequence[CostLine], benefits: Sequence[BenefitLine], assumptions: Assumptions
) -> Calculation:
    """Calculate a project. Nothing to calculate gives an empty Calculation, never an exception.

    Raises InconsistentInputError when two cost lines or two benefit lines share a key, MissingInputError when
    a benefit has another price year and there is no price index for it.
    """
    _check_keys(costs, "costs")
    _check_keys(benefits, "benefits")
    with working_precision():
        years = _years(costs, benefits, assumptions)
        schedules = tuple(
            yearly_benefits(line, years, assumptions.price_year, assumptions.price_index) for line in benefits
        )
        rows = _rows(years, costs, schedules, assumptions.discount_rate)
        net = [row.net for row in rows]
        by_financier = costs_by_financier(costs)
        return Calculation(
            assumptions=assumptions,
            years=years,
            rows=rows,
            totals=_totals(rows),
            net_present_value=rows[-1].cumulative_present_value if rows else ZERO,
            benefit_cost_ratio=_ratio(benefits, rows, assumptions.discount_rate),
            payback=payback(net),
            discounted_payback=discounted_payback(assumptions.discount_rate, net),
            break_even_year=_break_even_year(rows),
            applied_amount=by_financier[Financier.PROGRAMME],
            own_budget_amount=by_financier[Financier.OWN_BUDGET],
            by_department=result_by_department(years, costs, benefits, schedules),
            by_category=benefits_by(BenefitCategory, lambda line: line.category, benefits, schedules),
            by_beneficiary=benefits_by(Beneficiary, lambda line: line.beneficiary, benefits, schedules),
            by_financier=by_financier,
            by_year_and_department=programme_money_by_year(costs),
            capital_plans=investments(costs, assumptions.internal_rate),
            schedules=schedules,
            unpriced_benefits=tuple(line for line in benefits if not line.is_priced),
            warnings=warnings_for(years, costs, benefits),
        )


def _check_keys(lines: Sequence[CostLine] | Sequence[BenefitLine], field: str) -> None:
    seen: set[str] = set()
    for line in lines:
        if line.key in seen:
            raise InconsistentInputError(field, "duplicate_key", f"two lines have the key {line.key!r}")
        seen.add(line.key)


def _years(
    costs: Sequence[CostLine], benefits: Sequence[BenefitLine], assumptions: Assumptions
) -> tuple[int, ...]:
    first_years = [year for line in costs for year, amount in line.amounts.items() if amount]
    first_years += [line.start.year for line in benefits if line.is_priced]
    if not first_years:
        return ()
    first = min(first_years) if assumptions.base_year is None else assumptions.base_year
    return tuple(range(first, first + assumptions.horizon_years))


def _rows(
    years: Sequence[int],
    costs: Sequence[CostLine],
    schedules: Sequence[BenefitSchedule],
    discount_rate: Decimal,
) -> tuple[CalculationYear, ...]:
    def spent(year: int, *, recurring: bool) -> Decimal:
        return sum((line.amounts.get(year, ZERO) for line in costs if line.is_recurring is recurring), ZERO)

    one_off = [spent(year, recurring=False) for year in years]
    recurring = [spent(year, recurring=True) for year in years]
    cost = [once + again for once, again in zip(one_off, recurring, strict=True)]
    benefit = [
        sum((schedule.rows[i].amount or ZERO for schedule in schedules), ZERO) for i in range(len(years))
    ]
    net = [gain - pain for gain, pain in zip(benefit, cost, strict=True)]
    factors = discount_factors(discount_rate, len(years))
    present = [amount * factor for amount, factor in zip(net, factors, strict=True)]
    columns = zip(
        years,
        one_off,
        recurring,
        cost,
        benefit,
        net,
        factors,
        present,
        accumulate(net),
        accumulate(present),
        strict=True,
    )
    return tuple(CalculationYear(*column) for column in columns)


def _ratio(
    benefits: Sequence[BenefitLine], rows: Sequence[CalculationYear], discount_rate: Decimal
) -> Decimal | None:
    if not any(line.is_priced for line in benefits):
        return None  # 0 would say that the benefits are worth nothing; they are only not priced
    return benefit_cost_ratio(discount_rate, [row.benefit for row in rows], [row.cost for row in rows])


def _totals(rows: Sequence[CalculationYear]) -> CalculationTotals:
    def total(column: Callable[[CalculationYear], Decimal]) -> Decimal:
        return sum(map(column, rows), ZERO)

    return CalculationTotals(
        one_off=total(lambda row: row.one_off),
        recurring=total(lambda row: row.recurring),
        cost=total(lambda row: row.cost),
        benefit=total(lambda row: row.benefit),
        net=total(lambda row: row.net),
        present_value=total(lambda row: row.present_value),
    )


def _break_even_year(rows: Sequence[CalculationYear]) -> int | None:
    found = None
    for row in reversed(rows):
        if row.cumulative_present_value < 0:
            break
        found = row.year
    return found
