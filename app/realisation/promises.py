"""The register keeps what each baseline promises: taken up in the transaction that fixes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from app.benefits.inputs import Inputs
from app.benefits.values import NEEDED, BenefitEntry, BenefitMethod, BenefitValues
from app.core.benefits import BenefitSchedule
from app.core.money import ONE_ORE, round_half_up
from app.core.precision import working_precision
from app.db import db
from app.delivery.changes.queries import decided_calculation, numbers_of_departments, promised_by
from app.delivery.changes.worth import as_planned, line_number
from app.delivery.plans import queries as plans
from app.delivery.plans.established import when_fixed
from app.history.service import Actor, record
from app.projects.models import Project
from app.realisation import queries
from app.realisation.models import Benefit
from app.realisation.standing import settle

UNIT_VALUES = ("hourly_rate", "unit_price")
ONE = Decimal(1)


@when_fixed
def take_up(actor: Actor, project: Project, now: datetime) -> None:
    """Let the register say what the plan that has just been fixed promises."""
    plan = plans.current_plan(project.id)
    if plan is None:
        return
    decided = decided_calculation(project.id)
    first = {entry.key: entry.values for entry in decided.benefits}
    costs = as_planned(decided, plan, numbers_of_departments()).costs
    inputs = replace(promised_by(project.id), costs=costs)
    schedules = {row.key: row for row in inputs.calculation.schedules}
    known = {row.benefit_line_id: row for row in queries.benefits_of(project.id)}
    planned = {row.key for row in plan.benefits}
    for position, entry in enumerate(inputs.benefits):
        number = line_number(entry.key)
        if number not in planned:
            continue
        row = known.get(number)
        if row is None:
            row = Benefit(project_id=project.id, benefit_line_id=number, realised=Decimal(0))
            db.session.add(row)
        with db.session.no_autoflush:
            _count_by(row, first[entry.key], as_decided=first[entry.key].method is entry.values.method)
            row.evidence = _grade(first[entry.key])
            _promise(row, position, entry, inputs, schedules.get(entry.key))
        if number not in known or db.session.is_modified(row):
            record(actor, "promise_benefit", row, note=row.name, now=now)
        settle(row)


def _count_by(row: Benefit, values: BenefitValues, *, as_decided: bool) -> None:
    """What is counted stays what the decided application counts with, also when a later decision has said
    another amount a year; what it counted with is then no longer what is promised."""
    row.method = values.method.value
    row.unit_value = next((found for name in UNIT_VALUES if (found := _input(values, name))), None)
    row.counted = {
        name: f"{value.normalize():f}"
        for name in NEEDED[values.method]
        if as_decided and name not in UNIT_VALUES and (value := _input(values, name)) is not None
    }


def _promise(
    row: Benefit, position: int, entry: BenefitEntry, inputs: Inputs, schedule: BenefitSchedule | None
) -> None:
    values, settings = entry.values, inputs.settings
    factor = _factor(inputs, values)
    row.position, row.name, row.department_id = position, values.description, values.department_id
    row.category = values.category.value
    row.price_factor = f"{factor.normalize():f}"
    row.price_year = settings.price_year
    row.starts_on, row.ends_on = values.starts_on, values.ends_on
    row.ramp = [f"{step.normalize():f}" for step in values.ramp]
    row.yearly = row.promised_total = None
    row.promised = {}
    if schedule is None or schedule.total is None:
        row.method = BenefitMethod.DESCRIBED.value
    else:
        with working_precision():
            row.yearly = round_half_up(inputs.full_years[entry.key] * factor, ONE_ORE)
        years = {year.year: round_half_up(year.amount or Decimal(0)) for year in schedule.rows}
        row.promised = {str(year): f"{amount:f}" for year, amount in years.items() if amount}
        row.promised_total = sum(years.values(), Decimal(0))


def _grade(values: BenefitValues) -> str | None:
    return values.evidence.value if values.evidence else None


def _input(values: BenefitValues, name: str) -> Decimal | None:
    """What the calculation counts with, if its method does."""
    found: Decimal | None = getattr(values, name) if name in NEEDED[values.method] else None
    return found


def _factor(inputs: Inputs, values: BenefitValues) -> Decimal:
    settings = inputs.settings
    year = settings.other_price_year(replace(values, price_year=values.price_year or settings.price_year))
    return (None if year is None else settings.index_between(year)) or ONE
