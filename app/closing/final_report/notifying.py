"""Where notifications about final reports lead."""

from __future__ import annotations

from app.notifications.models import Kind, Notification
from app.notifications.places import Place, leads_to


@leads_to(Kind.FINAL_REPORT_SENT, Kind.FINAL_REPORT_RETURNED, Kind.FINAL_REPORT_APPROVED)
def _its_report(notification: Notification) -> Place:
    return "final_report.report", {"project_id": notification.project_id}
