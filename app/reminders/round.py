"""Going through all that falls due today; what a worker does every now and then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime

from app.core.clock import LOCAL_TIME, local_day
from app.db import only_reading, transaction
from app.engine import unrecorded
from app.reminders.queries import untold
from app.reminders.service import remind
from app.reminders.sources import SOURCES, Due

PORTION = 250
"""Reminders that are written together: others write between two portions."""


def remind_of_today(now: datetime, morning_hour: int, goes_on: Callable[[], bool] = lambda: True) -> int:
    """Remind everybody of what is due on this day, from its morning on; how many reminders that was."""
    if now.astimezone(LOCAL_TIME).hour < morning_hour:
        return 0
    return remind_of(local_day(now), now, goes_on)


def remind_of(today: date, now: datetime, goes_on: Callable[[], bool] = lambda: True) -> int:
    """Remind everybody of what is due on a day. May be stopped anywhere, and begun anew."""
    reminded = 0
    for kind, source in list(SOURCES.items()):
        with only_reading():
            dues = untold(kind, list(source(today)))
        for portion in _portions(dues):
            if not goes_on():
                return reminded
            with unrecorded(), transaction():
                reminded += remind(kind, portion, now)
    return reminded


def _portions(dues: Sequence[Due]) -> Iterator[Sequence[Due]]:
    return (dues[start : start + PORTION] for start in range(0, len(dues), PORTION))
