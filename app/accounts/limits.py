"""When a session ends by itself, and when its person is warned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

WARNED_BEFORE = timedelta(minutes=10)
"""Enough to end a telephone call, find the window again and read what it says."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The two ends of a session: when it is not used, and in any case."""

    now: datetime
    idle_ends: datetime
    ends: datetime

    @property
    def first_end(self) -> datetime:
        """When it ends if nothing is done."""
        return min(self.idle_ends, self.ends)

    @property
    def can_be_extended(self) -> bool:
        """Whether using it makes it last longer than it would."""
        return self.idle_ends < self.ends

    @property
    def ends_in(self) -> int:
        """Whole seconds until it ends if nothing is done, and one more, so that it has ended by then."""
        return max(0, int((self.first_end - self.now).total_seconds())) + 1

    @property
    def warned_in(self) -> int:
        """Whole seconds until the person is to be warned; 0 when that time has come."""
        return max(0, self.ends_in - int(WARNED_BEFORE.total_seconds()))
