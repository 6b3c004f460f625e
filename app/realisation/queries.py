"""Reading promised benefits, their plans and what was measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased, joinedload

from app.accounts.access import Viewer
from app.core.clock import local_day
from app.core.measuring import Period
from app.core.realisation import Achievement, Direction, achievement, effect_on, fulfilment
from app.db import db
from app.projects.models import Project
from app.projects.queries import project_for
from app.realisation.models import Benefit, BenefitPlan, Indicator, IndicatorBalance, Measurement
from app.realisation.models_closing import (
    BenefitClosing,
    BenefitDecision,
    BenefitForecast,
    BenefitVerdict,
)


def benefits_of(project_id: int) -> Sequence[Benefit]:
    """What the project has promised, in the order of its application."""
    return db.session.scalars(
        _in_full().where(Benefit.project_id == project_id).order_by(Benefit.position, Benefit.id)
    ).all()


def _in_full() -> Select[Benefit]:
    return select(Benefit).options(joinedload(Benefit.department))


def plans_of(project_id: int) -> dict[int, BenefitPlan]:
    """How its benefits are to be measured, by the benefit."""
    query = _plans().where(BenefitPlan.project_id == project_id).order_by(BenefitPlan.id)
    return {row.benefit_id: row for row in db.session.scalars(query)}


def _plans() -> Select[BenefitPlan]:
    return select(BenefitPlan).options(
        joinedload(BenefitPlan.department),
        joinedload(BenefitPlan.indicator),
        joinedload(BenefitPlan.owner),
        joinedload(BenefitPlan.measurer),
    )


def plan_of(benefit_id: int) -> BenefitPlan | None:
    """How the benefit is to be measured; None: nobody has said."""
    return db.session.scalar(_plans().where(BenefitPlan.benefit_id == benefit_id))


def all_measurements(benefit_id: int) -> Sequence[Measurement]:
    """Everything that was measured of the benefit, also what is replaced: the earliest period first."""
    query = (
        select(Measurement)
        .where(Measurement.benefit_id == benefit_id)
        .options(joinedload(Measurement.measured_by))
        .order_by(Measurement.begins_on, Measurement.id)
    )
    return db.session.scalars(query).all()


def standing_measurements(benefit_id: int) -> list[Measurement]:
    """Those that no other replaces."""
    return standing(all_measurements(benefit_id))


def standing(rows: Sequence[Measurement]) -> list[Measurement]:
    """Those of them that no other replaces."""
    replaced = {row.replaces_id for row in rows}
    return [row for row in rows if row.id not in replaced]


def measured_of(project_id: int) -> dict[int, list[Measurement]]:
    """What stands of what was measured, by the benefit: the earliest period first."""
    later = aliased(Measurement)
    query = (
        select(Measurement)
        .where(
            Measurement.project_id == project_id,
            ~select(later.id).where(later.replaces_id == Measurement.id).exists(),
        )
        .order_by(Measurement.begins_on, Measurement.id)
    )
    found: dict[int, list[Measurement]] = {}
    for row in db.session.scalars(query):
        found.setdefault(row.benefit_id, []).append(row)
    return found


def first_measured_on(benefit_id: int) -> date | None:
    """The day on which somebody first entered a measurement of the benefit; None: nobody has."""
    first = db.session.scalar(
        select(Measurement.measured_at)
        .where(Measurement.benefit_id == benefit_id)
        .order_by(Measurement.measured_at, Measurement.id)
        .limit(1)
    )
    return local_day(first) if first else None


def period_of(row: Measurement) -> Period:
    """What it was measured in."""
    return Period(row.begins_on, row.ends_on)


# --- one of them -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class BenefitOf:
    """A promised benefit, how it is measured, and its project."""

    project: Project
    benefit: Benefit
    plan: BenefitPlan | None

    @property
    def owner_department_id(self) -> int:
        """The department that owns it: as planned, else where it falls."""
        return self.plan.department_id if self.plan else self.benefit.department_id


def benefit_for(viewer: Viewer, project_id: int, benefit_id: int) -> BenefitOf | None:
    """A benefit of a project that the viewer sees. Made for `requires(..., load=…)`."""
    project = project_for(viewer, project_id)
    if project is None:
        return None
    query = _in_full().where(Benefit.project_id == project_id, Benefit.id == benefit_id)
    found = db.session.scalar(query)
    return BenefitOf(project, found, plan_of(found.id)) if found else None


@dataclass(frozen=True)
class MeasurementOf:
    """A measurement that stands, and what it is of."""

    found: BenefitOf
    measurement: Measurement

    @property
    def project(self) -> Project:
        """The benefit's project."""
        return self.found.project


def measurement_for(
    viewer: Viewer, project_id: int, benefit_id: int, measurement_id: int
) -> MeasurementOf | None:
    """A measurement of a benefit that the viewer sees, unless it is replaced. Made for `requires(...)`."""
    found = benefit_for(viewer, project_id, benefit_id)
    if found is None:
        return None
    row = next((row for row in standing_measurements(benefit_id) if row.id == measurement_id), None)
    return MeasurementOf(found, row) if row else None


# --- how it ends -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class End:
    """How a benefit was said to end, and what was said of that."""

    closing: BenefitClosing
    verdict: BenefitVerdict | None


def ends_of(benefit_id: int) -> list[End]:
    """Everything that was proposed, the newest first."""
    query = (
        select(BenefitClosing, BenefitVerdict)
        .outerjoin(BenefitVerdict, BenefitVerdict.closing_id == BenefitClosing.id)
        .where(BenefitClosing.benefit_id == benefit_id)
        .options(joinedload(BenefitClosing.proposed_by), joinedload(BenefitVerdict.judged_by))
        .order_by(BenefitClosing.id.desc())
    )
    return [End(*row) for row in db.session.execute(query)]


def closings_of(benefit_id: int) -> int:
    """How many times somebody has said how it ends, with what was said of that."""
    ends = ends_of(benefit_id)
    return len(ends) + sum(row.verdict is not None for row in ends)


def proposed_end(benefit_id: int) -> BenefitClosing | None:
    """What waits for the secretariat."""
    newest = next(iter(ends_of(benefit_id)), None)
    return newest.closing if newest and newest.verdict is None else None


def is_verified(benefit_id: int) -> bool:
    """The secretariat has agreed to how it ends."""
    return any(row.verdict is not None and row.verdict.verified for row in ends_of(benefit_id))


def benefit_of_line(line_id: int) -> Benefit | None:
    """What the register says of a line of the application; None before a plan has promised it."""
    return db.session.scalar(select(Benefit).where(Benefit.benefit_line_id == line_id))


def forecasts_of(benefit_id: int) -> Sequence[BenefitForecast]:
    """What has been expected of the benefit, the newest first."""
    query = select(BenefitForecast).where(BenefitForecast.benefit_id == benefit_id)
    query = query.options(joinedload(BenefitForecast.made_by)).order_by(BenefitForecast.id.desc())
    return db.session.scalars(query).all()


def decisions_of(benefit_id: int) -> Sequence[BenefitDecision]:
    """What has been decided to be promised since the project ended, the newest first."""
    query = select(BenefitDecision).where(BenefitDecision.benefit_id == benefit_id)
    query = query.options(joinedload(BenefitDecision.decided_by)).order_by(BenefitDecision.id.desc())
    return db.session.scalars(query).all()


# --- indicators ------------------------------------------------------------------------------------------


def indicator_named(department_id: int, name: str) -> Indicator | None:
    """What the department counts under this name."""
    query = select(Indicator).where(Indicator.department_id == department_id, Indicator.name == name)
    return db.session.scalar(query)


def left_of(indicator_id: int) -> Decimal:
    """The part of the indicator's movement that no benefit claims."""
    query = select(IndicatorBalance.claimed).where(IndicatorBalance.indicator_id == indicator_id)
    return Decimal(1) - (db.session.scalar(query) or Decimal(0))


@dataclass(frozen=True, slots=True)
class Claim:
    """Another benefit that claims the same indicator."""

    project_id: int
    title: str
    name: str
    share: Decimal


def other_claims(plan: BenefitPlan) -> list[Claim]:
    """Who else claims the plan's indicator, the largest share first. For those who see the benefit: the
    shares must be known where one of them is set."""
    query = (
        select(Project.id, Project.title, Benefit.name, BenefitPlan.share)
        .join(Benefit, Benefit.id == BenefitPlan.benefit_id)
        .join(Project, Project.id == BenefitPlan.project_id)
        .where(BenefitPlan.indicator_id == plan.indicator_id, BenefitPlan.id != plan.id)
        .order_by(BenefitPlan.share.desc(), BenefitPlan.id)
    )
    return [Claim(*row) for row in db.session.execute(query)]


# --- how it goes -----------------------------------------------------------------------------------------


def reached_by(plan: BenefitPlan, value: Decimal) -> Achievement:
    """How far the indicator has moved when it stands here."""
    return achievement(plan.baseline, plan.target, value)


def ramp_of(benefit: Benefit) -> tuple[Decimal, ...]:
    """The shares of full effect, year by year."""
    return tuple(Decimal(step) for step in benefit.ramp)


def effect_of(benefit: Benefit, day: date) -> Decimal:
    """The share of full effect that was promised for the day's month; nothing without a start."""
    if benefit.starts_on is None:
        return Decimal(0)
    return effect_on(benefit.starts_on, ramp_of(benefit), day, benefit.ends_on)


def fulfilled(benefit: Benefit, plan: BenefitPlan, value: Decimal, day: date) -> Decimal | None:
    """What has been reached of what was expected on the day."""
    return fulfilment(reached_by(plan, value), effect_of(benefit, day))


def direction_of(plan: BenefitPlan) -> Direction:
    """Which way its indicator becomes better."""
    return Direction(plan.indicator.direction)
