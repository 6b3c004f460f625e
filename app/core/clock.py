"""The city's own time: what day a moment was, and what year a case number belongs to."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

LOCAL_TIME = ZoneInfo("Europe/Stockholm")


def local_day(moment: datetime) -> date:
    """The day in the city at this moment (an aware one)."""
    return moment.astimezone(LOCAL_TIME).date()
