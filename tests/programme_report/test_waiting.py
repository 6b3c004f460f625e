"""A programme's report is asked for when its time is over, its readers are told, and a draft can be thrown
away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.access import Viewer
from app.core.calendar import ONE_DAY
from app.core.clock import LOCAL_TIME
from app.core.programme_report import ReportKind, Span, due_after, kind_of, short_name
from app.core.verdict import RefusedError
from app.db import db, transaction
from app.delivery.reports import service as reports
from app.history.models import HistoryEvent
from app.mail.models import MailItem
from app.notifications import mails
from app.notifications.models import Kind, Notification
from app.programme_report import service
from app.programme_report.models import ProgrammeReport
from app.programme_report.reminding import due_reports
from app.programme_report.waiting import owed, to_write
from app.programmes.models import Programme
from app.reminders import round as rounds
from app.web.addresses import Links
from tests.conftest import Browser, Cast
from tests.programme_report.report_story import ISSUED, TODAY, begun, found, issue, issued, revised

OVER = date(2028, 12, 31)
REPORTS_DUE_ON, DUE_ON = date(2029, 1, 18), date(2029, 2, 1)
"""Ten working days lie between them."""
AT = "/programrapporter"


def period(cast: Cast, programme: Programme, name: str = "Helår 2028", ends_on: date = OVER) -> int:
    """The projects were to report on a time; it answers with its number."""
    with transaction():
        made = reports.add_period(
            cast.secretary, programme.id, name=name, starts_on=ends_on - 100 * ONE_DAY, ends_on=ends_on,
            due_on=ends_on + (REPORTS_DUE_ON - OVER), now=ISSUED,
        )  # fmt: skip
    return made.id


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=LOCAL_TIME).astimezone(UTC)


def people(after: int) -> set[int]:
    return {due.person_id for due in due_reports(DUE_ON + timedelta(days=after))}


def told(*kinds: Kind) -> Sequence[Notification]:
    query = select(Notification).where(Notification.kind.in_([kind.value for kind in kinds]))
    return db.session.scalars(query.order_by(Notification.person_id)).all()


def secretariat(cast: Cast) -> set[int]:
    return {cast.secretary.id, cast.other_secretary.id}


# --- when it is due --------------------------------------------------------------------------------------


def test_a_report_is_due_ten_working_days_after_those_of_the_projects() -> None:
    assert due_after(REPORTS_DUE_ON) == DUE_ON
    assert due_after(date(2027, 12, 20)) == date(2028, 1, 5), "no work at Christmas and New Year"


@pytest.mark.parametrize(
    ("ends_on", "kind", "name"),
    [
        (date(2028, 4, 30), ReportKind.FIRST, "T1 2028"), (date(2028, 8, 31), ReportKind.SECOND, "T2 2028"),
        (date(2028, 12, 31), ReportKind.YEAR, "2028"), (date(2028, 6, 30), None, ""),
    ],
)  # fmt: skip
def test_a_programme_reports_on_tertials_and_years(ends_on: date, kind: ReportKind | None, name: str) -> None:
    assert kind_of(ends_on) is kind
    assert kind is None or short_name(kind, Span(date(2028, 1, 1), ends_on)) == name


def test_a_final_report_is_called_by_the_programmes_years() -> None:
    assert short_name(ReportKind.FINAL, Span(date(2026, 1, 1), date(2029, 12, 31))) == "2026–2029"


# --- reminding -------------------------------------------------------------------------------------------


def test_the_secretariat_is_reminded_before_and_after_until_it_is_issued(
    cast: Cast, programme: Programme
) -> None:
    report_id = begun(cast, programme)
    period(cast, programme)
    assert people(-15) == set()
    assert people(-14) == people(1) == people(14) == secretariat(cast)
    issue(cast, report_id)
    assert people(1) == set()


def test_each_is_reminded_of_each_step_once_and_by_mail(cast: Cast, programme: Programme) -> None:
    period(cast, programme)
    with_mail = db.session.scalar(select(func.count()).select_from(MailItem)) or 0
    per_day = {}
    for after in range(-20, 30):
        day = DUE_ON + timedelta(days=after)
        if reminded := rounds.remind_of(day, at(day)):
            per_day[after] = reminded
        assert rounds.remind_of(day, at(day)) == 0
    assert per_day == {-14: 2, -3: 2, 1: 2, 7: 2, 14: 2}
    rows = told(Kind.PROGRAMME_REPORT_DUE, Kind.PROGRAMME_REPORT_LATE)
    assert [row.kind for row in rows].count("programme_report_late") == 6
    assert rows[0].details == {"title": programme.name, "period": "2028", "last_day": DUE_ON.isoformat()}
    assert db.session.scalar(select(func.count()).select_from(MailItem)) == with_mail + 10


def test_only_the_time_that_ended_last_is_owed(cast: Cast, programme: Programme) -> None:
    period(cast, programme, "T2 2028", date(2028, 8, 31))
    assert [row.kind for row in owed(date(2028, 12, 31))] == [ReportKind.SECOND]
    period(cast, programme)
    assert [row.kind for row in owed(date(2028, 12, 31))] == [ReportKind.SECOND]
    assert [(row.kind, row.year, row.due_on) for row in owed(date(2029, 1, 1))] == [
        (ReportKind.YEAR, 2028, DUE_ON)
    ]
    period(cast, programme, "Våren 2029", date(2029, 3, 31))
    assert list(owed(date(2029, 4, 1))) == [], "the programme reports on tertials and years"


def test_nothing_is_owed_of_a_year_in_which_the_programme_did_not_run(
    cast: Cast, programme: Programme
) -> None:
    period(cast, programme, "Helår 2030", date(2030, 12, 31))
    assert list(owed(date(2031, 1, 20))) == []


# --- what waits ------------------------------------------------------------------------------------------


def test_the_start_page_leads_those_who_write_to_what_is_owed(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    period(cast, programme)
    browser.sign_in(cast.secretary)
    page = browser.get("/").text
    assert "Ge ut programrapporten" in page
    assert "Helår 2028" in page
    address = f"{AT}/ny?programme={programme.id}&amp;kind=year&amp;year=2028"
    assert f'href="{address}"' in page
    form = browser.get(address.replace("&amp;", "&")).text
    assert 'value="2028" selected' in form or 'selected value="2028"' in form
    assert "Helår 2028 för E-tjänstprogrammet ska ges ut senast 2029-02-01." not in browser.get(AT).text
    assert "Helår 2028 för E-tjänstprogrammet skulle ha getts ut senast 2029-02-01." in browser.get(AT).text
    for reader in (
        cast.council, cast.decider, cast.auditor, cast.leader, cast.manager, cast.controller,
        cast.administrator, cast.nobody,
    ):  # fmt: skip
        browser.sign_in(reader)
        assert "Ge ut programrapporten" not in browser.get("/").text
    browser.sign_in(cast.council)
    assert "2029-02-01" not in browser.get(AT).text


def test_what_is_begun_waits_until_it_is_issued_or_thrown_away(cast: Cast, programme: Programme) -> None:
    report_id = begun(cast, programme)
    period(cast, programme)
    assert [(row.report_id, row.due_on) for row in to_write(cast.secretary, TODAY)] == [(report_id, DUE_ON)]
    assert to_write(cast.council, TODAY) == to_write(cast.manager, TODAY) == []
    issue(cast, report_id)
    assert to_write(cast.secretary, TODAY) == []
    with transaction():
        service.revise(cast.secretary, found(cast.secretary, report_id), reason="Fel.", now=ISSUED)
    assert [(row.report_id, row.due_on) for row in to_write(cast.secretary, TODAY)] == [(report_id, None)]


# --- what is issued --------------------------------------------------------------------------------------


def test_those_who_read_reports_are_told_when_one_is_issued(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    report_id = issued(cast, programme)
    rows = told(Kind.PROGRAMME_REPORT_ISSUED)
    readers = {cast.other_secretary, cast.council, cast.decider, cast.auditor}
    assert {row.person_id for row in rows} >= {reader.id for reader in readers}
    outside = {cast.secretary, cast.leader, cast.manager, cast.nobody, cast.administrator}
    assert not {row.person_id for row in rows} & {person.id for person in outside}
    browser.sign_in(cast.council)
    page = browser.get("/aviseringar").text
    assert "En programrapport är utgiven" in page
    assert "Period: 2028" in page
    row = next(row for row in rows if row.person_id == cast.council.id)
    opened = browser.post(f"/aviseringar/{row.id}/oppna")
    assert opened.headers["Location"].endswith(f"{AT}/{report_id}/version/1")


def test_the_mail_leads_to_the_version_that_was_issued(app: Flask, cast: Cast, programme: Programme) -> None:
    report_id = issued(cast, programme)
    later = ISSUED + timedelta(days=1)
    revised(cast, programme, report_id, TODAY, later)
    rows = [row for row in told(Kind.PROGRAMME_REPORT_ISSUED) if row.person_id == cast.council.id]
    news = mails.news(cast.council, [row.id for row in rows], Links(app.url_map, "https://hemtag.example"))
    assert [one.link for one in news.values()] == [
        f"https://hemtag.example{AT}/{report_id}/version/{number}" for number in (1, 2)
    ]


# --- thrown away -----------------------------------------------------------------------------------------


def throw_away(actor: Viewer, cast: Cast, report_id: int, reason: str = "Fel år.") -> None:
    with transaction():
        service.throw_away(actor, found(cast.secretary, report_id), reason=reason, now=ISSUED)


def test_a_draft_that_nothing_was_issued_of_goes_and_leaves_its_mark(
    cast: Cast, programme: Programme
) -> None:
    report_id = begun(cast, programme)
    throw_away(cast.secretary, cast, report_id)
    assert db.session.get(ProgrammeReport, report_id, populate_existing=True) is None
    event = db.session.scalars(
        select(HistoryEvent).where(HistoryEvent.verb == "throw_away_programme_report")
    ).one()
    assert (event.actor_id, event.note) == (cast.secretary.id, "Fel år.")
    assert "Tillståndsenheten har fått färre samtal." in str(event.from_value), "what it said"
    with transaction():
        service.begin(cast.secretary, programme, ReportKind.YEAR, 2028, today=TODAY, now=ISSUED)


def test_a_draft_of_a_later_version_goes_and_what_is_issued_stays(cast: Cast, programme: Programme) -> None:
    report_id = issued(cast, programme)
    with transaction():
        service.revise(cast.secretary, found(cast.secretary, report_id), reason="Fel.", now=ISSUED)
    throw_away(cast.secretary, cast, report_id)
    db.session.expire_all()
    now = found(cast.secretary, report_id)
    assert (now.is_being_written, len(now.versions), now.report.reason) == (False, 1, "")
    with pytest.raises(RefusedError, match="utgiven"):
        throw_away(cast.secretary, cast, report_id)


def test_a_draft_is_thrown_away_by_its_writers_and_with_a_reason(cast: Cast, programme: Programme) -> None:
    report_id = begun(cast, programme)
    for other in (cast.council, cast.auditor, cast.manager):
        with pytest.raises(RefusedError):
            throw_away(other, cast, report_id)
    with pytest.raises(RefusedError, match="varför"):
        throw_away(cast.secretary, cast, report_id, "  ")
    assert found(cast.secretary, report_id).is_being_written


def test_throwing_away_asks_why_and_leads_back(browser: Browser, cast: Cast, programme: Programme) -> None:
    report_id = begun(cast, programme)
    browser.sign_in(cast.secretary)
    assert f'href="{AT}/{report_id}/kasta"' in browser.get(f"{AT}/{report_id}").text
    assert browser.post(f"{AT}/{report_id}/kasta", data={"reason": ""}).status_code == 422
    sent = browser.post(f"{AT}/{report_id}/kasta", data={"reason": "Fel år."})
    assert sent.headers["Location"].endswith(AT)
    assert "Utkastet är kastat." in browser.get(AT).text
    assert browser.get(f"{AT}/{report_id}").status_code == 404
