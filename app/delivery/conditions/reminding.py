"""Reminding of conditions: the project leader before the day and after, in the end also the managers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.core.calendar import DAYS_AFTER
from app.delivery.conditions.queries import owed_conditions
from app.delivery.conditions.service import told_of
from app.notifications.models import Kind, Notification
from app.notifications.places import Place, leads_to
from app.reminders.owed import Owed, Tells, reminded
from app.reminders.sources import Due, reminds

TELLS = Tells(Kind.CONDITION_DUE, Kind.CONDITION_LATE)
DAYS_BEFORE = -min(DAYS_AFTER.values())


@reminds("condition")
def due_conditions(today: date) -> Iterator[Due]:
    """Every condition that has not been met, of every project that works with what it was granted."""
    owed = (
        Owed(number, project_id, title, leader_id, department_id, due_on, {"condition": told_of(text)})
        for number, text, due_on, project_id, title, leader_id, department_id in owed_conditions(
            today, DAYS_BEFORE
        )
        if due_on is not None
    )
    return reminded(owed, TELLS, today)


@leads_to(
    Kind.CONDITION_DUE, Kind.CONDITION_LATE, Kind.CONDITION_REPORTED, Kind.CONDITION_RETURNED,
    Kind.CONDITION_APPROVED,
)  # fmt: skip
def _its_conditions(notification: Notification) -> Place:
    return "conditions.conditions", {"project_id": notification.project_id}
