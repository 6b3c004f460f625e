"""Gathering what the record knows of what a project has left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from app.accounts.queries import department_names
from app.closing.final_report.gathering import rest_of
from app.closing.final_report.models import FinalReportVersion
from app.closing.final_report.queries import FinalReportOf, final_report_of
from app.core.clock import local_day
from app.core.final_report import FinalAction, Fulfilment, GoalKind
from app.core.operation import cost_in
from app.core.plainly import day_of, number_of
from app.delivery.plans import queries as planned
from app.follow_up.content import Content, from_json
from app.follow_up.ground import Benefit, Goal, Ground, Operation
from app.follow_up.queries import FollowUpOf, follow_ups_of, last_sent_before
from app.operations.queries import service_of
from app.projects.models import Project
from app.realisation import queries as realisation
from app.realisation.models import BenefitPlan, Measurement

OPERATION = "operation"
"""The section of the decided application that plans who owns what is launched."""
ASKED_AS_GOALS = (GoalKind.EFFECT, GoalKind.PROJECT)


def ground_of(found: FollowUpOf) -> Ground:
    """What a follow-up is filled with and held against now: all that has been entered."""
    project = found.project
    report = final_report_of(project)
    version = planned.granting_decision(project.id).version.content
    names = department_names()
    before = _before(found)
    goals = _goals_now(_goals(report.newest), before)
    return Ground(
        handed_over_on=handed_over_on(report),
        goals=[goal for goal in goals if goal.fulfilment is not Fulfilment.FULFILLED],
        reached=[goal for goal in goals if goal.fulfilment is Fulfilment.FULFILLED],
        benefits=list(_benefits(project.id)),
        rest=rest_of(project.id, only_open=True),
        operation=operation_in(version, names),
        registered=_registered(project, names, found.follow_up.follows_on.year),
        before=before,
        planned=[row.follows_on for row in follow_ups_of(project.id)],
        departments=names,
    )


def _before(found: FollowUpOf) -> Content | None:
    last = last_sent_before(found.follow_up)
    return from_json(last.content["said"]) if last else None


def handed_over_on(report: FinalReportOf) -> date:
    """The day on which the final report was approved. Raises LookupError when it is not."""
    remark = report.remark_on(report.newest) if report.newest else None
    if remark is None or remark.kind != FinalAction.APPROVE:
        raise LookupError(f"project {report.project.id} has not been handed over")
    return local_day(remark.at)


def _goals(report: FinalReportVersion | None) -> list[Goal]:
    """The goals as the final report told of them, by their places in it."""
    said: Mapping[str, Sequence[Mapping[str, Any]]] = report.content["goals"] if report else {}
    return [
        Goal(
            f"{kind}_{number}",
            kind,
            **{name: row[name] or "" for name in ("text", "indicator", "unit", "baseline", "target", "by")},
            fulfilment=Fulfilment(row["fulfilment"]) if row["fulfilment"] else None,
        )
        for kind in ASKED_AS_GOALS
        for number, row in enumerate(said.get(kind.value, ()), 1)
    ]


def _goals_now(goals: Sequence[Goal], before: Content | None) -> list[Goal]:
    """With what the last follow-up said of each, if it said anything."""
    if before is None:
        return list(goals)
    return [_as_said(goal, before) for goal in goals]


def _as_said(goal: Goal, before: Content) -> Goal:
    said = before.goals.get(goal.key)
    return goal if said is None or said.fulfilment is None else replace(goal, fulfilment=said.fulfilment)


def _benefits(project_id: int) -> Iterator[Benefit]:
    """Those that the register of promised benefits has, with what is measured of them."""
    plans, measured = realisation.plans_of(project_id), realisation.measured_of(project_id)
    for row in realisation.benefits_of(project_id):
        found = Benefit(
            f"benefit_{row.benefit_line_id}",
            row.name,
            row.department.name,
            "",
            "",
            row.starts_on,
            row.yearly,
            measured_until=row.measured_until,
            realised=row.realised if row.yearly is not None else None,
        )
        plan, last = plans.get(row.id), measured.get(row.id, [None])[-1]
        yield _as_planned(found, plan, last) if plan is not None else found


def _as_planned(found: Benefit, plan: BenefitPlan, last: Measurement | None) -> Benefit:
    """With who owns it and by what it is seen."""
    return replace(
        found,
        department=plan.department.name,
        owner=plan.owner_role,
        indicator=plan.indicator.name,
        unit=plan.indicator.unit,
        baseline=plan.baseline,
        target=plan.target,
        target_on=plan.target_on,
        measured=last.indicator_value if last else None,
    )


def _registered(project: Project, names: Mapping[int, str], year: int) -> Operation | None:
    """What the register says of the service now, and that it costs in the year; None: it is not there."""
    found = service_of(project)
    if found is None:
        return None
    said = found.service
    return Operation(
        said.owner_role,
        names.get(said.department_id, ""),
        said.department_id,
        cost_in(said.yearly, year) or None,
        said.payer,
        said.financed_until,
    )


def operation_in(version: Mapping[str, Any], names: Mapping[int, str]) -> Operation:
    """What the decided application plans."""
    said = version["sections"].get(OPERATION, {})
    department = int(said["owner_department"]) if said.get("owner_department") else None
    return Operation(
        said.get("owner") or "",
        names.get(department or 0, ""),
        department,
        number_of(said.get("yearly_cost") or None),
        said.get("payer") or "",
        day_of(said.get("financed_until")),
    )
