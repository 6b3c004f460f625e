"""Reminding of what remains: whoever has received it, also when the project has ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.accounts.models import Role
from app.accounts.queries import holders_by_department
from app.closing.handover.told import shortened
from app.closing.handover.waiting import owed_items
from app.core.calendar import DAYS_AFTER, TOLD_TO_MANAGER, reminder_of
from app.core.handover import Standing
from app.notifications.models import Kind
from app.reminders.sources import Due, reminds

DAYS_BEFORE = -min(DAYS_AFTER.values())


@reminds("rest_item")
def due_items(today: date) -> Iterator[Due]:
    """Everything that is received and not done. The managers of the department that accepted it; the person
    who took it over, and the managers too when it has been late for a week."""
    managers = holders_by_department(Role.MANAGER)
    for number, text, due_on, department_id, standing, held_by_id, project_id, title in owed_items(
        today, DAYS_BEFORE
    ):
        step = reminder_of(due_on, today)
        if step is None:
            continue
        people = set(managers.get(department_id, ()))
        if standing == Standing.TAKEN_OVER and held_by_id is not None:
            people = {held_by_id} | (people if step in TOLD_TO_MANAGER else set())
        kind = Kind.REST_LATE if due_on < today else Kind.REST_DUE
        told = {"title": title, "rest_item": shortened(text), "last_day": due_on}
        for person_id in sorted(people):
            yield Due(number, person_id, due_on, step, project_id, kind, told)
