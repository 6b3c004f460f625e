"""Managers who held the owner's role of a service and have left the city."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial

from app.accounts import service as accounts
from app.accounts.queries import person
from app.core.clock import LOCAL_TIME
from app.core.workflow import COMPLETED, INTERRUPTED
from app.demo.cast import Cast
from app.demo.lives.days import working_day
from app.demo.lives.life import Life
from app.demo.story import Moment

STAYED, LATEST = timedelta(days=40), timedelta(days=9)
"""How long after the last hand-over to them they left, and how long ago at least."""


def leave_on(told: Sequence[Life], today: date) -> dict[str, date]:
    """The departments that somebody has left, and when."""
    found: dict[str, date] = {}
    for life in told:
        if life.service.lost and life.is_service and life.state in COMPLETED - INTERRUPTED:
            lead = life.invention.service["lead"]
            found[lead] = max(found.get(lead, life.ends_on), life.ends_on)
    return {lead: working_day(min(day + STAYED, today - LATEST)) for lead, day in found.items()}


def left(cast: Cast, days: Mapping[str, date]) -> Iterator[Moment]:
    """The administrator notes that each has left."""
    for lead, day in days.items():
        at = datetime.combine(day, time(15, 30), LOCAL_TIME)
        yield at, partial(_leave, cast, lead, at)


def _leave(cast: Cast, lead: str, at: datetime) -> None:
    row = person(cast.leaving[lead].id)
    if row is None:
        raise LookupError(f"nobody is to leave {lead}")
    accounts.change_person(
        cast.administrator, row, email=row.email, name=row.name, title=row.title, active=False, now=at
    )
