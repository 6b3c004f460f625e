"""Whoever measures a benefit is reminded of it, and sees it among what is to be done."""

from __future__ import annotations

from datetime import date, timedelta

from app.programmes.models import Programme
from app.realisation import waiting
from app.realisation.reminding import due_measurements
from tests.conftest import Browser, Cast
from tests.realisation.measuring_story import AUTUMN, measure, plan, with_plan
from tests.running_story import running

DUE_ON = AUTUMN.due_on


def people(after: int) -> set[int]:
    return {due.person_id for due in due_measurements(DUE_ON + timedelta(days=after))}


def test_who_measures_is_reminded_and_a_week_late_the_departments_managers_too(
    cast: Cast, programme: Programme
) -> None:
    project = with_plan(cast, programme)
    plan(cast, project, measurer_id=cast.leader.id)
    assert people(-15) == set()
    assert people(-14) == people(1) == {cast.leader.id}
    assert people(7) == {cast.leader.id, cast.manager.id}
    plan(cast, project, measurer_id=None)
    assert people(-14) == {cast.manager.id}, "nobody is named: it is the department's"
    measure(cast, project)
    assert people(7) == set()


def test_what_is_to_be_measured_waits_for_who_measures_until_it_is(cast: Cast, programme: Programme) -> None:
    project = with_plan(cast, programme)
    soon = DUE_ON - timedelta(days=14)
    assert waiting.to_measure(cast.manager, soon - timedelta(days=1), limit=9) == []
    (row,) = waiting.to_measure(cast.manager, soon, limit=9)
    assert (row.project_id, row.due_on) == (project.id, date(2029, 1, 31))
    assert waiting.to_measure(cast.leader, soon, limit=9) == []
    assert waiting.to_measure(cast.other_manager, soon, limit=9) == []
    measure(cast, project)
    assert waiting.to_measure(cast.manager, soon, limit=9) == []


def test_the_start_page_leads_to_what_is_to_be_measured_and_planned(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    browser.sign_in(cast.leader)
    assert "2 nyttor saknar nyttoplan." in browser.get("/").text
    plan(cast, project, measurer_id=cast.leader.id, baseline_on=date(2027, 2, 1))
    page = browser.get("/").text
    assert "1 nytta saknar nyttoplan." in page
    assert "Mät en nytta" not in page, "its day is more than two weeks away"
