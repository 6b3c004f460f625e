"""Reading what people have been reminded of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from app.db import db
from app.reminders.models import Reminder
from app.reminders.sources import Due


class Key(NamedTuple):
    """What makes a reminder of a kind one, in the order of the unique key."""

    record_id: int
    part_id: int
    person_id: int
    due_on: date
    step: str


KEY = tuple(getattr(Reminder, name) for name in Key._fields)
"""The same, as columns."""


def key_of(due: Due) -> Key:
    """The key under which it is told once."""
    return Key(due.record_id, due.part_id, due.person_id, due.due_on, due.step)


def untold(kind: str, dues: Sequence[Due]) -> list[Due]:
    """Those that nobody has been reminded of yet. The key makes it once; this spares who writes the rest."""
    if not dues:
        return []
    days = {due.due_on for due in dues}
    query = select(*KEY).where(Reminder.kind == kind, Reminder.due_on.between(min(days), max(days)))
    told = {Key._make(row) for row in db.session.execute(query)}
    return [due for due in dues if key_of(due) not in told]
