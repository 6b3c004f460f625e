"""Reading the lines of a benefit calculation, and the calculation that they lead to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.access import Viewer
from app.benefits.inputs import Inputs
from app.benefits.models import BenefitLine, CostLine
from app.benefits.values import BenefitMethod, BenefitValues, CostValues, Entry, Evidence, Settings
from app.core.benefits import Beneficiary, BenefitCategory
from app.core.calculation import Calculation
from app.core.clock import local_day
from app.core.costs import CostKind, Financier, Treatment
from app.core.verdict import RefusedError
from app.core.workflow import EDITABLE, Action, State
from app.db import db
from app.history.models import HistoryEvent
from app.programmes.queries import calculation_on, price_index_on
from app.projects.models import Project
from app.projects.policy import sees_working_copy
from app.projects.queries import project_for

Line = TypeVar("Line", CostLine, BenefitLine)


class SettingsMissingError(RefusedError):
    """The programme has no settings to calculate with on that day."""

    def __init__(self) -> None:
        super().__init__(
            _l("Programmet saknar kalkylränta och andra förutsättningar. Be administratören lägga in dem.")
        )


@dataclass(frozen=True)
class Lines:
    """The lines of a project, in their order."""

    costs: Sequence[CostLine]
    benefits: Sequence[BenefitLine]


def lines_of(project_id: int) -> Lines:
    """All lines of a project, with amounts and departments."""
    costs = select(CostLine).where(CostLine.project_id == project_id).options(*_WITH_AMOUNTS)
    benefits = select(BenefitLine).where(BenefitLine.project_id == project_id)
    return Lines(
        db.session.scalars(costs.order_by(CostLine.position, CostLine.id)).all(),
        db.session.scalars(
            benefits.options(joinedload(BenefitLine.department)).order_by(
                BenefitLine.position, BenefitLine.id
            )
        ).all(),
    )


_WITH_AMOUNTS = (joinedload(CostLine.department), selectinload(CostLine.amounts))


def cost_line(project_id: int, line_id: int) -> CostLine | None:
    """One cost line, if it is the project's."""
    query = select(CostLine).where(CostLine.project_id == project_id, CostLine.id == line_id)
    return db.session.scalar(query.options(*_WITH_AMOUNTS))


def benefit_line(project_id: int, line_id: int) -> BenefitLine | None:
    """One benefit line, if it is the project's."""
    query = select(BenefitLine).where(BenefitLine.project_id == project_id, BenefitLine.id == line_id)
    return db.session.scalar(query.options(joinedload(BenefitLine.department)))


def line_from_form(model: type[Line], form_key: str | None) -> Line | None:
    """The line that this opened form has already added."""
    if not form_key:
        return None
    found: Line | None = db.session.scalar(select(model).where(model.form_key == form_key))
    if isinstance(found, CostLine):
        db.session.refresh(found, ["amounts"])
    return found


def last_saved(line: CostLine | BenefitLine) -> HistoryEvent | None:
    """When the line was last saved, and by whom."""
    query = select(HistoryEvent).where(
        HistoryEvent.record_type == line.__tablename__, HistoryEvent.record_id == line.id
    )
    return db.session.scalar(query.order_by(HistoryEvent.id.desc()).limit(1))


@dataclass(frozen=True)
class OpenCost:
    """A cost line and its project, as far as the viewer may see it."""

    project: Project
    line: CostLine


@dataclass(frozen=True)
class OpenBenefit:
    """A benefit line and its project, as far as the viewer may see it."""

    project: Project
    line: BenefitLine


def open_cost(viewer: Viewer, project_id: int, line_id: int) -> OpenCost | None:
    """One cost line as it stands, if the viewer sees what is being written. For `requires(..., load=…)`."""
    project = _written_by(viewer, project_id)
    line = cost_line(project_id, line_id) if project else None
    return OpenCost(project, line) if project and line else None


def open_benefit(viewer: Viewer, project_id: int, line_id: int) -> OpenBenefit | None:
    """One benefit line as it stands, if the viewer sees what is being written."""
    project = _written_by(viewer, project_id)
    line = benefit_line(project_id, line_id) if project else None
    return OpenBenefit(project, line) if project and line else None


def _written_by(viewer: Viewer, project_id: int) -> Project | None:
    """The project, if the viewer sees what is being written: a line that has not come in is not known of."""
    project = project_for(viewer, project_id)
    return project if project and sees_working_copy(viewer, project) else None


def next_position(model: type[CostLine | BenefitLine], project_id: int) -> int:
    """The place after the project's last line of this kind."""
    last = db.session.scalar(select(func.max(model.position)).where(model.project_id == project_id))
    return (last or 0) + 1


def settings_on(programme_id: int, day: date) -> Settings:
    """The settings that the programme's calculations follow on this day. Raises SettingsMissingError."""
    row = calculation_on(programme_id, day)
    if row is None:
        raise SettingsMissingError
    index = price_index_on(programme_id, day)
    return Settings(
        valid_from=row.valid_from,
        discount_rate=row.discount_rate,
        internal_rate=row.internal_rate,
        price_year=row.price_year,
        horizon_years=row.horizon_years,
        reference=row.reference,
        price_index=index.by_year if index else {},
        price_index_name=index.name if index else "",
    )


def calculation_day(project: Project, today: date) -> date:
    """The day whose settings the project's calculation follows: today while it is written, else the day on
    which the application last came in."""
    if State(project.state) in EDITABLE:
        return today
    came_in = db.session.scalar(
        select(func.max(HistoryEvent.at)).where(
            HistoryEvent.project_id == project.id,
            HistoryEvent.record_type == Project.__tablename__,
            HistoryEvent.verb.in_((Action.SIGN.value, Action.RESUBMIT.value)),
        )
    )
    return local_day(came_in) if came_in else today


def inputs_for(project: Project, day: date) -> Inputs:
    """What the project's calculation follows from, with the settings of this day.

    Raises SettingsMissingError.
    """
    settings = settings_on(project.programme_id, day)
    lines = lines_of(project.id)
    return Inputs(
        settings,
        tuple(Entry(cost_key(line.id), line.department.name, cost_values(line)) for line in lines.costs),
        tuple(
            Entry(benefit_key(line.id), line.department.name, benefit_values(line)) for line in lines.benefits
        ),
    )


def calculation_for(project: Project, day: date) -> Calculation:
    """The project's calculation: the one source of its figures while it is being written.

    Raises SettingsMissingError. A submitted version keeps its own inputs (see snapshot.py).
    """
    return inputs_for(project, day).calculation


def cost_key(line_id: int | None) -> str:
    """The key of a cost line in calculations, drafts and addresses: `cost-12`, `cost-new`."""
    return f"cost-{line_id or 'new'}"


def benefit_key(line_id: int | None) -> str:
    """The key of a benefit line: `benefit-12`, `benefit-new`."""
    return f"benefit-{line_id or 'new'}"


def cost_values(line: CostLine) -> CostValues:
    """What a stored cost line says."""
    return CostValues(
        description=line.description,
        kind=CostKind(line.kind),
        department_id=line.department_id,
        financier=Financier(line.financier),
        amounts={row.year: row.amount for row in line.amounts},
        treatment=Treatment(line.treatment),
        depreciation_years=line.depreciation_years,
        source=line.source,
    )


def benefit_values(line: BenefitLine) -> BenefitValues:
    """What a stored benefit line says."""
    return BenefitValues(
        description=line.description,
        category=BenefitCategory(line.category),
        beneficiary=Beneficiary(line.beneficiary),
        department_id=line.department_id,
        method=BenefitMethod(line.method),
        fixed_amount=line.fixed_amount,
        volume=line.volume,
        minutes_saved=line.minutes_saved,
        share=line.share,
        hourly_rate=line.hourly_rate,
        quantity=line.quantity,
        unit_price=line.unit_price,
        starts_on=line.starts_on,
        ends_on=line.ends_on,
        ramp=tuple(Decimal(effect) for effect in line.ramp),
        price_year=line.price_year,
        taken_home_how=line.taken_home_how,
        owner_role=line.owner_role,
        indicator=line.indicator,
        source=line.source,
        evidence=Evidence(line.evidence) if line.evidence else None,
    )
