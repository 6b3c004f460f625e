"""Reminding those who answer for a service of what falls due: its review, its contract, its money. In the end
the secretariat too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from app.accounts.models import Role
from app.accounts.queries import holders_by_department, people_with_role
from app.core.calendar import DAYS_AFTER, LONG_BEFORE, TOLD_TO_MANAGER, Reminder, reminder_of
from app.notifications.models import Kind
from app.operations.waiting import DueService, contracts_ending, running_out_of_money, to_be_reviewed
from app.reminders.sources import Due, reminds

DAYS_BEFORE = -min(DAYS_AFTER.values())
MONTHS_BEFORE = -min(LONG_BEFORE.values())
"""In days."""


@reminds("service_review")
def due_reviews(today: date) -> Iterator[Due]:
    """Every service whose review is due."""
    kinds = Kind.SERVICE_REVIEW_DUE, Kind.SERVICE_REVIEW_LATE
    return _dues(to_be_reviewed(today, DAYS_BEFORE), today, DAYS_AFTER, kinds)


@reminds("service_contract")
def due_contracts(today: date) -> Iterator[Due]:
    """Every service whose contract must be given notice of, or have another in its place."""
    kinds = Kind.SERVICE_CONTRACT_ENDS, Kind.SERVICE_CONTRACT_LATE
    return _dues(contracts_ending(today), today, LONG_BEFORE, kinds)


@reminds("service_money")
def due_money(today: date) -> Iterator[Due]:
    """Every service whose money ends before it does."""
    kinds = Kind.SERVICE_MONEY_ENDS, Kind.SERVICE_MONEY_ENDED
    return _dues(running_out_of_money(today, MONTHS_BEFORE), today, LONG_BEFORE, kinds)


def _dues(
    rows: Iterable[DueService], today: date, days_after: Mapping[Reminder, int], kinds: tuple[Kind, Kind]
) -> Iterator[Due]:
    """Whoever holds the owner's role, or else the department's managers; these too when it has been late for
    a week, and the secretariat after two."""
    managers = holders_by_department(Role.MANAGER)
    secretariat = {person.id for person in people_with_role(Role.SECRETARIAT)}
    before, late = kinds
    for row in rows:
        step = reminder_of(row.due_on, today, days_after)
        if step is None:
            continue
        people = {row.owner_id} if row.owner_id is not None and row.owner_is_here else set()
        if not people or step in TOLD_TO_MANAGER:
            people |= managers.get(row.department_id, set())
        if step is Reminder.STILL_LATE:
            people |= secretariat
        kind = late if row.due_on < today else before
        told = {"title": row.title, "service_id": row.service_id, "last_day": row.due_on}
        for person_id in sorted(people):
            yield Due(row.service_id, person_id, row.due_on, step, None, kind, told)
