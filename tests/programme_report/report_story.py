"""How a programme comes to report: begun when a year is over, written, issued, and issued again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from app.accounts.access import Viewer
from app.core.programme_report import GoalStanding, ReportKind
from app.db import transaction
from app.programme_report import service
from app.programme_report.content import Content, GoalSaid
from app.programme_report.models import ProgrammeReport
from app.programme_report.queries import ReportOf, report_for
from app.programme_report.questions import Ask
from app.programmes.models import Programme
from app.programmes.queries import goals_of
from tests.conftest import Cast
from tests.portfolio.city_story import city
from tests.remembered import kept

ISSUED = datetime(2029, 2, 2, 9, 0, tzinfo=UTC)
TODAY = ISSUED.date()
AS_AT = date(2029, 1, 31)
"""When all of the city's stories have been told."""

TEXTS: Mapping[Ask, str] = {
    Ask.HEADLINE: "Nyttan kommer, men senare än utlovat.",
    Ask.WELL: "Tillståndsenheten har fått färre samtal.",
    Ask.WORRIES: "Ett projekt är försenat.",
    Ask.DECIDE: "Inget.",
    Ask.BENEFITS: "Det mesta är inte mätt än.",
}


def found(viewer: Viewer, report_id: int) -> ReportOf:
    """The report as the viewer finds it."""
    report = report_for(viewer, report_id)
    assert report is not None
    return report


def written(programme: Programme, **texts: str) -> Content:
    """Everything that a year's report must say."""
    goals = {
        str(goal.id): GoalSaid("Nöjda invånare", "62 %", GoalStanding.PARTLY, "Hälften är kvar.")
        for goal in goals_of(programme.id)
    }
    return Content({**TEXTS, **{Ask(key): text for key, text in texts.items()}}, goals)


def begun(cast: Cast, programme: Programme) -> int:
    """The secretariat begins on the report of 2028, and writes it. It answers with its number."""

    def tell() -> int:
        city(cast, programme)
        with transaction():
            report: ProgrammeReport = service.begin(
                cast.secretary, programme, ReportKind.YEAR, 2028, today=TODAY, now=ISSUED
            )
        with transaction():
            service.choose_day(cast.secretary, found(cast.secretary, report.id), AS_AT, ISSUED)
            service.save(cast.secretary, found(cast.secretary, report.id), written(programme), ISSUED)
        return report.id

    return kept(("programme report begun", cast.secretary.id, programme.id), tell)


def issue(cast: Cast, report_id: int, now: datetime = ISSUED) -> None:
    """Issue what is written."""
    with transaction():
        service.issue(cast.secretary, found(cast.secretary, report_id), today=now.date(), now=now)


def issued(cast: Cast, programme: Programme) -> int:
    """The report of 2028 is issued. It answers with its number."""

    def tell() -> int:
        report_id = begun(cast, programme)
        issue(cast, report_id)
        return report_id

    return kept(("programme report issued", cast.secretary.id, programme.id), tell)


def revised(
    cast: Cast, programme: Programme, report_id: int, as_at: date, now: datetime, **texts: str
) -> None:
    """A later version, with other words and the figures of another day."""
    with transaction():
        service.revise(
            cast.secretary, found(cast.secretary, report_id), reason="En rapport kom sent.", now=now
        )
        before = service.begun(found(cast.secretary, report_id))
        content = replace(before, texts={**before.texts, **{Ask(key): text for key, text in texts.items()}})
        service.save(cast.secretary, found(cast.secretary, report_id), content, now)
        service.choose_day(cast.secretary, found(cast.secretary, report_id), as_at, now)
    issue(cast, report_id, now)


def issued_twice(cast: Cast, programme: Programme) -> int:
    """The report of 2028, of a programme of which little is known, and a later version of it. It answers with
    its number."""
    with transaction():
        report = service.begin(cast.secretary, programme, ReportKind.YEAR, 2028, today=TODAY, now=ISSUED)
    with transaction():
        service.save(cast.secretary, found(cast.secretary, report.id), written(programme), ISSUED)
    issue(cast, report.id)
    revised(
        cast, programme, report.id, AS_AT, ISSUED + timedelta(days=1), worries="Två projekt är försenade."
    )
    return report.id
