"""Reminding of follow-ups: whoever manages the department now, so that none falls asleep with a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.accounts.models import Role
from app.accounts.queries import holders_by_department, people_with_role
from app.core.calendar import DAYS_AFTER, TOLD_TO_MANAGER, Reminder, reminder_of
from app.follow_up.waiting import Owed, owed
from app.notifications.models import Kind
from app.reminders.sources import Due, reminds

DAYS_BEFORE = -min(DAYS_AFTER.values())


@reminds("follow_up")
def due_follow_ups(today: date) -> Iterator[Due]:
    """Every follow-up that is not sent. The managers who answer for it, and who led the project, if still
    there; the secretariat too when it has been late for a week, and at once where there is no manager."""
    managers = holders_by_department(Role.MANAGER)
    secretariat = {person.id for person in people_with_role(Role.SECRETARIAT)}
    for row in owed(today, DAYS_BEFORE):
        step = reminder_of(row.due_on, today)
        if step is None:
            continue
        kind = Kind.FOLLOW_UP_LATE if row.due_on < today else Kind.FOLLOW_UP_DUE
        told = {"title": row.title, "follow_up_day": row.follows_on.isoformat(), "last_day": row.due_on}
        people = _people(row, step, managers.get(row.department_id, set()), secretariat)
        for person_id in sorted(people):
            yield Due(row.follow_up_id, person_id, row.due_on, step, row.project_id, kind, told)


def _people(row: Owed, step: Reminder, managers: set[int], secretariat: set[int]) -> set[int]:
    found = managers | ({row.leader_id} if row.leader_is_there else set())
    if step in TOLD_TO_MANAGER or not managers:
        found |= {row.handler_id} if row.handler_id in secretariat else secretariat
    return found
