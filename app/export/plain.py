"""A calculation as plain data, and how amounts and days are written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.applications.models import ApplicationVersion
from app.benefits.inputs import Inputs
from app.benefits.queries import SettingsMissingError, inputs_for
from app.benefits.snapshot import inputs_from_json
from app.benefits.values import BenefitEntry, CostEntry
from app.core.benefits import BenefitSchedule
from app.core.calculation import Calculation, Investment
from app.core.clock import local_day
from app.core.money import round_half_up
from app.projects.models import Project

Json = dict[str, Any]

_ORE, _MILLIONTH = Decimal("0.01"), Decimal("0.000001")


def amount(value: Decimal | None) -> str | None:
    """Kronor: `8000000`, or `494500.25` when there are öre."""
    if value is None:
        return None
    rounded = round_half_up(value, _ORE)
    return f"{rounded.to_integral_value() if rounded == rounded.to_integral_value() else rounded:f}"


def number(value: Decimal | None) -> str | None:
    """A rate, a ratio or a number of years, at most six decimals: `0.035`."""
    return None if value is None else f"{round_half_up(value, _MILLIONTH).normalize():f}"


def day(value: date | datetime | None) -> str | None:
    """A day in Sweden: `2027-03-31`."""
    if isinstance(value, datetime):
        value = local_day(value)
    return None if value is None else value.isoformat()


def calculation_of(project: Project, version: ApplicationVersion | None, today: date) -> Json:
    """The calculation of the newest version, as it was fixed; of a draft, as it stands today."""
    basis: Json = {"project_id": project.id, "version": version.number if version else None}
    try:
        inputs = inputs_from_json(version.content["calculation"]) if version else inputs_for(project, today)
    except SettingsMissingError:
        return basis | {"settings": None}
    calculation = inputs.calculation
    return basis | _assumptions(inputs) | _key_figures(calculation) | _tables(calculation) | _lines(inputs)


def _assumptions(inputs: Inputs) -> Json:
    settings = inputs.settings
    return {
        "settings": {
            "valid_from": day(settings.valid_from),
            "discount_rate": number(settings.discount_rate),
            "internal_rate": number(settings.internal_rate),
            "price_year": settings.price_year,
            "horizon_years": settings.horizon_years,
            "price_index": {str(year): number(value) for year, value in settings.price_index.items()},
        }
    }


def _key_figures(calculation: Calculation) -> Json:
    return {
        "applied_amount": amount(calculation.applied_amount),
        "own_budget_amount": amount(calculation.own_budget_amount),
        "total_cost": amount(calculation.totals.cost),
        "total_benefit": amount(calculation.totals.benefit),
        "net": amount(calculation.totals.net),
        "net_present_value": amount(calculation.net_present_value),
        "benefit_cost_ratio": number(calculation.benefit_cost_ratio),
        "internal_rates_of_return": [number(rate) for rate in calculation.irr],
        "payback_years": number(calculation.payback),
        "discounted_payback_years": number(calculation.discounted_payback),
        "break_even_year": calculation.break_even_year,
    }


def _tables(calculation: Calculation) -> Json:
    return {
        "years": [
            {
                "year": row.year,
                "one_off": amount(row.one_off),
                "recurring": amount(row.recurring),
                "cost": amount(row.cost),
                "benefit": amount(row.benefit),
                "net": amount(row.net),
                "factor": number(row.factor),
                "present_value": amount(row.present_value),
                "cumulative": amount(row.cumulative),
                "cumulative_present_value": amount(row.cumulative_present_value),
            }
            for row in calculation.rows
        ],
        "applied": [
            {"department": department, "year": year, "amount": amount(value)}
            for year, departments in calculation.by_year_and_department.items()
            for department, value in departments.items()
        ],
        "by_department": [
            {
                "department": row.department,
                "cost": amount(row.cost),
                "benefit": amount(row.benefit),
                "cost_share": number(row.cost_share),
                "benefit_share": number(row.benefit_share),
            }
            for row in calculation.by_department
        ],
        "by_category": _by_name(calculation.by_category),
        "by_beneficiary": _by_name(calculation.by_beneficiary),
        "by_financier": _by_name(calculation.by_financier),
        "capital_cost": _capital_cost(calculation),
        "capital_plans": [_plan(investment) for investment in calculation.capital_plans],
        "warnings": {str(code): list(keys) for code, keys in calculation.warnings.items()},
    }


def _by_name(amounts: Mapping[Any, Decimal]) -> Json:
    return {str(name): amount(value) for name, value in amounts.items()}


def _capital_cost(calculation: Calculation) -> Json:
    """What all investments together burden each calendar year with."""
    years: defaultdict[int, list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 2)
    for investment in calculation.capital_plans:
        for row in investment.plan.rows:
            of_year = years[investment.first_year + row.year - 1]
            of_year[0] += row.depreciation
            of_year[1] += row.interest
    sums = [sum(column, Decimal(0)) for column in zip(*years.values(), strict=True)] or [Decimal(0)] * 2
    return {
        "years": [{"year": year, **_burden(*years[year])} for year in sorted(years)],
        "total": _burden(*sums),
    }


def _burden(depreciation: Decimal, interest: Decimal) -> Json:
    return {
        "depreciation": amount(depreciation),
        "interest": amount(interest),
        "cost": amount(depreciation + interest),
    }


def _plan(investment: Investment) -> Json:
    return {
        "line": investment.key,
        "department": investment.department,
        "rows": [
            {
                "year": investment.first_year + row.year - 1,
                "opening": amount(row.opening),
                **_burden(row.depreciation, row.interest),
                "closing": amount(row.closing),
            }
            for row in investment.plan.rows
        ],
    }


def _lines(inputs: Inputs) -> Json:
    schedules = {schedule.key: schedule for schedule in inputs.calculation.schedules}
    return {
        "cost_lines": [_cost_line(entry) for entry in inputs.costs],
        "benefit_lines": [_benefit_line(entry, schedules.get(entry.key)) for entry in inputs.benefits],
        "left_out": [
            {"line": gap.key, "field": gap.field, "reason": gap.reason.value} for gap in inputs.gaps
        ],
    }


def _cost_line(entry: CostEntry) -> Json:
    values = entry.values
    return {
        "key": entry.key,
        "description": values.description,
        "kind": values.kind.value,
        "treatment": values.treatment.value,
        "depreciation_years": values.depreciation_years,
        "department": entry.department,
        "financier": values.financier.value,
        "amounts": {str(year): amount(value) for year, value in sorted(values.amounts.items())},
        "source": values.source,
    }


def _benefit_line(entry: BenefitEntry, schedule: BenefitSchedule | None) -> Json:
    values, rows = entry.values, schedule.rows if schedule is not None else ()
    return {
        "key": entry.key,
        "description": values.description,
        "category": values.category.value,
        "beneficiary": values.beneficiary.value,
        "department": entry.department,
        "method": values.method.value,
        "price_year": values.price_year,
        "starts_on": day(values.starts_on),
        "ramp": [number(share) for share in values.ramp],
        "amounts": {str(row.year): amount(row.amount) for row in rows if row.amount is not None},
        "total": amount(schedule.total) if schedule is not None else None,
        "owner": values.owner_role,
        "indicator": values.indicator,
        "taken_home": values.taken_home_how,
        "source": values.source,
        "evidence": values.evidence.value if values.evidence else None,
    }
