"""The timeline: its days are those of the plans, reports and follow-ups, and those that were known then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from bs4 import BeautifulSoup

from app.accounts.access import Viewer
from app.closing.final_report.models import FinalReportVersion
from app.core.follow_up import Standing
from app.core.project_time import Ending, ProjectTime
from app.db import db, transaction
from app.delivery.plans.queries import baselines_of
from app.follow_up.queries import follow_ups_of
from app.operations import service as operations
from app.operations.models import OperatedService
from app.portfolio import queries
from app.portfolio.asked import Wanted, with_money
from app.portfolio.moment import Moment, moment_of
from app.portfolio.rows import Row
from app.portfolio.timeline.pages import time_of, timeline_page
from app.portfolio.timeline.queries import days_of
from app.programmes.models import Programme
from tests import changing_story, operating_story
from tests.closing.final_story import CLOSED, final_report_sent
from tests.closing.terminating_story import terminating
from tests.conftest import Browser, Cast
from tests.follow_up.follow_story import DAYS, approve, follow_up_written, send
from tests.portfolio.city_story import city
from tests.portfolio.day_story import at, story
from tests.portfolio.test_earlier_days import FILTERS, LAST
from tests.realisation.measuring_story import TODAY
from tests.running_story import PLANNED, report_sent, running

GRANTED = Wanted(state="granted")


def times(viewer: Viewer, moment: Moment, wanted: Wanted = GRANTED) -> dict[int, ProjectTime]:
    """The days of every project that the viewer's timeline has, at the moment."""
    rows = queries.rows(viewer, wanted, moment, limit=None)
    days = days_of([row.id for row in rows], moment)
    return {row.id: time_of(row, days, moment) for row in rows}


def only(cast: Cast, moment: Moment) -> ProjectTime:
    (found,) = times(cast.secretary, moment).values()
    return found


def test_every_day_says_afterwards_what_it_said_then(cast: Cast, programme: Programme) -> None:
    told: dict[date, dict[int, ProjectTime]] = {}
    for day in story(cast, programme):
        told[day] = times(cast.secretary, moment_of(None, day))
    for day, then in told.items():
        assert times(cast.secretary, moment_of(day, LAST)) == then, day
    assert len({repr([replace(one, day=LAST) for one in then.values()]) for then in told.values()}) >= 4


def _ending(cast: Cast, programme: Programme) -> Iterator[date]:
    project = follow_up_written(cast, programme)
    yield DAYS[0]
    due = follow_ups_of(project.id)[0].due_on
    yield due + timedelta(days=1)
    send(cast, project, now=at(due + timedelta(days=2)))
    yield due + timedelta(days=2)
    approve(cast, project, now=at(due + timedelta(days=3)))
    yield due + timedelta(days=3)


def test_the_end_and_what_follows_are_known_from_their_day_on(cast: Cast, programme: Programme) -> None:
    told = {day: only(cast, moment_of(None, day)) for day in _ending(cast, programme)}
    for day, then in told.items():
        assert only(cast, moment_of(day, LAST)) == then
    standings = [next(row.standing for row in one.follow_ups) for one in told.values()]
    assert standings == [Standing.OPEN, Standing.LATE, Standing.SENT, Standing.APPROVED]
    before = only(cast, moment_of(CLOSED.date() - timedelta(days=1), LAST))
    assert (before.is_over, before.ended_on, before.follow_ups) == (False, None, ())
    assert only(cast, moment_of(CLOSED.date(), LAST)).ending is Ending.ENDED


def test_its_days_are_those_of_plan_final_report_service_and_follow_ups(
    cast: Cast, programme: Programme
) -> None:
    project = follow_up_written(cast, programme)
    found = only(cast, moment_of(None, DAYS[0]))
    first = baselines_of(project.id)[0].content
    assert found.first is not None
    assert (found.first.starts_on.isoformat(), found.first.ends_on.isoformat()) == (
        first["starts_on"], first["ends_on"],
    )  # fmt: skip
    report = db.session.scalars(db.select(FinalReportVersion)).one()
    assert found.ended_on is not None
    assert found.ended_on.isoformat() == report.content["end"]["ended_on"]
    assert found.delay == report.days_late
    assert [row.on for row in found.follow_ups] == [row.follows_on for row in follow_ups_of(project.id)]
    service = db.session.scalars(db.select(OperatedService)).one()
    assert found.launched_on == service.launched_on == operating_story.LAUNCHED


def test_a_report_moves_the_end_until_a_newer_plan_does(cast: Cast, programme: Programme) -> None:
    for day in story(cast, programme):
        if day == date(2027, 5, 20):
            break
    moment = moment_of(None, day)
    found = only(cast, moment)
    (number,) = times(cast.secretary, moment)
    days = days_of([number], moment)
    assert found.newest is not None
    late = found.newest.ends_on + timedelta(days=40)
    moved = time_of(_row(cast, moment), replace(days, expected={number: late}), moment)
    assert (moved.expected_on, moved.delay) == (late, 40)


def _row(cast: Cast, moment: Moment) -> Row:
    (row,) = queries.rows(cast.secretary, GRANTED, moment, limit=None)
    return row


def test_what_was_interrupted_is_so_when_it_is_over(cast: Cast, programme: Programme) -> None:
    terminating(cast, programme)
    found = only(cast, moment_of(None, TODAY))
    assert found.is_interrupted
    assert found.ending in (Ending.EXPECTED, Ending.PASSED), "it still accounts for what it leaves"


def test_its_projects_and_counts_are_those_of_the_list(cast: Cast, programme: Programme) -> None:
    city(cast, programme)
    for day in (None, date(2027, 5, 1), date(2027, 4, 1)):
        moment = moment_of(day, TODAY)
        for one in FILTERS:
            asked = with_money(replace(one, on=day))
            assert asked is not None
            page = timeline_page(cast.secretary, replace(one, on=day), 1, TODAY)
            rows = queries.rows(cast.secretary, asked, moment, limit=None)
            assert [one.row for group in page.groups for one in group.projects] == rows
            late = page.late
            assert (late.count, late.late) == (len(rows), sum((row.days_late or 0) > 0 for row in rows))
            assert late.follow_ups == sum(row.late_follow_ups for row in rows)


def test_nobody_sees_days_of_what_he_does_not_see(cast: Cast, programme: Programme) -> None:
    measured, *_rest = city(cast, programme)
    assert not timeline_page(cast.other_leader, Wanted(), 1, TODAY).groups
    assert measured.id in times(cast.manager, moment_of(None, TODAY))


def page_of(browser: Browser, asked: str = "") -> BeautifulSoup:
    return BeautifulSoup(browser.get(f"/portfolj/tidslinje{asked}").text, "html.parser")


def test_the_page_says_in_words_what_it_draws(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = follow_up_written(cast, programme)
    browser.sign_in(cast.secretary)
    page = page_of(browser, f"?per={DAYS[0]}")
    found = only(cast, moment_of(DAYS[0], TODAY))
    row = page.select_one(f"tbody tr:has(a[href='/projekt/{project.id}'])")
    assert row is not None
    words = row.get_text(" ", strip=True)
    assert found.first is not None
    for said in (found.first.ends_on, f"slutade {found.ended_on}", "12 mån, 24 mån", "Kommer"):
        assert str(said) in words
    drawing = row.select_one("svg")
    assert drawing is not None
    assert drawing["aria-hidden"] == "true", "its cells say the same"
    assert len(row.select("svg .chart-plan")) == 1


def test_those_that_are_alike_stand_under_a_heading(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    city(cast, programme)
    browser.sign_in(cast.secretary)
    for asked, headings in (
        ("", ["Gult", "Ingen rapport än", "Utan läge"]),
        ("?sort=state", ["Beviljad", "Pågår"]),
        ("?sort=department", [cast.department.name]),
        ("?sort=-granted", ["Alla"]),
    ):
        page = page_of(browser, asked)
        assert [row.get_text(strip=True) for row in page.select("tr.subtotal th")] == headings, asked
        assert len(page.select("tr.subtotal svg")) == 1, "the next one would stand too near"


def test_an_empty_timeline_says_what_will_stand_there(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    browser.sign_in(cast.secretary)
    assert "Inga projekt har beviljats än" in browser.get("/portfolj/tidslinje").text
    city(cast, programme)
    assert "Inga beviljade projekt passar filtret" in browser.get("/portfolj/tidslinje?lage=open").text


def test_the_end_goes_by_the_newest_plan_and_by_no_report_on_an_older_one(
    cast: Cast, programme: Programme
) -> None:
    project = report_sent(cast, programme)
    asked = changing_story.asked(cast, project, time=changing_story.later_end(project, days=90))
    before = moment_of(None, changing_story.ASKED.date())
    assert project.id in days_of([project.id], before).expected
    changing_story.decided(cast, asked)
    after = moment_of(None, changing_story.DECIDED.date())
    assert days_of([project.id], after).expected == {}, "it was held against the first plan"
    found = only(cast, after)
    assert (found.newest == found.first, found.delay) == (False, 90)
    then = only(cast, moment_of(changing_story.DECIDED.date() - timedelta(days=1), LAST))
    assert (then.newest == then.first, then.is_late) == (True, False)


def test_a_launch_is_on_the_day_that_was_known_then(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    first, second = PLANNED + timedelta(days=5), PLANNED + timedelta(days=50)
    operating_story.described(cast, project, first)
    service = operating_story.service_of(project)
    values, _holders, _money = operating_story.said_by(service.service)
    later = operating_story.LAUNCHED + timedelta(days=30)
    with transaction():
        operations.save_service(cast.leader, service, replace(values, launched_on=later), second)

    def launched(day: date) -> date | None:
        return only(cast, moment_of(day, LAST)).launched_on

    assert launched(PLANNED.date()) is None
    assert launched(first.date()) == operating_story.LAUNCHED
    assert launched(second.date()) == only(cast, moment_of(None, LAST)).launched_on == later


def test_a_final_report_that_is_not_approved_ends_nothing(cast: Cast, programme: Programme) -> None:
    final_report_sent(cast, programme)
    found = only(cast, moment_of(None, CLOSED.date()))
    assert (found.is_over, found.ended_on) == (False, None)
