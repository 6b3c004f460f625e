"""What a decided application says about the plan: where the plan begins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.benefits.snapshot import inputs_from_json
from app.benefits.values import CostValues
from app.core.costs import CostKind, Financier
from app.delivery.plans.values import BudgetValues, EffortValues, MilestoneValues

Document = Mapping[str, Any]
"""A version of an application: see `app.applications.snapshot`."""


@dataclass(frozen=True)
class Proposal:
    """A plan as the application has it."""

    starts_on: date
    ends_on: date
    milestones: list[MilestoneValues]
    budget: list[BudgetValues]
    effort: list[EffortValues]


def proposal_in(version: Document, decided_on: date) -> Proposal:
    """Read the plan out of the version. What it does not say is left to the project leader."""
    sections = version["sections"]
    starts_on, ends_on = _period(sections.get("summary", {}), decided_on)
    return Proposal(
        starts_on,
        ends_on,
        list(_milestones(sections.get("milestones", {}))),
        list(_budget(version["calculation"])),
        list(_effort(sections.get("organisation", {}))),
    )


def _period(summary: Document, decided_on: date) -> tuple[date, date]:
    starts_on = _day(summary.get("period_start")) or decided_on
    ends_on = _day(summary.get("period_end")) or starts_on
    return starts_on, max(starts_on, ends_on)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _milestones(section: Document) -> Iterator[MilestoneValues]:
    for row in section.get("milestones", ()):
        if planned_on := _day(row.get("date")):
            yield MilestoneValues(
                name=row.get("milestone", ""), planned_on=planned_on, responsible=row.get("responsible", "")
            )


def _budget(calculation: Document) -> Iterator[BudgetValues]:
    for entry in inputs_from_json(calculation).costs:
        line = entry.values
        if not is_of_project(line):
            continue
        yield BudgetValues(
            description=line.description,
            kind=line.kind,
            department_id=line.department_id,
            financier=line.financier,
            amounts={year: amount for year, amount in line.amounts.items() if amount},
        )


def is_of_project(line: CostValues) -> bool:
    """Whether it is the project's to spend: what the service costs to run afterwards is not, unless the
    programme pays for it."""
    return line.kind is not CostKind.OPERATION or line.financier is Financier.PROGRAMME


def _effort(section: Document) -> Iterator[EffortValues]:
    for row in section.get("roles", ()):
        if row.get("department") and row.get("share"):
            yield EffortValues(
                role=row.get("role", ""), department_id=int(row["department"]), share=Decimal(row["share"])
            )
