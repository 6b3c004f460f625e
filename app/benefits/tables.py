"""A calculation in whole kronor: tables whose rows and columns add up, for the page and for paper alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import accumulate

from app.benefits.inputs import Inputs
from app.benefits.rounding import ZERO, fitted, percents
from app.benefits.values import BenefitEntry, BenefitMethod, CostEntry
from app.core.benefits import BenefitSchedule
from app.core.calculation import Calculation
from app.core.costs import Financier
from app.core.money import round_half_up, whole_kronor


@dataclass(frozen=True)
class YearRow:
    """A year of the calculation in whole kronor; the last row is the sum and has no factor."""

    year: int | None
    one_off: Decimal
    recurring: Decimal
    cost: Decimal
    benefit: Decimal
    net: Decimal
    factor: Decimal | None
    present_value: Decimal
    cumulative: Decimal | None


@dataclass(frozen=True)
class YearTable:
    """The years and their sum."""

    rows: tuple[YearRow, ...]
    total: YearRow


@dataclass(frozen=True)
class CapitalRow:
    """What all investments together burden a year with."""

    year: int
    opening: Decimal
    depreciation: Decimal
    interest: Decimal
    cost: Decimal
    closing: Decimal


@dataclass(frozen=True)
class CapitalTable:
    """The years of all investments, and their sums."""

    rows: tuple[CapitalRow, ...]
    invested: Decimal
    interest: Decimal
    cost: Decimal


@dataclass(frozen=True)
class DepartmentRow:
    """What a department pays and gains in the calculation period; shares are whole per cent."""

    department: str
    cost: Decimal
    cost_percent: Decimal | None
    benefit: Decimal
    benefit_percent: Decimal | None

    @property
    def net(self) -> Decimal:
        """Benefit less cost."""
        return self.benefit - self.cost


@dataclass(frozen=True)
class ShareRow:
    """One group's part of the benefits; shares are whole per cent."""

    group: StrEnum
    amount: Decimal
    percent: Decimal | None


@dataclass(frozen=True)
class CostRow:
    """A cost line over all its years."""

    entry: CostEntry
    total: Decimal
    counted: bool

    @property
    def years(self) -> str:
        """`2027`, or `2027–2029`."""
        years = sorted(self.entry.values.amounts)
        return "–".join(map(str, years if len(years) < 2 else (years[0], years[-1])))


@dataclass(frozen=True)
class CostTable:
    """The cost lines over all years, and who pays."""

    rows: tuple[CostRow, ...]
    total: Decimal
    programme: Decimal
    own_budget: Decimal


@dataclass(frozen=True)
class BenefitRow:
    """A benefit line in the calculation period; no total when it has no price or lacks something."""

    entry: BenefitEntry
    total: Decimal | None
    schedule: BenefitSchedule | None
    counted: bool


@dataclass(frozen=True)
class BenefitTable:
    """The benefit lines that have a price, or will have one, and their sum."""

    rows: tuple[BenefitRow, ...]
    total: Decimal


def yearly(calculation: Calculation) -> YearTable:
    """The calculation year by year."""
    rows = calculation.rows
    costs = whole_kronor(row.cost for row in rows)
    benefits = whole_kronor(row.benefit for row in rows)
    values = whole_kronor(row.present_value for row in rows)
    so_far = list(accumulate(values))
    shown = []
    for index, row in enumerate(rows):
        cost, benefit = costs[index], benefits[index]
        one_off, recurring = fitted(cost, [row.one_off, row.recurring])
        shown.append(
            YearRow(
                year=row.year,
                one_off=one_off,
                recurring=recurring,
                cost=cost,
                benefit=benefit,
                net=benefit - cost,
                factor=row.factor,
                present_value=values[index],
                cumulative=so_far[index],
            )
        )

    def total(column: Callable[[YearRow], Decimal]) -> Decimal:
        return sum(map(column, shown), ZERO)

    whole = YearRow(
        year=None,
        one_off=total(lambda row: row.one_off),
        recurring=total(lambda row: row.recurring),
        cost=total(lambda row: row.cost),
        benefit=total(lambda row: row.benefit),
        net=total(lambda row: row.net),
        factor=None,
        present_value=total(lambda row: row.present_value),
        cumulative=None,
    )
    return YearTable(tuple(shown), whole)


def capital(calculation: Calculation) -> CapitalTable | None:
    """The capital cost of all investments together, by calendar year; None without investments.

    An investment enters the opening value of the year in which it is made.
    """
    plans = [plan for plan in calculation.capital_plans if plan.plan.rows[0].opening]
    if not plans:
        return None
    invested: dict[int, Decimal] = {}
    depreciation: dict[int, Decimal] = {}
    interest: dict[int, Decimal] = {}
    for made in plans:
        _add(invested, made.first_year, made.plan.rows[0].opening)
        for row in made.plan.rows:
            year = made.first_year + row.year - 1
            _add(depreciation, year, row.depreciation)
            _add(interest, year, row.interest)
    years = range(min(depreciation), max(depreciation) + 1)
    columns = zip(
        years,
        *(
            whole_kronor(column.get(year, ZERO) for year in years)
            for column in (invested, depreciation, interest)
        ),
        strict=True,
    )
    rows: list[CapitalRow] = []
    for year, new, worn, paid in columns:
        opening = new + (rows[-1].closing if rows else ZERO)
        rows.append(CapitalRow(year, opening, worn, paid, worn + paid, opening - worn))
    return CapitalTable(
        tuple(rows),
        sum((row.depreciation for row in rows), ZERO),
        sum((row.interest for row in rows), ZERO),
        sum((row.cost for row in rows), ZERO),
    )


def departments(calculation: Calculation) -> tuple[DepartmentRow, ...]:
    """Who pays and who gains."""
    results = calculation.by_department
    costs = whole_kronor(result.cost for result in results)
    benefits = whole_kronor(result.benefit for result in results)
    columns = zip(results, costs, percents(costs), benefits, percents(benefits), strict=True)
    return tuple(
        DepartmentRow(result.department, cost, cost_percent, benefit, benefit_percent)
        for result, cost, cost_percent, benefit, benefit_percent in columns
    )


def by_category(calculation: Calculation) -> tuple[ShareRow, ...]:
    """The benefits by how they are taken home."""
    return _shares(tuple(calculation.by_category), tuple(calculation.by_category.values()))


def by_beneficiary(calculation: Calculation) -> tuple[ShareRow, ...]:
    """The benefits by whom they are for."""
    return _shares(tuple(calculation.by_beneficiary), tuple(calculation.by_beneficiary.values()))


def _shares(groups: Sequence[StrEnum], amounts: Sequence[Decimal]) -> tuple[ShareRow, ...]:
    shown = whole_kronor(amounts)
    return tuple(ShareRow(*cells) for cells in zip(groups, shown, percents(shown), strict=True))


def cost_lines(inputs: Inputs) -> CostTable:
    """The cost lines; each financier's sum is the one that the key figures show."""
    left_out = {gap.key for gap in inputs.gaps}
    counted = [entry for entry in inputs.costs if entry.key not in left_out]
    calculation = inputs.calculation
    total = round_half_up(calculation.applied_amount + calculation.own_budget_amount)
    programme = round_half_up(calculation.applied_amount)
    sums = {Financier.PROGRAMME: programme, Financier.OWN_BUDGET: total - programme}
    shown: dict[str, Decimal] = {}
    for financier, amount in sums.items():
        paid = [entry for entry in counted if entry.values.financier is financier]
        parts = fitted(amount, [_total(entry) for entry in paid])
        shown |= {entry.key: part for entry, part in zip(paid, parts, strict=True)}
    return CostTable(
        tuple(
            CostRow(entry, shown.get(entry.key, _total(entry)), entry.key not in left_out)
            for entry in inputs.costs
        ),
        total,
        programme,
        total - programme,
    )


def benefit_lines(inputs: Inputs) -> BenefitTable:
    """The benefit lines that have or should have a price; `unpriced` has the others."""
    schedules = {schedule.key: schedule for schedule in inputs.calculation.schedules}
    priced = [entry for entry in inputs.benefits if entry.values.method is not BenefitMethod.DESCRIBED]
    totals = whole_kronor(schedules[e.key].total or ZERO for e in priced if e.key in schedules)
    shown = iter(totals)
    return BenefitTable(
        tuple(
            BenefitRow(entry, next(shown), schedules[entry.key], True)
            if entry.key in schedules
            else BenefitRow(entry, None, None, False)
            for entry in priced
        ),
        sum(totals, ZERO),
    )


def unpriced(inputs: Inputs) -> tuple[BenefitEntry, ...]:
    """The benefits that are told in words: they stand beside the money."""
    return tuple(entry for entry in inputs.benefits if entry.values.method is BenefitMethod.DESCRIBED)


def _total(entry: CostEntry) -> Decimal:
    return sum(entry.values.amounts.values(), ZERO)


def _add(amounts: dict[int, Decimal], year: int, amount: Decimal) -> None:
    amounts[year] = amounts.get(year, ZERO) + amount
