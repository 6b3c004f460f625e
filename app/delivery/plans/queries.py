"""Reading plans and baselines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.access import Viewer
from app.accounts.queries import department_names
from app.applications.models import ApplicationVersion
from app.benefits.models import BenefitLine
from app.core import plan as core
from app.core.costs import CostKind, Financier
from app.db import db
from app.decisions.models import Decision
from app.decisions.rules import GRANTING
from app.delivery.plans.models import (
    Baseline,
    BudgetLine,
    EffortLine,
    Milestone,
    PlannedBenefit,
    ProjectPlan,
    SteeringMeeting,
    SteeringMember,
)
from app.programmes.models import GrantBalance
from app.projects.models import Project
from app.projects.queries import project_for


def plan_of(project_id: int) -> ProjectPlan | None:
    """The plan's own row, if the project has a plan."""
    return db.session.scalar(select(ProjectPlan).where(ProjectPlan.project_id == project_id))


def the_plan(project_id: int) -> ProjectPlan:
    """The plan's own row. Raises LookupError when the project has no plan."""
    found = plan_of(project_id)
    if found is None:
        raise LookupError(f"project {project_id} has no plan")
    return found


@dataclass(frozen=True)
class Granting:
    """The decision that granted money, with the version that it was made on."""

    decision: Decision
    version: ApplicationVersion


def granting_decision(project_id: int) -> Granting:
    """The last decision that granted the project money. Raises LookupError when there is none."""
    query = (
        select(Decision, ApplicationVersion)
        .join(ApplicationVersion, ApplicationVersion.id == Decision.version_id)
        .where(Decision.project_id == project_id, Decision.kind.in_(sorted(GRANTING)))
        .order_by(Decision.id.desc())
        .limit(1)
    )
    found = db.session.execute(query).first()
    if found is None:
        raise LookupError(f"project {project_id} has been granted nothing")
    return Granting(*found)


def milestones_of(project_id: int) -> Sequence[Milestone]:
    """In the order in which they are planned to be ready."""
    query = select(Milestone).where(Milestone.project_id == project_id)
    return db.session.scalars(query.order_by(Milestone.planned_on, Milestone.position, Milestone.id)).all()


def budget_of(project_id: int) -> Sequence[BudgetLine]:
    """The budget's lines with their years and departments."""
    query = (
        select(BudgetLine)
        .where(BudgetLine.project_id == project_id)
        .options(selectinload(BudgetLine.amounts), joinedload(BudgetLine.department))
        .order_by(BudgetLine.position, BudgetLine.id)
    )
    return db.session.scalars(query).all()


def effort_of(project_id: int) -> Sequence[EffortLine]:
    """The roles and their work."""
    query = (
        select(EffortLine)
        .where(EffortLine.project_id == project_id)
        .options(joinedload(EffortLine.department))
        .order_by(EffortLine.position, EffortLine.id)
    )
    return db.session.scalars(query).all()


def benefits_of(project_id: int) -> Sequence[PlannedBenefit]:
    """When each benefit is expected, in the order of the application."""
    query = (
        select(PlannedBenefit)
        .where(PlannedBenefit.project_id == project_id)
        .join(PlannedBenefit.line)
        .options(joinedload(PlannedBenefit.line))
        .order_by(BenefitLine.position, BenefitLine.id)
    )
    return db.session.scalars(query).all()


def members_of(project_id: int) -> Sequence[SteeringMember]:
    """The steering group, the chair first."""
    query = (
        select(SteeringMember)
        .where(SteeringMember.project_id == project_id)
        .options(joinedload(SteeringMember.department))
        .order_by(SteeringMember.chairs.desc(), SteeringMember.position, SteeringMember.id)
    )
    return db.session.scalars(query).all()


def meetings_of(project_id: int) -> Sequence[SteeringMeeting]:
    """The steering group's meetings, the first first."""
    query = select(SteeringMeeting).where(SteeringMeeting.project_id == project_id)
    return db.session.scalars(query.order_by(SteeringMeeting.planned_on, SteeringMeeting.id)).all()


def baselines_of(project_id: int) -> Sequence[Baseline]:
    """Every baseline, the first first."""
    query = (
        select(Baseline)
        .where(Baseline.project_id == project_id)
        .options(joinedload(Baseline.established_by))
        .order_by(Baseline.number)
    )
    return db.session.scalars(query).all()


@dataclass(frozen=True)
class OpenBaseline:
    """A baseline and the project that it belongs to."""

    project: Project
    baseline: Baseline


def baseline_for(viewer: Viewer, project_id: int, number: int) -> OpenBaseline | None:
    """One baseline of a project that the viewer sees. Made for `requires(..., load=…)`."""
    project = project_for(viewer, project_id)
    if project is None:
        return None
    found = next((row for row in baselines_of(project_id) if row.number == number), None)
    return OpenBaseline(project, found) if found else None


def current_plan(project_id: int) -> core.Plan | None:
    """The plan as it stands, as plain data; None while there is none."""
    own = plan_of(project_id)
    if own is None:
        return None
    return core.Plan(
        own.starts_on,
        own.ends_on,
        [_milestone(row) for row in milestones_of(project_id)],
        [_budget_line(row) for row in budget_of(project_id)],
        [_effort(row) for row in effort_of(project_id)],
        [
            core.BenefitStart(
                row.benefit_line_id, row.line.description, row.starts_on, row.yearly, row.working
            )
            for row in benefits_of(project_id)
        ],
        own.scope,
    )


def _milestone(row: Milestone) -> core.Milestone:
    return core.Milestone(row.id, row.name, core.MilestoneKind(row.kind), row.planned_on, row.responsible)


def _budget_line(row: BudgetLine) -> core.BudgetLine:
    return core.BudgetLine(
        row.id,
        row.description,
        CostKind(row.kind),
        row.department.name,
        Financier(row.financier),
        {amount.year: amount.amount for amount in row.amounts},
    )


def _effort(row: EffortLine) -> core.Effort:
    return core.Effort(row.id, row.role, row.department.name, row.hours_low, row.hours_high, row.share)


def granted_by_department_and_year(project_id: int) -> dict[tuple[int, int], Decimal]:
    """What the project is granted: kronor by department and budget year."""
    query = (
        select(GrantBalance.department_id, GrantBalance.year, GrantBalance.granted)
        .where(GrantBalance.project_id == project_id)
        .order_by(GrantBalance.year, GrantBalance.department_id)
    )
    return {(department, year): granted for department, year, granted in db.session.execute(query)}


def granted_rows(project_id: int) -> list[tuple[str, int, Decimal]]:
    """What is granted, as department, year and kronor, the first year first."""
    names = department_names()
    granted = granted_by_department_and_year(project_id)
    return [(names[department], year, amount) for (department, year), amount in granted.items()]
