"""Reminding managers of shares that they have not answered about. In the end the secretariat too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.accounts.models import Role
from app.accounts.queries import holders_by_department, people_with_role
from app.core.calendar import DAYS_AFTER, Reminder, reminder_of
from app.notifications.models import Kind
from app.operations.sharing.waiting import unanswered
from app.reminders.sources import Due, reminds

DAYS_BEFORE = -min(DAYS_AFTER.values())


@reminds("service_share")
def due_shares(today: date) -> Iterator[Due]:
    """Every share whose answer is due: its department's managers; the secretariat when it has been late for
    two weeks, or where nobody manages the department."""
    managers = holders_by_department(Role.MANAGER)
    secretariat = {person.id for person in people_with_role(Role.SECRETARIAT)}
    for row in unanswered(today, DAYS_BEFORE):
        step = reminder_of(row.answer_by, today, DAYS_AFTER)
        if step is None:
            continue
        people = managers.get(row.department_id, set())
        if not people or step is Reminder.STILL_LATE:
            people = people | secretariat
        kind = Kind.SERVICE_SHARE_LATE if row.answer_by < today else Kind.SERVICE_SHARE_DUE
        told = {
            "title": row.title,
            "service_id": row.service_id,
            "budget_year": row.year,
            "last_day": row.answer_by,
        }
        for person_id in sorted(people):
            yield Due(row.share_id, person_id, row.answer_by, step, None, kind, told)
