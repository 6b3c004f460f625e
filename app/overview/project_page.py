"""The project page: where it stands, its figures, the next step, what has been decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.access import Viewer
from app.accounts.queries import department_names
from app.applications.models import ApplicationVersion
from app.core.workflow import DECIDED, REFUSED, STEP_OF, State, Step
from app.decisions.models import Decision, Opinion
from app.decisions.policy import may_read_memo
from app.decisions.queries import decisions_of, opinions_of
from app.delivery.conditions.queries import states_in
from app.delivery.conditions.words import condition_tag
from app.delivery.costs.policy import may_read_costs
from app.delivery.plans.policy import may_read_plan
from app.delivery.reports.policy import may_read_list
from app.delivery.risks.policy import may_read_risks
from app.history.queries import timeline_of
from app.overview import queries
from app.overview.changes import Reader
from app.overview.next_step import NextStep, next_step, waiting_text
from app.overview.timeline import Entry, told
from app.projects.models import Project, ProjectDepartment, ProjectRemark
from app.projects.policy import free_of_interest, may_declare_interest, sees_working_copy
from app.projects.queries import participating_departments, remarks_on
from app.reviews.policy import may_read_case
from app.web.language import current_language
from app.web.tags import STEP_LABELS, Tag


@dataclass(frozen=True)
class ProjectPage:
    """Everything on the project page."""

    project: Project
    steps: Sequence[dict[str, Any]]
    next_step: NextStep | None
    waiting_text: Any
    late: bool
    version: ApplicationVersion | None
    granted: Decimal
    participating: Sequence[ProjectDepartment]
    remarks: Sequence[ProjectRemark]
    decisions: Sequence[Decision]
    conditions: Mapping[int, Tag]
    """Where each condition of a grant stands."""
    opinions: Sequence[Opinion]
    timeline: Sequence[Entry]
    tabs: Sequence[dict[str, Any]]
    interest: Any
    """Why the reader, who treats cases, takes no part in this one; None for everybody else."""


def project_page(viewer: Viewer, project: Project, today: date) -> ProjectPage:
    """Gather the page for the viewer."""
    version = queries.newest_version(project.id)
    own = sees_working_copy(viewer, project)
    events, granted = timeline_of(project.id, limit=100), queries.granted_to(project.id)
    states = states_in(project.id) if State(project.state) in DECIDED else {}
    return ProjectPage(
        project=project,
        steps=step_line(State(project.state)),
        next_step=next_step(viewer, project),
        waiting_text=waiting_text(project),
        late=project.due_on is not None and project.due_on < today,
        version=version,
        granted=granted,
        participating=participating_departments(project.id),
        remarks=remarks_on(project.id),
        decisions=decisions_of(project.id),
        conditions={number: condition_tag(state) for number, state in states.items()},
        opinions=opinions_of(project.id),
        timeline=told(events, reader(), with_writing=False, in_department=own)[:10],
        tabs=tabs(
            viewer,
            project,
            has_version=version is not None,
            has_conditions=bool(states),
            has_money=bool(granted),
        ),
        interest=free_of_interest(viewer, project).reason if may_declare_interest(viewer, project) else None,
    )


def reader() -> Reader:
    """How the reader of this request sees values of the history."""
    names = {str(department_id): name for department_id, name in department_names().items()}
    return Reader(names, current_language())


def tabs(
    viewer: Viewer, project: Project, *, has_version: bool, has_conditions: bool, has_money: bool
) -> list[dict[str, Any]]:
    """The project's pages and documents that the viewer may open."""
    memo = has_version and bool(may_read_memo(viewer, project))
    offered = [
        (_("Översikt"), "overview.project", True),
        (_("Ansökan"), "applications.read", True),
        (_("Nyttokalkyl"), "benefits.lines", True),
        (_("Granskning"), "reviews.case", bool(may_read_case(viewer, project))),
        (ngettext("Villkor", "Villkor", 2), "conditions.conditions", has_conditions),
        (_("Pengar"), "funds.project", has_money),
        (_("Plan"), "plans.plan", bool(may_read_plan(viewer, project))),
        (_("Kostnader och timmar"), "costs.costs", bool(may_read_costs(viewer, project))),
        (_("Lägesrapporter"), "reports.reports", bool(may_read_list(viewer, project))),
        (_("Risker"), "risks.risks", bool(may_read_risks(viewer, project))),
        (_("Historik"), "overview.history", True),
        (_("Jäv"), "projects.interest", bool(may_declare_interest(viewer, project))),
        (_("Ansökan (PDF)"), "applications.pdf", True),
        (_("Beslutsunderlag (PDF)"), "decisions.memo_pdf", memo),
    ]
    return [
        {
            "label": label,
            "href": url_for(endpoint, project_id=project.id),
            "current": endpoint == "overview.project",
        }
        for label, endpoint, allowed in offered
        if allowed
    ]


def step_line(state: State) -> list[dict[str, Any]]:
    """The steps of the process with today's marked; a case that has ended has no step to come."""
    steps = list(Step)
    here = steps.index(STEP_OF[state])
    stopped = state in REFUSED | {State.TERMINATED}
    ready = state in (State.APPROVED, State.HANDED_OVER)
    shown = []
    for place, step in enumerate(steps):
        if place < here or (place == here and ready):
            mark = "done"
        elif place == here:
            mark = "stopped" if stopped else "current"
        else:
            mark = "todo"
        shown.append({"label": STEP_LABELS[step], "state": mark})
    return shown
