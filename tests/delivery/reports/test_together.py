"""The money of a period's reports together is the sum of theirs, and ends at what the summary says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.core.costs import Financier
from app.db import transaction
from app.delivery.plans.queries import current_plan
from app.delivery.reports import service
from app.delivery.reports.collecting import collection_for, reports_in
from app.delivery.reports.content import Content, MilestoneSaid
from app.delivery.reports.models import ReportPeriod, ReportVersion
from app.delivery.reports.together import Together, together_of
from app.programmes.models import Programme
from app.projects.models import Project
from tests.conftest import Cast
from tests.running_story import PLANNED, REPORTED, complete_content, period, report_on, running
from tests.story import reloaded

IN_AUTUMN = datetime(2027, 9, 6, 9, 0, tzinfo=UTC)


@pytest.fixture
def summer(cast: Cast, programme: Programme) -> ReportPeriod:
    with transaction():
        return service.add_period(
            cast.secretary,
            programme.id,
            name="Tertial 2 2027",
            starts_on=date(2027, 5, 1),
            ends_on=date(2027, 8, 31),
            due_on=date(2027, 9, 14),
            now=PLANNED,
        )


def send(cast: Cast, project: Project, on: ReportPeriod, now: datetime) -> None:
    with transaction():
        found = report_on(cast.leader, reloaded(project), on.id)
        service.send(cast.leader, found, content_of(project, on), now)


def content_of(project: Project, on: ReportPeriod) -> Content:
    """What was planned within the period was ready on its day."""
    content, plan = complete_content(project), current_plan(project.id)
    assert plan is not None
    ready = {
        row.key: MilestoneSaid(reached_on=row.planned_on)
        for row in plan.milestones
        if row.planned_on <= on.ends_on
    }
    return replace(content, milestones={**content.milestones, **ready})


def together(cast: Cast, on: ReportPeriod) -> tuple[Together, Sequence[ReportVersion]]:
    collection = collection_for(cast.secretary, on.id)
    assert collection is not None
    sent = [row.version for row in reports_in(collection) if row.version is not None]
    found = together_of(collection.period, sent)
    assert found is not None
    return found, sent


def test_the_lines_end_at_the_sums_of_the_reports(
    cast: Cast, programme: Programme, summer: ReportPeriod
) -> None:
    first, second = (running(cast, programme, title=title) for title in ("Bygglov", "Kulturkort"))
    silent, spring = running(cast, programme, title="Hittegods"), period(cast, programme)
    for project in (first, silent):
        send(cast, project, spring, REPORTED)
    for project in (first, second):
        send(cast, project, summer, IN_AUTUMN)
    found, sent = together(cast, summer)
    assert len(sent) == 2
    assert found.curve.budget == sum(row.budget for row in sent) > 0
    assert found.curve.told[-1].spent == sum(row.spent for row in sent) > 0
    assert found.curve.forecast == sum(row.forecast for row in sent)
    assert found.reports == {spring.ends_on: 1, summer.ends_on: 2}
    plans = [current_plan(project.id) for project in (first, second)]
    assert found.curve.granted == sum(plan.budget_of(Financier.PROGRAMME) for plan in plans if plan)
    years = {2027: date(2027, 12, 31), 2028: date(2028, 6, 30)}
    planned = {point.on: point.amount for point in found.curve.plan}
    for year, day in years.items():
        until = range(2027, year + 1)
        assert planned[day] == sum(plan.budget_in(one) for plan in plans if plan for one in until)


def test_what_comes_later_is_no_part_of_an_earlier_period(
    cast: Cast, programme: Programme, summer: ReportPeriod
) -> None:
    project, spring = running(cast, programme), period(cast, programme)
    send(cast, project, spring, REPORTED)
    before, _sent = together(cast, spring)
    send(cast, project, summer, IN_AUTUMN)
    assert together(cast, spring)[0] == before
    assert [row.name for row in before.curve.told] == ["Tertial 1 2027"]


def test_without_reports_there_is_nothing_to_draw(summer: ReportPeriod) -> None:
    assert together_of(summer, []) is None
