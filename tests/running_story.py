"""The story from the decision on: each function brings a case one step further.

Every function ends in a committed transaction and answers with the project, freshly loaded.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from app.accounts.access import Viewer
from app.core.costs import CostKind, Financier
from app.core.reporting import Dimension, Light
from app.db import transaction
from app.delivery.plans import queries, service
from app.delivery.plans.values import (
    BudgetValues,
    EffortValues,
    MeetingValues,
    MemberValues,
    MilestoneValues,
)
from app.delivery.reports import queries as reported
from app.delivery.reports import service as reports
from app.delivery.reports.content import Content, CostSaid, HoursSaid, LightSaid, MilestoneSaid
from app.delivery.reports.models import ReportPeriod
from app.delivery.reports.queries import ReportOf
from app.programmes.models import Programme
from app.projects.models import Project
from tests.conftest import Cast
from tests.remembered import remembered
from tests.review_story import LATER, awaiting_decision, decide
from tests.story import reloaded

PLANNED = LATER + timedelta(days=10)
MEETING = date(2027, 4, 15)


@remembered
def granted(cast: Cast, programme: Programme, **details: Any) -> Project:
    """The committee has approved what was applied for."""
    project = awaiting_decision(cast, programme, **details)
    decide(cast.secretary, project)
    return reloaded(project)


@remembered
def drawn_up(cast: Cast, programme: Programme, **details: Any) -> Project:
    """The plan has begun with what the application says."""
    project = granted(cast, programme, **details)
    with transaction():
        service.draw_up(cast.leader, project, PLANNED)
    return reloaded(project)


def steered(cast: Cast, project: Project, now: datetime = PLANNED) -> None:
    """There is a steering group with a chair, and a meeting."""
    with transaction():
        service.save_steering(
            cast.leader,
            project,
            members=[
                MemberValues(role="Verksamhetschef", department_id=cast.department.id, chairs=True),
                MemberValues(role="It-chef", department_id=cast.other_department.id),
            ],
            meetings=[MeetingValues(planned_on=MEETING)],
            now=now,
        )


@remembered
def planned(cast: Cast, programme: Programme, **details: Any) -> Project:
    """A plan that lacks nothing."""
    project = drawn_up(cast, programme, **details)
    complete(cast, project)
    return reloaded(project)


def complete(cast: Cast, project: Project, now: datetime = PLANNED) -> None:
    """A few milestones, the granted money, hours for two roles, a steering group."""
    department = cast.department.id
    with transaction():
        service.save_milestones(
            cast.leader,
            project,
            starts_on=date(2027, 4, 1),
            ends_on=date(2028, 6, 30),
            milestones=[
                MilestoneValues(name="Utgångsvärden är mätta", planned_on=date(2027, 5, 31)),
                MilestoneValues(name="Tjänsten är öppen", planned_on=date(2028, 3, 1)),
                MilestoneValues(name="Överlämnad till drift", planned_on=date(2028, 6, 15)),
            ],
            now=now,
        )
        service.save_effort(
            cast.leader,
            project,
            [
                EffortValues(role="Projektledare", department_id=department, share=Decimal("0.6")),
                EffortValues(
                    role="Styrgrupp", department_id=department, hours_low=Decimal(40), hours_high=Decimal(80)
                ),
            ],
            now,
        )
        service.save_budget(cast.leader, project, granted_budget(cast, project), now)
    steered(cast, project, now)


def granted_budget(cast: Cast, project: Project) -> list[BudgetValues]:
    """What is granted as the programme's part, and some of the department's own."""
    granted_by = queries.granted_by_department_and_year(project.id)
    lines = [
        BudgetValues(
            description=f"Utveckling {year}",
            kind=CostKind.ONE_OFF,
            department_id=department,
            financier=Financier.PROGRAMME,
            amounts={year: amount},
        )
        for (department, year), amount in granted_by.items()
    ]
    own = BudgetValues(
        description="Egna timmar",
        kind=CostKind.INTERNAL_HOURS,
        department_id=cast.department.id,
        financier=Financier.OWN_BUDGET,
        amounts={2027: Decimal("120000.50"), 2028: Decimal(80_000)},
    )
    return [*lines, own]


def run(cast: Cast, project: Project, now: datetime = PLANNED) -> None:
    """From the decision to a running project."""
    with transaction():
        service.draw_up(cast.leader, project, now)
    complete(cast, project, now)
    with transaction():
        service.establish(cast.leader, project, now)


@remembered
def running(cast: Cast, programme: Programme, **details: Any) -> Project:
    """The plan is established, and the project runs."""
    project = planned(cast, programme, **details)
    with transaction():
        service.establish(cast.leader, project, PLANNED)
    return reloaded(project)


PERIOD_ENDS = date(2027, 4, 30)
REPORTED = datetime(2027, 5, 6, 9, 0, tzinfo=UTC)
"""After the period's end and before the report is due."""


def period(cast: Cast, programme: Programme) -> ReportPeriod:
    """The first tertial, due on 14 May; the same however often it is asked for."""
    found = next((row for row in reported.periods_of(programme.id) if row.ends_on == PERIOD_ENDS), None)
    if found is not None:
        return found
    with transaction():
        return reports.add_period(
            cast.secretary,
            programme.id,
            name="Tertial 1 2027",
            starts_on=date(2027, 1, 1),
            ends_on=PERIOD_ENDS,
            due_on=date(2027, 5, 14),
            now=PLANNED,
        )


def report_on(viewer: Viewer, project: Project, number: int) -> ReportOf:
    """The project's report on the period of this number, as the viewer finds it."""
    found = reported.report_for(viewer, project.id, number)
    assert found is not None
    return found


LIGHTS = dict.fromkeys(Dimension, LightSaid(Light.GREEN)) | {
    Dimension.RISK: LightSaid(Light.YELLOW, "Risken från ansökan kvarstår.")
}
"""Everything is green but the risk that the application tells of."""


def complete_content(project: Project, **changes: Any) -> Content:
    """A report in which nothing is lacking: everything as planned, a tenth of the money spent."""
    plan = queries.current_plan(project.id)
    assert plan is not None
    given: dict[str, Any] = {
        "lights": LIGHTS,
        "milestones": {row.key: MilestoneSaid() for row in plan.milestones},
        "costs": {row.key: CostSaid(row.total / 10, row.total) for row in plan.budget},
        "hours": {row.key: HoursSaid(row.low and row.low / 10, row.high) for row in plan.effort},
        "done": "Utgångsvärdena är mätta.",
        "coming": "Upphandlingen avslutas.",
    }
    return Content(**(given | changes))


def report_and_read(cast: Cast, programme: Programme, project: Project) -> None:
    """The running project sends a report, which is read."""
    number = period(cast, programme).id
    found = report_on(cast.leader, project, number)
    with transaction():
        reports.send(cast.leader, found, complete_content(project), REPORTED)
    with transaction():
        reports.read(cast.secretary, report_on(cast.secretary, project, number), 1, REPORTED)


@remembered
def report_sent(cast: Cast, programme: Programme, **details: Any) -> Project:
    """The project runs, and has sent its first report."""
    project = running(cast, programme, **details)
    number = period(cast, programme).id
    with transaction():
        reports.send(
            cast.leader, report_on(cast.leader, project, number), complete_content(project), REPORTED
        )
    return reloaded(project)
