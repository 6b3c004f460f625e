"""What a project owes by a day: its leader is reminded of it, in the end its department's managers too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.accounts.models import Role
from app.accounts.queries import holders_by_department
from app.core.calendar import TOLD_TO_MANAGER, reminder_of
from app.notifications.models import Kind
from app.reminders.sources import Due


@dataclass(frozen=True, slots=True)
class Owed:
    """Something that has not been done, and the day by which it should be."""

    record_id: int
    project_id: int
    title: str
    leader_id: int
    department_id: int
    due_on: date
    details: Mapping[str, object]
    """What it is, besides the project and the day."""
    part_id: int = 0
    """Which part of the record, when it has several."""


@dataclass(frozen=True, slots=True)
class Tells:
    """The notifications that say it: until its day has passed, and from then on."""

    before: Kind
    late: Kind


def reminded(owed: Iterable[Owed], tells: Tells, today: date) -> Iterator[Due]:
    """Who is to be reminded today. The leader always; the managers when it has been late for a week."""
    managers = holders_by_department(Role.MANAGER)
    for one in owed:
        step = reminder_of(one.due_on, today)
        if step is None:
            continue
        people = {one.leader_id}
        if step in TOLD_TO_MANAGER:
            people |= managers.get(one.department_id, set())
        kind = tells.late if one.due_on < today else tells.before
        told = {"title": one.title, **one.details, "last_day": one.due_on}
        for person_id in sorted(people):
            yield Due(one.record_id, person_id, one.due_on, step, one.project_id, kind, told, one.part_id)
