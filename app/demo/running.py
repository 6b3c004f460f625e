"""A granted project on its way, entered through the services that its leader would use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from app.accounts.access import Viewer
from app.core.costs import CostKind, Financier
from app.delivery.plans import queries, rows, service
from app.delivery.plans.values import BudgetValues, EffortValues, MeetingValues, MemberValues
from app.projects.models import Project

HOURS_A_YEAR = Decimal(1_600)
SPREAD = Decimal("0.2")
"""How far from its middle a range of hours goes."""
MEETS_EVERY = timedelta(weeks=8)


def plan(leader: Viewer, project: Project, now: datetime) -> None:
    """Draw up the plan and complete it: the granted money, hours for the roles, a steering group."""
    service.draw_up(leader, project, now)
    own = queries.the_plan(project.id)
    service.save_budget(leader, project, list(_budget(project)), now)
    service.save_effort(leader, project, list(_effort(project, own.starts_on, own.ends_on)), now)
    service.save_steering(
        leader,
        project,
        members=[
            MemberValues(role="Verksamhetschef", department_id=project.lead_department_id, chairs=True),
            MemberValues(role="Controller", department_id=project.lead_department_id),
        ],
        meetings=[MeetingValues(planned_on=day) for day in _meetings(own.starts_on, own.ends_on)],
        now=now,
    )


def _budget(project: Project) -> Iterator[BudgetValues]:
    """The departments' own costs as in the application; the programme's money as it was granted."""
    for row in queries.budget_of(project.id):
        if row.financier == Financier.OWN_BUDGET:
            yield rows.budget_values(row)
    granted = queries.granted_by_department_and_year(project.id)
    for department in sorted({department for department, _year in granted}):
        yield BudgetValues(
            description="Utveckling och införande",
            kind=CostKind.ONE_OFF,
            department_id=department,
            financier=Financier.PROGRAMME,
            amounts={year: amount for (whose, year), amount in granted.items() if whose == department},
        )


def _effort(project: Project, starts_on: date, ends_on: date) -> Iterator[EffortValues]:
    years = Decimal((ends_on - starts_on).days) / 365
    for row in queries.effort_of(project.id):
        hours = (row.share or Decimal(0)) * HOURS_A_YEAR * years
        yield EffortValues(
            id=row.id,
            role=row.role,
            department_id=row.department_id,
            hours_low=(hours * (1 - SPREAD)).quantize(Decimal(1)),
            hours_high=(hours * (1 + SPREAD)).quantize(Decimal(1)),
            share=row.share,
        )
    yield EffortValues(
        role="Styrgrupp",
        department_id=project.lead_department_id,
        hours_low=Decimal(40),
        hours_high=Decimal(80),
    )


def _meetings(starts_on: date, ends_on: date) -> Iterator[date]:
    day = starts_on + MEETS_EVERY
    while day <= ends_on:
        yield day
        day += MEETS_EVERY
