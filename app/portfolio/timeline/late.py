"""How much is late of many projects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.portfolio.rows import Row


@dataclass(frozen=True, slots=True)
class Late:
    """How many projects there are, and of how many what is late."""

    count: int = 0
    late: int = 0
    """Whose newest report has a milestone that is late."""
    follow_ups: int = 0
    """Follow-ups that should have come."""


def late_of(rows: Sequence[Row]) -> Late:
    """Of all of them together."""
    late = sum((row.days_late or 0) > 0 for row in rows)
    return Late(len(rows), late, sum(row.late_follow_ups for row in rows))
