"""What is to be expected of granted money: how much comes back a year for each krona.

Pure. The money is what the programme granted; the benefit is what is expected a year at full effect. Neither
a department's own money nor what operation costs is in it: it says which project to ask about, not what it
is worth.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

WEAK = Decimal("0.10")
"""What comes to less than this a year for each krona needs more than ten years to come to the money."""


class Lateness(Enum):
    """How late a project is, in steps that people speak of."""

    UNKNOWN = "unknown"
    """It has sent no report."""
    IN_TIME = "in_time"
    MONTH = "month"
    QUARTER = "quarter"
    LONGER = "longer"


MONTH, QUARTER = 30, 90
"""The most days of each."""


def lateness(days_late: int | None) -> Lateness:
    """The step of so many days; None when nobody has said."""
    if days_late is None:
        return Lateness.UNKNOWN
    if days_late <= 0:
        return Lateness.IN_TIME
    if days_late <= MONTH:
        return Lateness.MONTH
    return Lateness.QUARTER if days_late <= QUARTER else Lateness.LONGER


@dataclass(frozen=True, slots=True)
class Prospect:
    """What a project was granted, and what is expected of it."""

    granted: Decimal
    promised: Decimal
    """A year, at full effect."""
    expected: Decimal
    """A year, by the newest forecasts."""

    @property
    def per_krona(self) -> Decimal | None:
        """Kronor a year for each krona that was granted; None where nothing was promised in money."""
        return self.expected / self.granted if self.granted > 0 and self.promised > 0 else None

    @property
    def is_weak(self) -> bool:
        """Whether little is expected of much."""
        per_krona = self.per_krona
        return per_krona is not None and per_krona < WEAK
