"""When a benefit is measured: whole months within one calendar year, each period due a month after its end.

Whole months within a year, because promises and budgets are by year, and a benefit begins with a month.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.errors import InconsistentInputError

MONTHS_TO_MEASURE = 1
"""How many months after its end a period is to be measured by."""
STEPS = (1, 3, 6, 12)
"""How often, in months, a benefit can be measured."""


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a calendar year."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that the day is in."""
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.later(1).first - timedelta(days=1)

    @property
    def number(self) -> int:
        """Months since the year 0: two months are as far apart as their numbers."""
        return self.year * 12 + self.month - 1

    def later(self, months: int) -> Month:
        """So many months later."""
        year, month = divmod(self.number + months, 12)
        return Month(year, month + 1)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Whole months of one calendar year. Raises InconsistentInputError for anything else."""

    begins_on: date
    ends_on: date

    def __post_init__(self) -> None:
        first, last = Month.of(self.begins_on), Month.of(self.ends_on)
        if last < first:
            raise InconsistentInputError("ends_on", "end_before_start", "a period ends after it begins")
        if first.first != self.begins_on or last.last != self.ends_on:
            raise InconsistentInputError("ends_on", "not_whole_months", "a period is of whole months")
        if first.year != last.year:
            raise InconsistentInputError("ends_on", "two_years", "a period is within one calendar year")

    @classmethod
    def of(cls, first: Month, months: int) -> Period:
        """So many months from the first, or as many as are left of its year."""
        return cls(first.first, first.later(min(months, 13 - first.month) - 1).last)

    @property
    def year(self) -> int:
        """The calendar year that it is in."""
        return self.begins_on.year

    @property
    def months(self) -> list[Month]:
        """Its months."""
        first = Month.of(self.begins_on)
        return [first.later(step) for step in range(self.ends_on.month - self.begins_on.month + 1)]

    @property
    def due_on(self) -> date:
        """The day by which it is to be measured."""
        return Month.of(self.ends_on).later(MONTHS_TO_MEASURE).last

    def overlaps(self, other: Period) -> bool:
        """Whether they have a month in common."""
        return self.begins_on <= other.ends_on and other.begins_on <= self.ends_on


def next_period(
    starts_on: date, every: int, measured: Iterable[Period], ends_on: date | None = None
) -> Period | None:
    """What is to be measured next: from the first month that nobody has measured, so many months on.

    Not past New Year, not into what is measured already, not after the benefit's end; None when it is all
    measured.
    """
    taken = {month for period in measured for month in period.months}
    first = next(month for month in _months_from(starts_on) if month not in taken)
    last = Month.of(ends_on) if ends_on else None
    if last is not None and first > last:
        return None
    found = [first]
    for month in _months_from(first.later(1).first):
        if len(found) == every or month.year != first.year or month in taken or (last and month > last):
            break
        found.append(month)
    return Period(first.first, found[-1].last)


def _months_from(day: date) -> Iterator[Month]:
    month = Month.of(day)
    while True:
        yield month
        month = month.later(1)
