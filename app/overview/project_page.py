"""The project page: where it stands, its figures, the next step, what has been decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.accounts.access import Viewer
from app.accounts.queries import department_names
from app.applications.models import ApplicationVersion
from app.closing.termination.models import Termination
from app.closing.termination.queries import termination_of
from app.core.workflow import DECIDED, GRANTED, INTERRUPTED, REFUSED, STEP_OF, State, Step
from app.decisions.models import Decision, Opinion
from app.decisions.queries import decisions_of, opinions_of
from app.delivery.conditions.queries import states_in
from app.delivery.conditions.words import condition_at_last
from app.delivery.funds.queries import Sums, accounts_of, sums_of
from app.history.queries import timeline_of
from app.overview import queries
from app.overview.changes import Reader
from app.overview.next_step import NextStep, next_step, waiting_text
from app.overview.open_tasks import OpenTasks, open_tasks
from app.overview.parts import Group, Standing, parts_of
from app.overview.timeline import Entry, told
from app.projects.models import Project, ProjectDepartment, ProjectKind, ProjectRemark
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
    paused_until: date | None
    version: ApplicationVersion | None
    todo: OpenTasks
    """What is to be done in the project, by whom and when."""
    money: Sums
    """What it was granted, and what has become of it."""
    participating: Sequence[ProjectDepartment]
    remarks: Sequence[ProjectRemark]
    interruption: Termination | None
    """The decision that the project should not go on."""
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
    events, money = timeline_of(project.id, limit=100), sums_of(accounts_of(project.id))
    state = State(project.state)
    states = states_in(project.id) if state in DECIDED else {}
    return ProjectPage(
        project=project,
        steps=step_line(state, followed=project.kind == ProjectKind.IMPLEMENTATION),
        next_step=next_step(viewer, project),
        waiting_text=waiting_text(project),
        late=project.due_on is not None and project.due_on < today,
        paused_until=project.due_on if state is State.PAUSED else None,
        version=version,
        todo=open_tasks(viewer, project, today),
        money=money,
        participating=participating_departments(project.id),
        remarks=remarks_on(project.id),
        interruption=termination_of(project.id) if state in INTERRUPTED else None,
        decisions=decisions_of(project.id),
        conditions={number: condition_at_last(met, project) for number, met in states.items()},
        opinions=opinions_of(project.id),
        timeline=told(events, reader(), with_writing=False, in_department=own)[:10],
        parts=parts_of(viewer, project, Standing(version is not None, bool(states), bool(money.granted))),
        interest=free_of_interest(viewer, project).reason if may_declare_interest(viewer, project) else None,
    )


def reader() -> Reader:
    """How the reader of this request sees values of the history."""
    names = {str(department_id): name for department_id, name in department_names().items()}
    return Reader(names, current_language())


TREATMENT = frozenset({Step.SIGNATURE, Step.COMPLETENESS, Step.ASSESSMENT, Step.OPINION})
"""What lies between an application and its decision: told step by step until money is granted."""


def steps_to_tell(state: State, *, followed: bool) -> list[Step]:
    """A project that was granted money has its treatment behind it, and what it leaves is followed up, unless
    it is a pre-study or was interrupted."""
    if state not in GRANTED:
        return [step for step in Step if step is not Step.FOLLOW_UP]
    left_out = set(TREATMENT) if followed and state not in INTERRUPTED else {*TREATMENT, Step.FOLLOW_UP}
    return [step for step in Step if step not in left_out]


def step_line(state: State, *, followed: bool) -> list[dict[str, Any]]:
    """The steps of the process with today's marked; a case that has ended has no step to come."""
    steps = steps_to_tell(state, followed=followed)
    here = steps.index(STEP_OF[state])
    stopped = state in REFUSED | {State.TERMINATED}
    ready = state in (State.APPROVED, State.HANDED_OVER, State.CLOSED)
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
