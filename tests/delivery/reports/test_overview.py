"""All reports of a period: counts, lights and money add up, and each sees what he or she may see."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.core.reporting import Dimension, Light
from app.core.workflow import Action, State
from app.db import transaction
from app.delivery.reports import overview, queries, service
from app.delivery.reports.overview import Asked, Where, overview_page
from app.delivery.reports.queries import owed_reports
from app.delivery.reports.service import PeriodExistsError
from app.programmes.models import Programme
from app.projects.service import move
from tests.conftest import Cast
from tests.running_story import PERIOD_ENDS, REPORTED, complete_content, period, report_on, running
from tests.story import in_state


def counts(cast: Cast, day: date) -> dict[Where, int]:
    return dict(overview_page(cast.secretary, Asked(None, "", 1), day).totals.counts)


def test_the_overview_adds_up_and_says_what_is_late(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    other = running(cast, programme, title="Det andra projektet")
    due = period(cast, programme).due_on
    assert counts(cast, due) == {Where.DUE: 2}
    assert counts(cast, due + timedelta(days=1)) == {Where.LATE: 2}
    number = period(cast, programme).id
    with transaction():
        content = complete_content(project)
        version = service.send(cast.leader, report_on(cast.leader, project, number), content, REPORTED)
    page = overview_page(cast.secretary, Asked(None, "", 1), due + timedelta(days=1))
    assert dict(page.totals.counts) == {Where.LATE: 1, Where.IN: 1}
    assert page.totals.count == len(page.rows) == 2
    assert page.totals.spent == sum((row.spent or 0 for row in page.rows), Decimal(0)) == version.spent
    assert page.totals.lights[Dimension.TIME] == {Light.GREEN: 1}
    late = overview_page(cast.secretary, Asked(None, "late", 1), due + timedelta(days=1))
    assert [row.project_id for row in late.rows] == [other.id]
    assert overview_page(cast.other_leader, Asked(None, "", 1), due).totals.count == 0


def test_nothing_more_is_asked_of_a_project_that_closes_but_what_it_sent_stays(
    cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    other = running(cast, programme, title="Det andra projektet")
    number, due = period(cast, programme).id, period(cast, programme).due_on
    with transaction():
        content = complete_content(project)
        service.send(cast.leader, report_on(cast.leader, project, number), content, REPORTED)
        for ending in (project, other):
            move(cast.leader, ending, Action.BEGIN_CLOSING, REPORTED)
    assert counts(cast, due + timedelta(days=1)) == {Where.IN: 1}
    assert owed_reports(due) == []


def test_an_overview_of_nothing_is_empty(cast: Cast, programme: Programme) -> None:
    assert programme.id
    assert overview_page(cast.secretary, Asked(7, "nonsense", 3), date(2027, 1, 1)).totals is overview.NOTHING


def test_two_periods_never_end_on_one_day(cast: Cast, programme: Programme) -> None:
    period(cast, programme)
    with pytest.raises(PeriodExistsError):
        service.add_period(
            cast.secretary,
            programme.id,
            name="Samma",
            starts_on=PERIOD_ENDS,
            ends_on=PERIOD_ENDS,
            due_on=PERIOD_ENDS + timedelta(days=1),
            now=REPORTED,
        )


def test_a_project_that_has_ended_is_late_with_nothing(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    day = period(cast, programme).due_on + timedelta(days=1)
    (asked,) = queries.reports_of(project, day)
    assert asked.late(day)
    assert queries.reports_of(in_state(project, State.HANDED_OVER), day) == []
