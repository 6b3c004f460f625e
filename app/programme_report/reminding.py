"""Reminding the secretariat of the programme's reports, and telling their readers what is issued."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.accounts.queries import people_with_role
from app.core.calendar import reminder_of
from app.core.programme_report import short_name
from app.notifications.models import Kind, Notification
from app.notifications.places import Place, leads_to
from app.notifications.service import Telling, tell
from app.programme_report.models import ProgrammeReportVersion
from app.programme_report.policy import READERS
from app.programme_report.queries import ReportOf
from app.programme_report.waiting import owed
from app.reminders.sources import Due, reminds


@reminds("programme_report")
def due_reports(today: date) -> Iterator[Due]:
    """Every report that is not issued: all of the secretariat, before the day and after. Nobody stands over
    it, so nobody else is told in the end."""
    people = [person.id for person in people_with_role(Role.SECRETARIAT)]
    for row in owed(today):
        if row.due_on is None or row.period_id is None:
            continue
        step = reminder_of(row.due_on, today)
        if step is None:
            continue
        kind = Kind.PROGRAMME_REPORT_LATE if row.late(today) else Kind.PROGRAMME_REPORT_DUE
        told = {"title": row.programme, "period": short_name(row.kind, row.span), "last_day": row.due_on}
        for person_id in people:
            yield Due(row.period_id, person_id, row.due_on, step, None, kind, told)


def tell_readers(actor: Viewer, found: ReportOf, version: ProgrammeReportVersion, now: datetime) -> None:
    """Tell whoever reads the programme's reports that one is issued, except who has issued it."""
    readers = {person.id for role in READERS for person in people_with_role(role)} - {actor.id}
    told: dict[str, object] = {
        "title": found.programme.name,
        "period": short_name(found.kind, found.span),
        "version": version.number,
        "report_id": found.report.id,
    }
    kind = Kind.PROGRAMME_REPORT_ISSUED
    tell([Telling(person_id, kind, None, told) for person_id in sorted(readers)], now)


@leads_to(Kind.PROGRAMME_REPORT_DUE, Kind.PROGRAMME_REPORT_LATE)
def _all_reports(_notification: Notification) -> Place:
    return "programme_report.all_reports", {}


@leads_to(Kind.PROGRAMME_REPORT_ISSUED)
def _what_is_issued(notification: Notification) -> Place:
    told = notification.details
    return "programme_report.version", {"report_id": told["report_id"], "number": told["version"]}
