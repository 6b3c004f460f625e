"""The story of a project's end: its final report is written, sent, sent back, approved.

Every function ends in a committed transaction and answers with the project, freshly loaded.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from app.accounts.access import Viewer
from app.closing.final_report import queries, service
from app.closing.final_report.beginning import from_the_record
from app.closing.final_report.content import Content, GoalSaid, GroupSaid, MilestoneSaid, Words, place
from app.closing.final_report.gathering import ground_of
from app.closing.final_report.queries import FinalReportOf
from app.closing.handover import service as handover
from app.core.final_report import Area, Fulfilment, GoalKind, Group, Lesson
from app.core.workflow import State
from app.db import transaction
from app.delivery.funds import queries as accounts
from app.delivery.funds import service as funds
from app.programmes.models import Programme
from app.projects.models import Project, ProjectKind
from tests import operating_story
from tests.conftest import Cast
from tests.delivery.granted import payer
from tests.remembered import remembered
from tests.running_story import running
from tests.story import reloaded

CLOSED = datetime(2028, 6, 20, 9, 0, tzinfo=UTC)
ENDED_ON = date(2028, 6, 30)
"""As the plan has it."""


@remembered
def closing(cast: Cast, programme: Programme, **details: Any) -> Project:
    """The project has begun to end, and its department answers for the service if it builds one."""
    project = running(cast, programme, **details)
    if project.kind == ProjectKind.IMPLEMENTATION:
        operating_story.accepted(cast, project)
    project = reloaded(project)
    with transaction():
        handover.begin_closing(cast.leader, project, CLOSED)
    return reloaded(project)


def final_report(viewer: Viewer, project: Project) -> FinalReportOf:
    """The project's final report as the viewer finds it."""
    found = queries.final_report_for(viewer, project.id)
    assert found is not None
    return found


def complete_content(project: Project, **changes: Any) -> Content:
    """A report in which nothing is lacking: the project's own goals are fulfilled, the others not known."""
    ground = ground_of(project)
    begun = from_the_record(ground)
    later = date(2029, 6, 30)
    answers = {
        goal.key: GoalSaid(Fulfilment.FULFILLED, value="1", comment="Godkänt av styrgruppen.")
        if goal.kind is GoalKind.PROJECT
        else GoalSaid(
            Fulfilment.NOT_YET, role="Enhetschef", department_id=project.lead_department_id, by=later
        )
        for goal in ground.goals
    }
    lessons = {place(lesson, area): f"{lesson} {area}" for lesson in Lesson for area in Area}
    texts = {words: f"Text om {words}." for words in Words if words is not Words.REASONS}
    given: dict[str, Any] = {
        "texts": {**begun.texts, **texts},
        "ended_on": ENDED_ON,
        "goals": answers,
        "milestones": {
            row.key: MilestoneSaid(min(row.planned_on, CLOSED.date())) for row in ground.milestones({})
        },
        "groups": {group: GroupSaid(lessons) for group in Group},
    }
    return replace(begun, **(given | changes))


@remembered
def final_report_written(cast: Cast, programme: Programme, **details: Any) -> Project:
    """Everything is written; nothing is sent."""
    project = closing(cast, programme, **details)
    write(cast, project, complete_content(project))
    return reloaded(project)


def write(cast: Cast, project: Project, content: Content, now: datetime = CLOSED) -> None:
    """The leader saves the report."""
    with transaction():
        service.save(cast.leader, final_report(cast.leader, project), content, now)


def send(cast: Cast, project: Project, now: datetime = CLOSED) -> None:
    """The leader sends the report."""
    with transaction():
        service.send(cast.leader, final_report(cast.leader, project), now.date(), now)


@remembered
def final_report_sent(cast: Cast, programme: Programme, **details: Any) -> Project:
    """The report is sent, and nothing else stands in its way but money that is left."""
    project = final_report_written(cast, programme, **details)
    send(cast, project)
    return reloaded(project)


def put_in_order(cast: Cast, project: Project, now: datetime = CLOSED) -> None:
    """What nobody has asked for returns to the frame, and the manager confirms that nothing else remains."""
    return_money(project, now)
    with transaction():
        handover.confirm_nothing_left(cast.manager, reloaded(project), "", now)


def return_money(project: Project, now: datetime = CLOSED) -> None:
    """What nobody has asked for returns to the frame."""
    controller = payer()
    with transaction():
        for row in accounts.with_money_left(project.id):
            funds.give_back(
                controller,
                reloaded(project),
                row.department_id,
                row.year,
                amount=Decimal(row.sums.remaining),
                reference="Slut",
                now=now,
            )


@remembered
def handed_over(cast: Cast, programme: Programme, **details: Any) -> Project:
    """The report is approved, and the project has ended."""
    project = final_report_sent(cast, programme, **details)
    put_in_order(cast, project)
    approve(cast, project)
    return reloaded(project)


def approve(cast: Cast, project: Project, now: datetime = CLOSED) -> None:
    """The secretary approves what was sent last."""
    found = final_report(cast.secretary, reloaded(project))
    assert found.newest is not None
    with transaction():
        service.approve(cast.secretary, found, found.newest.number, words="Tack.", now=now)


def report_and_return(cast: Cast, project: Project) -> None:
    """The project begins to end, if it has not; its report is sent, and comes back."""
    project = reloaded(project)
    if project.state == State.RUNNING:
        operating_story.accepted(cast, project)
        operating_story.reviewed(cast, project)
        with transaction():
            handover.begin_closing(cast.leader, reloaded(project), CLOSED)
    write(cast, reloaded(project), complete_content(project))
    send(cast, reloaded(project))
    with transaction():
        found = final_report(cast.secretary, reloaded(project))
        service.give_back(cast.secretary, found, 1, reason="Ange vem som följer upp.", now=CLOSED)
