"""What can be done with a promised benefit: say how it is measured, measure it, put a measurement right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from sqlalchemy import update

from app.accounts.access import Viewer
from app.benefits.values import BenefitMethod
from app.closing.handover.queries import reading_departments
from app.core.clock import local_day
from app.core.realisation import must_explain, value_of
from app.core.verdict import RefusedError, require
from app.db import db, insert
from app.history.service import record
from app.projects import service as projects
from app.projects.models import Project
from app.realisation import measured, people, policy, queries
from app.realisation.models import Benefit, BenefitPlan, Indicator, IndicatorBalance, Measurement
from app.realisation.queries import BenefitOf, MeasurementOf
from app.realisation.standing import settle
from app.realisation.values import COUNTED, MeasurementValues, PlanValues, counted_by

ZERO = Decimal(0)
SETTLED = ("baseline", "baseline_on", "target", "share")
"""What a benefit that has been measured is held against: it stays."""


class ClaimedError(ValueError):
    """More than all of an indicator's movement would be claimed."""

    def __init__(self, left: Decimal) -> None:
        super().__init__(f"only {left} of the indicator is left")
        self.left = left


class OtherUnitError(ValueError):
    """The department counts something else under this name."""


class WrongWayError(ValueError):
    """The target is not the way from the baseline that the indicator becomes better."""


class OutsideTheCaseError(ValueError):
    """The person who is named does not read the case."""


class SettledError(ValueError):
    """What measurements are held against would change."""


class UnexplainedError(ValueError):
    """A measurement falls short of what was expected, and nothing says why."""


class MeasuredError(ValueError):
    """A month of the period is measured already."""


class NotOverError(ValueError):
    """The period is not over yet."""


# --- the plan --------------------------------------------------------------------------------------------


def save_plan(actor: Viewer, found: BenefitOf, values: PlanValues, now: datetime) -> BenefitPlan:
    """Say who answers for the benefit, by what it is seen, and how it is measured.

    Raises ClaimedError, OtherUnitError, WrongWayError, OutsideTheCaseError, SettledError.
    """
    require(policy.may_plan_benefit(actor, found))
    _check(found, values)
    indicator = _indicator(actor, found.project, values, now)
    plan = found.plan or BenefitPlan(project_id=found.project.id, benefit_id=found.benefit.id)
    _claim(plan, indicator, values.share)
    for name in (
        "department_id", "owner_role", "owner_id", "share", "baseline", "baseline_on", "baseline_source",
        "target", "target_on", "how", "every_months", "measurer_role", "measurer_id",
    ):  # fmt: skip
        setattr(plan, name, getattr(values, name))
    plan.indicator_id = indicator.id
    if found.plan is None:
        db.session.add(plan)
    if found.plan is None or db.session.is_modified(plan):
        record(actor, "save_benefit_plan", plan, note=found.benefit.name, now=now)
    taking_part = set(reading_departments(found.project) | {values.department_id})
    projects.set_departments(actor, found.project, taking_part, now)
    settle(found.benefit)
    return plan


def _check(found: BenefitOf, values: PlanValues) -> None:
    """Everything that can be wrong with it, before anything is written."""
    if not values.direction.leads(values.baseline, values.target):
        raise WrongWayError
    known = {row.id for row in people.candidates(found.project, values.department_id)}
    if {values.owner_id, values.measurer_id} - known - {None}:
        raise OutsideTheCaseError
    indicator = queries.indicator_named(values.department_id, values.indicator)
    if indicator is not None and (indicator.unit, indicator.direction) != (
        values.unit,
        values.direction.value,
    ):
        raise OtherUnitError
    _check_settled(found, indicator, values)
    if indicator is not None:
        own = found.plan.share if found.plan and found.plan.indicator_id == indicator.id else ZERO
        left = queries.left_of(indicator.id) + own
        if values.share > left:
            raise ClaimedError(left)


def _check_settled(found: BenefitOf, indicator: Indicator | None, values: PlanValues) -> None:
    """What a measurement is held against is not moved afterwards to where the measurement came."""
    plan = found.plan
    if plan is None or found.benefit.measured_until is None:
        return
    moved = any(getattr(plan, name) != getattr(values, name) for name in SETTLED)
    if moved or indicator is None or plan.indicator_id != indicator.id:
        raise SettledError


def _indicator(actor: Viewer, project: Project, values: PlanValues, now: datetime) -> Indicator:
    """What the department counts under this name, the same for every benefit that is seen by it."""
    found = queries.indicator_named(values.department_id, values.indicator)
    if found is not None:
        return found
    made = Indicator(
        department_id=values.department_id,
        name=values.indicator,
        unit=values.unit,
        direction=values.direction.value,
    )
    db.session.add(made)
    record(actor, "add_indicator", made, project_id=project.id, now=now)
    db.session.execute(insert(IndicatorBalance).values(indicator_id=made.id, claimed=ZERO))
    return made


def _claim(plan: BenefitPlan, indicator: Indicator, share: Decimal) -> None:
    """Let go of what the benefit claimed before, and claim its share of the indicator.

    Each is one conditional statement, whose CHECK says the same once more: of two who claim the last part at
    once, one is refused.
    """
    if plan.indicator_id is not None:
        _change_claim(plan.indicator_id, -plan.share)
    if not _change_claim(indicator.id, share):
        raise RefusedError(_l("Någon annan hann ta andelen av indikatorn. Ladda om sidan."))


def _change_claim(indicator_id: int, more: Decimal) -> bool:
    row = IndicatorBalance
    changed = db.session.scalar(
        update(row)
        .where(row.indicator_id == indicator_id, row.claimed <= Decimal(1) - more)
        .values(claimed=row.claimed + more)
        .returning(row.claimed)
        .execution_options(synchronize_session=False)
    )
    return changed is not None


# --- measurements ----------------------------------------------------------------------------------------


def measure(actor: Viewer, found: BenefitOf, values: MeasurementValues, now: datetime) -> Measurement:
    """Keep what was seen and counted in a period. Raises UnexplainedError, MeasuredError, NotOverError."""
    require(policy.may_measure(actor, found))
    row = _measurement(actor, found, values, now)
    return _keep(actor, "measure_benefit", found, row, now)


def measure_all(
    actor: Viewer, found: BenefitOf, rows: Sequence[MeasurementValues], now: datetime
) -> list[Measurement]:
    """Keep all of them, or none. Raises as `measure` does."""
    return [measure(actor, found, values, now) for values in sorted(rows, key=lambda row: row.period)]


def correct(actor: Viewer, of: MeasurementOf, values: MeasurementValues, now: datetime) -> Measurement:
    """Put a measurement right: another takes its place, and says why. Raises as `measure` does."""
    require(policy.may_correct(actor, of))
    if not values.correction.strip():
        raise RefusedError(_l("Skriv varför mätningen rättas."))
    row = _measurement(actor, of.found, values, now, replaces=of.measurement)
    row.replaces_id, row.correction = of.measurement.id, values.correction
    return _keep(actor, "correct_measurement", of.found, row, now)


def _measurement(
    actor: Viewer,
    found: BenefitOf,
    values: MeasurementValues,
    now: datetime,
    replaces: Measurement | None = None,
) -> Measurement:
    benefit, period = found.benefit, values.period
    check(found, values, local_day(now), replaces)
    counted = {name: values.counted[name] for name in COUNTED[BenefitMethod(benefit.method)]}
    return Measurement(
        project_id=found.project.id,
        benefit_id=benefit.id,
        begins_on=period.begins_on,
        ends_on=period.ends_on,
        indicator_value=values.indicator_value,
        **counted,
        value=worth(benefit, values),
        source=values.source,
        explanation=values.explanation,
        correction="",
        measured_by_id=actor.id,
        measured_at=now,
    )


def check(
    found: BenefitOf, values: MeasurementValues, today: date, replaces: Measurement | None = None
) -> None:
    """See that it can be kept. Raises UnexplainedError, MeasuredError, NotOverError."""
    if values.period.ends_on >= today:
        raise NotOverError
    others = [
        queries.period_of(row)
        for row in queries.standing_measurements(found.benefit.id)
        if replaces is None or row.id != replaces.id
    ]
    if any(values.period.overlaps(other) for other in others):
        raise MeasuredError
    if not values.explanation.strip() and must_explain(reached(found, values)):
        raise UnexplainedError


def _keep(actor: Viewer, verb: str, found: BenefitOf, row: Measurement, now: datetime) -> Measurement:
    db.session.add(row)
    record(actor, verb, row, note=found.benefit.name, now=now)
    settle(found.benefit)
    measured.follow(actor, found, row, now)
    return row


def reached(found: BenefitOf, values: MeasurementValues) -> Decimal | None:
    """What the measurement says has been reached of what was expected by the end of its period."""
    if found.plan is None:
        return None
    return queries.fulfilled(found.benefit, found.plan, values.indicator_value, values.period.ends_on)


def worth(benefit: Benefit, values: MeasurementValues) -> Decimal | None:
    """Kronor of the period before the benefit's own share."""
    counted = counted_by(BenefitMethod(benefit.method), values.counted, benefit.unit_value)
    return None if counted is None else value_of(counted, Decimal(benefit.price_factor)).result
