"""Reminding: each thing once, in the transaction in which it is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.db import db, insert
from app.notifications.service import Telling, tell
from app.reminders.models import Reminder
from app.reminders.queries import KEY, Key, key_of
from app.reminders.sources import Due


def remind(kind: str, dues: Sequence[Due], now: datetime) -> int:
    """Tell what has not been told; how many reminders that was.

    The reminder's row and the notification are written together. Whoever reminds at the same time waits for
    the rows, and finds that they are there; in the same order, so that nobody waits for one who waits.
    """
    by_key = {key_of(due): due for due in dues}
    if not by_key:
        return 0
    values = [
        {
            "kind": kind,
            **key._asdict(),
            "created_at": now,
        }
        for key in sorted(by_key)
    ]
    statement = (
        insert(Reminder)
        .values(values)
        .on_conflict_do_nothing(index_elements=["kind", *Key._fields])
        .returning(*KEY)
    )
    new = sorted(Key._make(row) for row in db.session.execute(statement))
    told = [by_key[key] for key in new]
    tell([Telling(due.person_id, due.tells, due.project_id, due.details) for due in told], now)
    return len(told)
