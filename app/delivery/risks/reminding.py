"""Reminding of actions that should have been done: the project leader, in the end also the managers.

Before its day an action is followed where it stands, among the risks; one that is late calls for somebody.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from textwrap import shorten

from app.delivery.risks.models import Issue, Risk
from app.delivery.risks.queries import owed_actions
from app.notifications.models import Kind, Notification
from app.notifications.places import Place, leads_to
from app.reminders.owed import Owed, Tells, reminded
from app.reminders.sources import Due, reminds

TELLS = Tells(Kind.ACTION_LATE, Kind.ACTION_LATE)
TOLD = 200
"""Signs of a risk that a notification repeats."""


@reminds("risk_action")
def late_for_risks(today: date) -> Iterator[Due]:
    """Every overdue action against an open risk."""
    return _late(Risk, "risk", today)


@reminds("issue_action")
def late_for_issues(today: date) -> Iterator[Due]:
    """Every overdue action against an open issue."""
    return _late(Issue, "issue", today)


def _late(kind: type[Risk | Issue], told_as: str, today: date) -> Iterator[Due]:
    owed = (
        Owed(number, project_id, title, leader_id, department_id, due_on, {told_as: shorten(text, TOLD)})
        for number, text, due_on, project_id, title, leader_id, department_id in owed_actions(kind, today)
        if due_on is not None
    )
    return reminded(owed, TELLS, today)


@leads_to(Kind.ACTION_LATE)
def _its_risks(notification: Notification) -> Place:
    return "risks.risks", {"project_id": notification.project_id}
