"""Milestones and money over time: a report shows what was known when it was sent, on page and paper."""

from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any

import pytest

from app.core.milestone_trend import Standing
from app.core.reporting import Dimension, Light
from app.db import transaction
from app.delivery.plans import queries as plans
from app.delivery.plans import service as planning
from app.delivery.plans.values import MilestoneValues
from app.delivery.reports import over_time, queries, service
from app.delivery.reports.content import CostSaid, LightSaid, MilestoneSaid
from app.delivery.reports.models import ReportPeriod, ReportVersion
from app.delivery.reports.pictures import pictures_of
from app.programmes.models import Programme
from app.projects.models import Project
from tests.changing_story import asked, cost, decided, later_end
from tests.conftest import Browser, Cast
from tests.pdf.reading import text
from tests.running_story import (
    LIGHTS,
    PLANNED,
    REPORTED,
    complete,
    complete_content,
    drawn_up,
    period,
    planned,
    report_on,
    report_sent,
)
from tests.story import reloaded

HOSTILE = "<b>Öppen</b>{{ 7 * 7 }}"
KEYS = re.compile(rb' value="[^"]*"')
LATE = LIGHTS | {
    Dimension.TIME: LightSaid(Light.RED, "Upphandlingen överklagades."),
    Dimension.COST: LightSaid(Light.RED, "Nya licenser."),
}


class LongAfter(datetime):
    """When all periods are over."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> LongAfter:
        return cls(2031, 1, 8, 9, 0, tzinfo=tz or UTC)


@pytest.fixture
def _long_after(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are opened then."""
    monkeypatch.setattr("app.accounts.session.datetime", LongAfter)


def plain(text: str) -> str:
    """As it reads, with ordinary spaces."""
    without_tags = html.unescape(re.sub(r"<[^>]+>", " ", text))
    return " ".join(without_tags.replace("\u00a0", " ").split())


def next_period(cast: Cast, programme: Programme, number: int = 1) -> ReportPeriod:
    """One of the tertials after the first; the same however often it is asked for."""
    ends_on = date(2027, 4, 30) + timedelta(days=122 * number)
    found = next((row for row in queries.periods_of(programme.id) if row.ends_on == ends_on), None)
    if found is not None:
        return found
    with transaction():
        return service.add_period(
            cast.secretary,
            programme.id,
            name=f"Period {number + 1}",
            starts_on=ends_on - timedelta(days=121),
            ends_on=ends_on,
            due_on=ends_on + timedelta(days=14),
            now=REPORTED,
        )


def send(cast: Cast, project: Project, number: int, now: datetime = REPORTED, **said: Any) -> ReportVersion:
    with transaction():
        content = complete_content(project, **said)
        return service.send(cast.leader, report_on(cast.leader, project, number), content, now)


def give_back(cast: Cast, project: Project, number: int) -> None:
    with transaction():
        found = report_on(cast.secretary, project, number)
        service.give_back(cast.secretary, found, 1, reason="Rätta datumet.", now=REPORTED)


def late_and_dear(project: Project, until: date) -> dict[str, Any]:
    """The first milestone is reached, the others are a hundred days late, and all costs a fifth more."""
    plan = plans.current_plan(project.id)
    assert plan is not None
    first, *others = plan.milestones
    coming = {row.key: MilestoneSaid(max(row.planned_on, until) + timedelta(days=100)) for row in others}
    return {
        "lights": LATE,
        "milestones": {first.key: MilestoneSaid(reached_on=date(2027, 6, 4)), **coming},
        "costs": {row.key: CostSaid(row.total / 5, row.total * 6 / 5) for row in plan.budget},
        "explanation": "Licenserna blev dyrare.",
    }


def changed(cast: Cast, programme: Programme) -> Project:
    """A report, then a decision on more time and money, then a second report, late and dear."""
    project = report_sent(cast, programme)
    change(cast, programme, project)
    return project


def change(cast: Cast, programme: Programme, project: Project) -> None:
    """What comes after the first report."""
    decided(cast, asked(cast, project, time=later_end(project), costs=(cost(cast),)))
    second = next_period(cast, programme)
    project = reloaded(project)
    send(cast, project, second.id, **late_and_dear(project, second.ends_on))


def at(project: Project, found: ReportPeriod) -> str:
    return f"/projekt/{project.id}/lagesrapporter/{found.id}"


def test_a_report_stays_byte_for_byte_whatever_is_decided_and_reported_later(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = report_sent(cast, programme)
    address = at(project, period(cast, programme))
    pages = (address, f"{address}/over-tid", f"{address}.pdf", f"{address}/over-tid?version=1")
    browser.sign_in(cast.auditor)
    before = [KEYS.sub(b"", browser.get(page).data) for page in pages]
    change(cast, programme, project)
    assert [KEYS.sub(b"", browser.get(page).data) for page in pages] == before
    later = browser.get(f"{at(project, next_period(cast, programme))}/over-tid").text
    assert "Baslinje 2" in later
    assert "Baslinje 2" not in before[1].decode()


def test_a_report_knows_the_version_that_had_been_sent_when_it_was(cast: Cast, programme: Programme) -> None:
    """The first report is corrected after the second was sent: neither learns of what came after it."""
    project = changed(cast, programme)
    first, second = period(cast, programme), next_period(cast, programme)
    milestone = plans.milestones_of(project.id)[1]
    (sent,) = report_on(cast.auditor, project, second.id).versions
    before = over_time.as_of(sent)
    give_back(cast, project, first.id)
    moved = {milestone.id: MilestoneSaid(date(2029, 1, 1))}
    corrected = send(cast, project, first.id, milestones=moved, lights=LATE)
    assert over_time.as_of(sent) == before
    found = over_time.as_of(corrected)
    assert [row.on for row in found.curve.told] == [first.ends_on]
    assert found.trend.moments[-1].said[milestone.id].day == date(2029, 1, 1)
    now = over_time.as_known(project.id, [corrected, sent])
    assert [row.on for row in now.curve.told] == [first.ends_on, second.ends_on]


def test_what_is_followed_is_what_was_planned_decided_and_said(cast: Cast, programme: Programme) -> None:
    project = changed(cast, programme)
    (sent,) = report_on(cast.auditor, project, next_period(cast, programme).id).versions
    found = over_time.as_of(sent)
    by_name = {course.name: course for course in found.trend.courses}
    assert by_name["Utgångsvärden är mätta"].standing is Standing.REACHED
    assert by_name["Utgångsvärden är mätta"].delay == 4
    assert by_name["Tjänsten är öppen"].delay == 100
    assert by_name["Överlämnad till drift"].delay == 190  # 90 in the decision, 100 in the report
    assert by_name["Utbildningen är klar"].said[0] is None  # it came with the decision
    assert found.curve.granted == sum(plans.granted_by_department_and_year(project.id).values())
    assert found.curve.budget == sent.budget
    assert found.curve.forecast == sent.forecast
    assert found.curve.told[-1].spent == sent.spent
    assert found.curve.budget - found.curve.first[-1].amount == Decimal(300_000)


@pytest.mark.usefixtures("_long_after")
def test_the_page_the_list_and_the_paper_have_the_same_figures(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = changed(cast, programme)
    address = at(project, next_period(cast, programme))
    (sent,) = report_on(cast.auditor, project, next_period(cast, programme).id).versions
    browser.sign_in(cast.auditor)
    page, paper = plain(browser.get(f"{address}/over-tid").text), text(browser.get(f"{address}.pdf").data)
    report = plain(browser.get(address).text)
    listed = plain(browser.get(f"/projekt/{project.id}/lagesrapporter/over-tid").text)
    with browser.application.test_request_context():
        pictures = pictures_of(over_time.as_of(sent), "sv")
    for picture in pictures:
        for row in (*picture.table.rows, *picture.table.footer):
            for cell in row[1:]:
                assert plain(cell) in page
                assert plain(cell) in listed
                assert all(word in paper for word in plain(cell).split())
        for read in (page, report, listed):
            assert plain(picture.figure.finding) in read
    exact = f"{sent.forecast:,.2f}".replace(",", " ").replace(".", ",").removesuffix(",00")
    assert exact in page
    assert exact in paper
    assert "Pengar över tid" in paper


def test_a_draft_shows_what_is_saved_and_nobody_else_sees_it(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = report_sent(cast, programme)
    second = next_period(cast, programme)
    said = late_and_dear(project, second.ends_on)
    with transaction():
        service.save(
            cast.leader,
            report_on(cast.leader, project, second.id),
            complete_content(project, **said),
            REPORTED,
        )
    address = f"{at(project, second)}/skriv"
    browser.sign_in(cast.leader)
    assert f'href="{address}/over-tid"' in browser.get(address).text
    page = plain(browser.get(f"{address}/over-tid").text)
    assert "Period 2, utkast" in page
    assert "väntas 100 dagar senare" in page
    assert "utkast" not in plain(browser.get(f"/projekt/{project.id}/lagesrapporter").text)
    browser.sign_in(cast.secretary)
    assert browser.get(f"{address}/over-tid").status_code == 403
    assert browser.get(f"{at(project, second)}/over-tid").status_code == 403  # not sent


@pytest.mark.usefixtures("_long_after")
def test_a_project_of_many_milestones_and_reports_has_light_pages_and_text_stays_text(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = drawn_up(cast, programme)
    names = [f"{HOSTILE} nummer {place} av dem som ska bli klara" for place in range(14)]
    planned_days = [date(2027, 9, 1) + timedelta(days=40 * place) for place in range(14)]
    complete(cast, project)
    with transaction():
        planning.save_milestones(
            cast.leader,
            reloaded(project),
            starts_on=date(2027, 4, 1),
            ends_on=date(2029, 6, 30),
            milestones=[
                MilestoneValues(name=name, planned_on=day)
                for name, day in zip(names, planned_days, strict=True)
            ],
            now=PLANNED,
        )
    with transaction():
        planning.establish(cast.leader, reloaded(project), PLANNED)
    project = reloaded(project)
    periods = [period(cast, programme), *(next_period(cast, programme, number) for number in range(1, 9))]
    for place, found in enumerate(periods):
        coming = {
            row.id: MilestoneSaid(max(row.planned_on, found.ends_on) + timedelta(days=9 * place + row.id % 5))
            for row in plans.milestones_of(project.id)
        }
        now = datetime.combine(found.due_on, datetime.min.time(), UTC)
        lights = LATE | {Dimension.COST: LightSaid(Light.GREEN)}
        send(cast, project, found.id, now, milestones=coming, lights=lights)
    browser.sign_in(cast.auditor)
    address = at(project, periods[-1])
    for page in (
        address,
        f"{address}/over-tid",
        *(f"/projekt/{project.id}/lagesrapporter{more}" for more in ("", "/over-tid")),
    ):
        answer = browser.get(page)
        assert len(answer.data) <= 30_000, page
        assert "<b>Öppen" not in answer.text
        assert "2 milstolpar som ligger närmare sin plan visas inte." in answer.text
    paper = text(browser.get(f"{address}.pdf").data)
    assert "<b>Öppen</b>{{ 7 * 7 }} nummer 13" in paper


def test_before_the_first_report_the_list_has_nothing_to_draw(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = planned(cast, programme)
    with transaction():
        planning.establish(cast.leader, project, PLANNED)
    browser.sign_in(cast.leader)
    page = browser.get(f"/projekt/{project.id}/lagesrapporter")
    assert page.status_code == 200
    assert "<svg" not in page.text
