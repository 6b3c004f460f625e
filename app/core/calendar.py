"""The calendar of a programme: reporting periods, days on which people work, days on which they are reminded.

Days are Swedish days. Whoever has a moment turns it into one by `core.clock.local_day`, so that midnight,
daylight saving and New Year are those of the people who report.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from operator import itemgetter

ONE_DAY = timedelta(days=1)
SATURDAY = 5


class Tertial(StrEnum):
    """The parts of a year that a city follows up: two tertials, and the year as a whole at its end."""

    FIRST = "t1"
    SECOND = "t2"
    YEAR_END = "year_end"


LAST_MONTHS = {Tertial.FIRST: (1, 4), Tertial.SECOND: (5, 8), Tertial.YEAR_END: (9, 12)}
"""The first and the last month of each."""

WORKING_DAYS_TO_REPORT = 10
"""How long after its end a period's report is due, unless the secretariat says otherwise."""


@dataclass(frozen=True, slots=True)
class Period:
    """A time to report on, and the day by which the report is due."""

    tertial: Tertial
    year: int
    starts_on: date
    ends_on: date
    due_on: date


def periods_of(year: int, working_days: int = WORKING_DAYS_TO_REPORT) -> list[Period]:
    """The three periods of a calendar year, each due so many working days after its end."""
    found = []
    for tertial, (first, last) in LAST_MONTHS.items():
        ends_on = _last_of_month(year, last)
        due_on = after_working_days(ends_on, working_days)
        found.append(Period(tertial, year, date(year, first, 1), ends_on, due_on))
    return found


def _last_of_month(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - ONE_DAY


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or before; the last of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = _last_of_month(year, month + 1)
    return last.replace(day=min(day.day, last.day))


# --- days on which nobody works --------------------------------------------------------------------------


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the algorithm of Meeus, Jones and Butcher."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leap, rest = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    quarter, left = divmod(of_century, 4)
    sunday = (32 + 2 * rest + 2 * quarter - moon - left) % 7
    correction = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


def holidays(year: int) -> dict[date, str]:
    """The days besides Saturdays and Sundays on which a Swedish city's offices are closed, with their names.

    The public holidays by law (1989:253), and the eves of midsummer, Christmas and New Year, which the law on
    annual leave and the agreements of the sector count as Sundays.
    """
    sunday = easter(year)
    midsummer = _saturday_from(date(year, 6, 20))
    return {
        date(year, 1, 1): "New Year's Day",
        date(year, 1, 6): "Epiphany",
        sunday - 2 * ONE_DAY: "Good Friday",
        sunday + ONE_DAY: "Easter Monday",
        date(year, 5, 1): "May Day",
        sunday + 39 * ONE_DAY: "Ascension Day",
        date(year, 6, 6): "National Day",
        midsummer - ONE_DAY: "Midsummer Eve",
        midsummer: "Midsummer Day",
        _saturday_from(date(year, 10, 31)): "All Saints' Day",
        date(year, 12, 24): "Christmas Eve",
        date(year, 12, 25): "Christmas Day",
        date(year, 12, 26): "Boxing Day",
        date(year, 12, 31): "New Year's Eve",
    }


def _saturday_from(day: date) -> date:
    return day + (SATURDAY - day.weekday()) % 7 * ONE_DAY


def is_working_day(day: date) -> bool:
    """Whether people are at work."""
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def after_working_days(day: date, count: int) -> date:
    """The day that is so many working days later; `day` itself is not counted."""
    while count > 0:
        day += ONE_DAY
        count -= is_working_day(day)
    return day


# --- reminding -------------------------------------------------------------------------------------------


class Reminder(StrEnum):
    """When somebody is reminded of something that is due, and when others are told that it is late."""

    SOON = "soon"
    """Two weeks before."""
    NOW = "now"
    """Three days before."""
    LATE = "late"
    """The day after."""
    ESCALATED = "escalated"
    """A week after: the manager is told too."""
    STILL_LATE = "still_late"
    """Two weeks after, to both."""


DAYS_AFTER = {
    Reminder.SOON: -14, Reminder.NOW: -3, Reminder.LATE: 1, Reminder.ESCALATED: 7, Reminder.STILL_LATE: 14,
}  # fmt: skip
"""Calendar days from the day that something is due. The due date never moves, whatever is said."""

LONG_BEFORE = DAYS_AFTER | {Reminder.SOON: -180, Reminder.NOW: -30}
"""The same of what takes months to put in order: a contract, the money of a service."""

TOLD_TO_MANAGER = frozenset({Reminder.ESCALATED, Reminder.STILL_LATE})


def reminders_until(
    due_on: date, today: date, days_after: Mapping[Reminder, int] = DAYS_AFTER
) -> Iterator[tuple[Reminder, date]]:
    """The reminders whose day has come, with their days, the earliest first.

    Of those before the due date, only the last one that has come: who first hears of it three days before is
    not also told that two weeks are left.
    """
    days = [(reminder, due_on + after * ONE_DAY) for reminder, after in days_after.items()]
    come = [(reminder, day) for reminder, day in days if day <= today]
    before = [pair for pair in come if pair[1] < due_on]
    yield from before[-1:]
    yield from (pair for pair in come if pair[1] >= due_on)


def reminder_of(
    due_on: date, today: date, days_after: Mapping[Reminder, int] = DAYS_AFTER
) -> Reminder | None:
    """The reminder that today belongs to: the last whose day has come; None before the first.

    It does not change between two of them, so a day on which nobody was reminded is made up for on the next,
    and whoever was away for long hears the last of them only.
    """
    return max(reminders_until(due_on, today, days_after), key=itemgetter(1), default=(None, today))[0]
