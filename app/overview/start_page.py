"""The start page: what waits for me first, then my projects, then the programme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.accounts.access import Viewer
from app.accounts.policy import may_administer
from app.decisions.policy import may_read_packs
from app.decisions.queries import Agenda, next_meeting
from app.overview import queries
from app.overview.getting_started import SetupStep, setup_steps
from app.overview.next_step import NextStep, next_step
from app.overview.policy import may_see_queue
from app.overview.task import Task
from app.overview.tasks import tasks_for
from app.programmes.models import Programme
from app.programmes.queries import frame_balance, programmes
from app.projects.models import Project
from app.projects.policy import may_start
from app.web.pages import Page

WAITING_SHOWN = 20


@dataclass(frozen=True)
class Waiting:
    """One case that waits for the viewer."""

    project: Project
    step: NextStep
    late: bool


@dataclass(frozen=True)
class ProgrammeFigures:
    """A programme in four numbers."""

    programme: Programme
    frame: Decimal
    granted: Decimal
    available: Decimal
    paid: Decimal
    promised: Decimal


@dataclass(frozen=True)
class StartPage:
    """Everything on the start page."""

    waiting: Sequence[Waiting]
    tasks: Sequence[Task]
    """What else waits, in projects that have been granted money."""
    where: Page
    """Where in the list of what waits the reader is."""
    meeting: Agenda | None
    """The next meeting whose documents the viewer reads."""
    setup: Sequence[SetupStep]
    """For the administrator: what is left before the first application can come in."""
    own: Sequence[Project]
    begun: frozenset[int]
    """The own projects that wait for the viewer."""
    programmes: Sequence[ProgrammeFigures]
    may_start: bool
    may_see_queue: bool


def start_page(viewer: Viewer, today: date, number: int = 1) -> StartPage:
    """Gather the page for the viewer, with this page of what waits."""
    where = Page(number, queries.count_waiting_for(viewer), WAITING_SHOWN).within()
    waiting = [
        Waiting(project, step, project.due_on is not None and project.due_on < today)
        for project in queries.waiting_for(viewer, limit=where.size, offset=where.offset)
        if (step := next_step(viewer, project)) is not None
    ]
    own = queries.own_projects(viewer)
    return StartPage(
        waiting=waiting,
        tasks=tasks_for(viewer, today),
        where=where,
        meeting=next_meeting(viewer, today) if may_read_packs(viewer) else None,
        setup=setup_steps(today) if may_administer(viewer) else (),
        own=own,
        begun=frozenset(project.id for project in own if next_step(viewer, project) is not None),
        programmes=[_figures(programme) for programme in programmes() if programme.ends_on >= today],
        may_start=bool(may_start(viewer)),
        may_see_queue=bool(may_see_queue(viewer)),
    )


def _figures(programme: Programme) -> ProgrammeFigures:
    balance = frame_balance(programme.id)
    if balance is None:
        return ProgrammeFigures(programme, *[Decimal(0)] * 5)
    return ProgrammeFigures(
        programme,
        balance.frame,
        balance.granted,
        balance.available,
        balance.used,
        queries.promised_benefits(programme.id),
    )
