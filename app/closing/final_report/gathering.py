"""Gathering what the record knows of a project that ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.accounts.queries import department_names
from app.benefits.snapshot import inputs_from_json
from app.closing.final_report.content import Words
from app.closing.final_report.ground import (
    Activity,
    ChangeAsked,
    Goal,
    Granted,
    Ground,
    Kept,
    Member,
    Organisation,
    Rest,
    Termination,
)
from app.closing.handover.models import RestItem
from app.closing.handover.queries import items_of
from app.closing.termination.queries import termination_of
from app.core.changed_plan import decided_benefits
from app.core.changes import ChangeState
from app.core.final_report import GoalKind
from app.core.plan import Plan
from app.core.workflow import INTERRUPTED, State
from app.db import Money, Quantity, db
from app.delivery.changes.models import ChangeRequest
from app.delivery.changes.wanted import from_json as wanted_from_json
from app.delivery.changes.worth import line_number, promised
from app.delivery.costs.models import CostEntry
from app.delivery.costs.queries import actuals_of, stands
from app.delivery.funds.queries import accounts_of
from app.delivery.plans import document as plans
from app.delivery.plans import queries as planned
from app.delivery.plans.models import Baseline
from app.projects.models import Project
from app.projects.queries import participating_departments

ZERO = Decimal(0)
WITHDRAWN = ChangeState.WITHDRAWN.value
MOST_ACTIVITIES = 30
"""So many are told by name, the costliest first; the rest together."""


def ground_of(project: Project) -> Ground:
    """What a final report is filled with and held against now: all that has been entered."""
    version = planned.granting_decision(project.id).version.content
    baselines = planned.baselines_of(project.id)
    kept_plans = [plans.from_json(row.content) for row in baselines]
    sections = version["sections"]
    return Ground(
        interrupted=State(project.state) in INTERRUPTED,
        goals=list(goals_in(version, kept_plans)),
        proposed={
            Words.BACKGROUND.value: _text(sections, "background", "need_today"),
            Words.DESCRIPTION.value: _text(sections, "solution", "solution"),
            Words.SCOPE.value: _text(sections, "scope", "included"),
        },
        plan=planned.current_plan(project.id),
        first=kept_plans[0] if kept_plans else None,
        reached={row.id: row.reached_on for row in planned.milestones_of(project.id)},
        actuals=actuals_of(project.id, date.max),
        activities=activities_of(project.id),
        granted=[
            Granted(
                row.department, row.year, row.sums.granted, row.sums.used, row.sums.returned,
                row.sums.remaining,
            )
            for row in accounts_of(project.id)
        ],
        organisation=_organisation(project),
        kept=[_kept(row) for row in baselines],
        changes=changes_asked(project.id),
        rest=rest_of(project.id),
        termination=_termination(project.id),
        departments=department_names(),
    )  # fmt: skip


def _text(sections: Mapping[str, Any], section: str, field: str) -> str:
    return str(sections.get(section, {}).get(field) or "")


# --- goals -----------------------------------------------------------------------------------------------


def goals_in(version: Mapping[str, Any], baselines: Sequence[Plan]) -> Iterator[Goal]:
    """What the decided application promises: effects, benefits as decisions have made them since,
    and what the project was to make."""
    goals = version["sections"].get("goals", {})
    for kind, table in ((GoalKind.EFFECT, "effect_goals"), (GoalKind.PROJECT, "project_goals")):
        for number, row in enumerate(goals.get(table, ()), 1):
            yield Goal(
                f"{kind}_{number}",
                kind,
                **{name: str(row.get(key) or "") for name, key in _ASKED.items()},
            )
    decided = inputs_from_json(version["calculation"])
    changed = {row.key: row.yearly for row in decided_benefits(baselines)}
    for entry in promised(decided, baselines).benefits:
        line, yearly = entry.values, changed.get(line_number(entry.key))
        yield Goal(
            f"{GoalKind.BENEFIT}_{entry.key.rpartition('-')[2]}",
            GoalKind.BENEFIT,
            line.description,
            indicator=line.indicator,
            target="" if yearly is None else f"{yearly:f}",
            by=line.starts_on.isoformat() if line.starts_on else "",
            owner=line.owner_role,
        )


_ASKED = {
    "text": "goal",
    "indicator": "indicator",
    "unit": "unit",
    "baseline": "baseline",
    "target": "target",
    "by": "date",
    "owner": "owner",
}
"""What a goal of a report is called in the application."""


# --- money, people, plans --------------------------------------------------------------------------------


def activities_of(project_id: int) -> list[Activity]:
    """What was entered as cost and hours, by its name; the costliest first."""
    cost = func.coalesce(func.sum(CostEntry.amount), 0, type_=Money())
    worked = func.coalesce(func.sum(CostEntry.hours), 0, type_=Quantity())
    query = (
        select(CostEntry.activity, worked, cost)
        .where(CostEntry.project_id == project_id, stands())
        .group_by(CostEntry.activity)
        .order_by(cost.desc(), CostEntry.activity)
    )
    found = [Activity(name, hours or ZERO, amount) for name, hours, amount in db.session.execute(query)]
    return [*found[:MOST_ACTIVITIES], *_together(found[MOST_ACTIVITIES:])]


def _together(rest: Sequence[Activity]) -> Iterator[Activity]:
    """The others in one row, which has no name of its own."""
    if rest:
        yield Activity("", sum((row.hours for row in rest), ZERO), sum((row.amount for row in rest), ZERO))


def _termination(project_id: int) -> Termination | None:
    found = termination_of(project_id)
    return Termination(found.decided_on, found.decided_by, found.reasons) if found else None


def _organisation(project: Project) -> Organisation:
    meetings = planned.meetings_of(project.id)
    return Organisation(
        [Member(row.role, row.department.name, row.chairs) for row in planned.members_of(project.id)],
        [Member(row.role, row.department.name) for row in planned.effort_of(project.id)],
        [row.department.name for row in participating_departments(project.id)],
        len(meetings),
        sum(row.held_on is not None for row in meetings),
    )


def changes_asked(project_id: int) -> list[ChangeAsked]:
    """Every change that was asked for, in the order of their numbers, and what became of it."""
    query = (
        select(ChangeRequest)
        .where(ChangeRequest.project_id == project_id, ChangeRequest.state != ChangeState.DRAFT.value)
        .options(joinedload(ChangeRequest.decision))
        .order_by(ChangeRequest.number)
    )
    return [_change(row) for row in db.session.scalars(query)]


def _change(row: ChangeRequest) -> ChangeAsked:
    wanted, decision = wanted_from_json(row.wanted), row.decision
    outcome = decision.kind if decision else WITHDRAWN if row.state == WITHDRAWN else "undecided"
    return ChangeAsked(
        row.number,
        sorted(part.value for part in wanted.parts),
        sum((cost.amount for cost in wanted.costs), ZERO),
        wanted.reason,
        outcome,
        decision.decided_on if decision else None,
    )


def rest_of(project_id: int, *, only_open: bool = False) -> list[Rest]:
    """What stands on the rest list, in the order of its days: all of it, or what is still open."""
    return [_rest(row) for row in items_of(project_id) if row.is_open or not only_open]


def _rest(row: RestItem) -> Rest:
    return Rest(row.text, row.department.name, row.owner, row.due_on, row.outcome or row.standing)


def _kept(row: Baseline) -> Kept:
    plan = plans.from_json(row.content)
    return Kept(row.number, row.established_on, plan.starts_on, plan.ends_on, row.reason)
