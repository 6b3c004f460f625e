"""Reminding of reports: the project leader before the day and after, in the end also the managers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.delivery.reports.queries import owed_reports
from app.notifications.models import Kind, Notification
from app.notifications.places import Place, leads_to
from app.reminders.owed import Owed, Tells, reminded
from app.reminders.sources import Due, reminds

TELLS = Tells(Kind.REPORT_DUE, Kind.REPORT_LATE)


@reminds("report")
def due_reports(today: date) -> Iterator[Due]:
    """Every report that is to be written, of every project that runs; the project stands for its report,
    which need not have been begun, and the period for its part."""
    owed = (
        Owed(project_id, project_id, title, leader_id, department_id, due_on, {"period": name}, period_id)
        for project_id, title, leader_id, department_id, period_id, name, due_on in owed_reports(today)
    )
    return reminded(owed, TELLS, today)


@leads_to(
    Kind.REPORT_DUE, Kind.REPORT_LATE, Kind.REPORT_SENT, Kind.REPORT_RETURNED, Kind.REPORT_APPROVED,
    Kind.REPORT_COMMENTED,
)  # fmt: skip
def _its_reports(notification: Notification) -> Place:
    return "reports.reports", {"project_id": notification.project_id}
