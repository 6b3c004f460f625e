"""What the pages of a plan show, gathered for the templates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.accounts.access import Viewer
from app.core.costs import Financier
from app.core.plan import Plan, days_late
from app.core.workflow import State
from app.delivery.plans import document, policy, queries, service
from app.delivery.plans.models import Baseline, Milestone, SteeringMeeting, SteeringMember
from app.delivery.plans.rules import Lack, Part
from app.delivery.plans.words import PARTS
from app.projects.models import Project
from app.web.tags import Tag

DONE = Tag(_l("Klar"), "good", "check")
LACKING = Tag(_l("Något saknas"), "waiting", "triangle")


@dataclass(frozen=True)
class MilestoneRow:
    """A milestone as it stands, beside what was first planned."""

    row: Milestone
    first_planned: date | None
    """In the first baseline; None for one that was added later."""
    passed: bool
    """Whether its day is over, and nobody has told that it is reached."""

    @property
    def slip(self) -> int | None:
        """Days from the first plan to the day that is expected now."""
        return None if self.first_planned is None else days_late(self.first_planned, self.row.expected_on)


@dataclass(frozen=True)
class PlanPage:
    """Everything on the plan's page."""

    plan: Plan
    drawn_up: bool
    """Whether the plan is still being drawn up."""
    tasks: Sequence[dict[str, Any]]
    lacks: Sequence[Lack]
    milestones: Sequence[MilestoneRow]
    members: Sequence[SteeringMember]
    meetings: Sequence[SteeringMeeting]
    baselines: Sequence[Baseline]
    first: Plan | None
    granted: Decimal
    may_plan: bool
    may_steer: bool

    @property
    def programme_budget(self) -> Decimal:
        """What the programme pays, by the plan."""
        return self.plan.budget_of(Financier.PROGRAMME)

    @property
    def own_budget(self) -> Decimal:
        """What the departments pay themselves, by the plan."""
        return self.plan.budget_of(Financier.OWN_BUDGET)

    @property
    def end_slip(self) -> int:
        """How many days later than first planned the project ends."""
        return days_late(self.first.ends_on, self.plan.ends_on) if self.first else 0


def plan_page(viewer: Viewer, project: Project, today: date) -> PlanPage | None:
    """Gather the page; None while the project has no plan."""
    plan = queries.current_plan(project.id)
    if plan is None:
        return None
    baselines = queries.baselines_of(project.id)
    drawn_up = State(project.state) is State.APPROVED
    lacks = service.lacks_in(project) if drawn_up else []
    first = document.from_json(baselines[0].content) if baselines else None
    planned = {row.key: row.planned_on for row in first.milestones} if first else {}
    return PlanPage(
        plan=plan,
        drawn_up=drawn_up,
        tasks=tasks(project, lacks) if drawn_up else (),
        lacks=lacks,
        milestones=[
            MilestoneRow(row, planned.get(row.id), row.reached_on is None and row.expected_on < today)
            for row in queries.milestones_of(project.id)
        ],
        members=queries.members_of(project.id),
        meetings=queries.meetings_of(project.id),
        baselines=baselines,
        first=first,
        granted=sum(queries.granted_by_department_and_year(project.id).values(), Decimal(0)),
        may_plan=bool(policy.may_plan(viewer, project)),
        may_steer=bool(policy.may_steer(viewer, project)),
    )


def part_url(part: Part, project: Project) -> str:
    """The page on which a part of the plan is written."""
    return url_for(f"plans.{part.value}", project_id=project.id)


def tasks(project: Project, lacks: Sequence[Lack]) -> list[dict[str, Any]]:
    """The parts of the plan as a list of tasks."""
    found = Counter(lack.part for lack in lacks)
    return [
        {
            "title": title,
            "href": part_url(part, project),
            "tag": LACKING if found[part] else DONE,
            "hint": _lacking(found[part]) if found[part] else None,
        }
        for part, title in PARTS.items()
    ]


def _lacking(count: int) -> str:
    return ngettext("%(num)s sak att rätta.", "%(num)s saker att rätta.", count)


def budget_rows(plan: Plan) -> list[Mapping[Any, Any]]:
    """The budget as a table: a row for each line, by year and in all."""
    return [
        {"line": line, "years": {year: line.amounts.get(year) for year in plan.years}, "total": line.total}
        for line in plan.budget
    ]
