"""Reminding of measurements: whoever measures; without such a person, and in the end, the managers too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.accounts.models import Role
from app.accounts.queries import holders_by_department
from app.core.calendar import TOLD_TO_MANAGER, reminder_of
from app.notifications.models import Kind, Notification
from app.notifications.places import Place, leads_to
from app.realisation.waiting import owed_measurements
from app.reminders.sources import Due, reminds


@reminds("measurement")
def due_measurements(today: date) -> Iterator[Due]:
    """Every benefit that is to be measured, as long as nobody has done it."""
    managers = holders_by_department(Role.MANAGER)
    for number, name, due_on, department_id, measurer_id, project_id, title in owed_measurements(today):
        step = reminder_of(due_on, today) if due_on else None
        if step is None or due_on is None:
            continue
        people = {measurer_id} if measurer_id else set()
        if measurer_id is None or step in TOLD_TO_MANAGER:
            people |= managers.get(department_id, set())
        kind = Kind.MEASUREMENT_LATE if due_on < today else Kind.MEASUREMENT_DUE
        told = {"title": title, "benefit": name, "benefit_id": number, "last_day": due_on}
        for person_id in sorted(people):
            yield Due(number, person_id, due_on, step, project_id, kind, told)


@leads_to(
    Kind.MEASUREMENT_DUE, Kind.MEASUREMENT_LATE, Kind.BENEFIT_END_PROPOSED, Kind.BENEFIT_END_RETURNED,
    Kind.BENEFIT_CLOSED,
)  # fmt: skip
def _its_benefit(notification: Notification) -> Place:
    return "realisation.benefit", {
        "project_id": notification.project_id,
        "benefit_id": notification.details["benefit_id"],
    }
