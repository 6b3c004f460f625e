"""Milestones and money over time in a final report: drawn from what the report itself has kept."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from app.closing.final_report.content import MilestoneSaid
from app.closing.final_report.models import FinalReportVersion
from app.closing.final_report.over_time import kept_in
from app.closing.handover import service as handover
from app.core.milestone_trend import Standing
from app.db import db, transaction
from app.delivery.plans import queries as plans
from app.delivery.reports.over_time import OverTime
from app.delivery.reports.pictures import money_finding, money_table, pictures_of, slip_finding, slip_table
from app.programmes.models import Programme
from app.projects.models import Project
from tests.changing_story import asked, cost, decided, later_end
from tests.closing.final_story import (
    CLOSED,
    complete_content,
    final_report,
    final_report_sent,
    report_and_return,
    send,
    write,
)
from tests.closing.terminating_story import accounted_for
from tests.conftest import Browser, Cast
from tests.pdf.reading import text
from tests.running_story import report_sent, running
from tests.story import reloaded

EARLIER = date(2027, 11, 3)


def newest(cast: Cast, project: Project) -> FinalReportVersion:
    found = final_report(cast.leader, reloaded(project)).newest
    assert found is not None
    return found


def kept(cast: Cast, project: Project) -> OverTime:
    found = kept_in(newest(cast, project).content)
    assert found is not None
    return found


def read_again(version: FinalReportVersion) -> OverTime:
    """From the database, as it is there now."""
    again = db.session.get(FinalReportVersion, version.id, populate_existing=True)
    assert again is not None
    found = kept_in(again.content)
    assert found is not None
    return found


def plain(said: str) -> str:
    return said.replace("\u00a0", " ")


def reported_and_changed(cast: Cast, programme: Programme) -> Project:
    """It has reported, was given more time and money, and begins to end."""
    project = report_sent(cast, programme)
    decided(cast, asked(cast, project, time=later_end(project), costs=(cost(cast, Decimal(100_000)),)))
    with transaction():
        handover.begin_closing(cast.leader, reloaded(project), CLOSED)
    return reloaded(project)


def test_the_report_keeps_every_plan_and_report_and_ends_with_what_it_says_itself(
    cast: Cast, programme: Programme
) -> None:
    project = reported_and_changed(cast, programme)
    content = complete_content(project)
    first, *others = plans.milestones_of(project.id)
    missed = {others[-1].id: MilestoneSaid(note="Tas över i förvaltningen.")}
    write(cast, project, complete_content(project, milestones={**content.milestones, **missed}))
    send(cast, project)
    found = kept(cast, project)
    names = [moment.name for moment in found.trend.moments]
    assert (names[0], names[-1]) == ("Baslinje 1", "Slutrapport")
    assert "Baslinje 2" in names
    assert any(not moment.is_plan and not moment.is_end for moment in found.trend.moments)
    standing = {course.key: course.standing for course in found.trend.courses}
    assert standing[first.id] is Standing.REACHED
    assert standing[others[-1].id] is Standing.MISSED
    count = len(found.trend.courses)
    assert f"{count - 1} av {count} milstolpar nåddes." in slip_finding(found.trend)
    assert "nåddes inte" in {row[-1] for row in slip_table(found.trend).rows}
    assert found.curve.is_over
    assert found.curve.first, "the plan has more money than the first one"
    assert "Projektet kostade 0 kr" in plain(money_finding(found.curve))
    assert "2028-06-30, Slutrapport" in {row[0] for row in money_table(found.curve, "sv").rows}


def test_what_is_drawn_of_a_report_stays_as_it_was_when_it_was_sent(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    report_and_return(cast, project)
    version = newest(cast, project)
    drawn = pictures_of(kept(cast, project), "sv")
    assert len(drawn) == 2
    reached = {row.id: MilestoneSaid(EARLIER) for row in plans.milestones_of(project.id)}
    write(cast, project, complete_content(project, milestones=reached))
    send(cast, project)
    assert newest(cast, project).number == 2
    assert pictures_of(kept(cast, project), "sv")[0] != drawn[0]
    assert pictures_of(read_again(version), "sv") == drawn
    browser.sign_in(cast.secretary)
    at = f"/projekt/{project.id}/slutrapport/{version.number}"
    assert f"{at}/over-tid" in browser.get(at).text
    page = browser.get(f"{at}/over-tid")
    assert page.text.count("<svg") == 2
    assert len(page.data) <= 30_000
    assert str(EARLIER) not in page.text
    paper = text(browser.get(f"{at}.pdf").data)
    for picture in drawn:
        assert picture.figure.caption in paper
        assert " ".join(picture.table.caption.split()) in " ".join(paper.split())


def test_of_a_project_that_ended_before_anything_was_reached_only_the_money_is_drawn(
    cast: Cast, programme: Programme
) -> None:
    project = accounted_for(cast, programme)
    content = complete_content(project, ended_on=date(2027, 4, 12), milestones={})
    write(cast, project, content)
    send(cast, project)
    found = kept(cast, project)
    assert {course.standing for course in found.trend.courses} == {Standing.MISSED}
    assert [picture.figure.caption for picture in pictures_of(found, "sv")] == ["Pengar över tid"]


def test_a_report_from_before_charts_were_kept_is_read_without_them(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = final_report_sent(cast, programme)
    earlier = {key: value for key, value in newest(cast, project).content.items() if key != "over_time"}
    assert kept_in(earlier | {"format": 1}) is None
