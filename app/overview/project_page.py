"""The project page: where it stands, its figures, the next step, what has been decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.accounts.access import Viewer
from app.accounts.queries import department_names
from app.applications.models import ApplicationVersion
from app.core.workflow import DECIDED, REFUSED, STEP_OF, State, Step
from app.decisions.models import Decision, Opinion
from app.decisions.queries import decisions_of, opinions_of
from app.delivery.conditions.queries import states_in
from app.delivery.conditions.words import condition_at_last
from app.history.queries import timeline_of
from app.overview import queries
from app.overview.changes import Reader
from app.overview.next_step import NextStep, next_step, waiting_text
from app.overview.parts import Group, Standing, parts_of
from app.overview.timeline import Entry, told
from app.projects.models import Project, ProjectDepartment, ProjectRemark
from app.projects.policy import free_of_interest, may_declare_interest, sees_working_copy
from app.projects.queries import participating_departments, remarks_on
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
    parts: Sequence[Group]
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
        conditions={number: condition_at_last(state, project) for number, state in states.items()},
        opinions=opinions_of(project.id),
        timeline=told(events, reader(), with_writing=False, in_department=own)[:10],
        parts=parts_of(viewer, project, Standing(version is not None, bool(states), bool(granted))),
        interest=free_of_interest(viewer, project).reason if may_declare_interest(viewer, project) else None,
    )


def reader() -> Reader:
    """How the reader of this request sees values of the history."""
    names = {str(department_id): name for department_id, name in department_names().items()}
    return Reader(names, current_language())


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
