"""When a person is reminded of a day: some days before it, and once when it has passed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

LATE = "late"
DAYS_BEFORE = (14, 3)


def step(due_on: date, today: date, days_before: Sequence[int] = DAYS_BEFORE) -> str | None:
    """The reminder that today belongs to: the last that has come; None before the first.

    It does not change between two of them, so a day on which nobody was reminded is made up for on the next.
    """
    left = (due_on - today).days
    if left < 0:
        return LATE
    reached = [days for days in days_before if left <= days]
    return f"{min(reached)} days" if reached else None
