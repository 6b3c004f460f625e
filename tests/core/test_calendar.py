"""The calendar: holidays of known years, periods over New Year and leap days, reminders on their days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.calendar import (
    DAYS_AFTER,
    ONE_DAY,
    Reminder,
    Tertial,
    after_working_days,
    easter,
    holidays,
    is_working_day,
    periods_of,
    reminders_until,
)

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 1, 1))


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2000, date(2000, 4, 23)),
        (2008, date(2008, 3, 23)),
        (2011, date(2011, 4, 24)),
        (2019, date(2019, 4, 21)),
        (2024, date(2024, 3, 31)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter_falls_on_the_days_that_almanacs_tell(year: int, day: date) -> None:
    assert easter(year) == day


def test_the_holidays_of_2027_are_those_of_the_almanac() -> None:
    assert sorted(holidays(2027)) == [
        date(2027, 1, 1), date(2027, 1, 6), date(2027, 3, 26), date(2027, 3, 29), date(2027, 5, 1),
        date(2027, 5, 6), date(2027, 6, 6), date(2027, 6, 25), date(2027, 6, 26), date(2027, 11, 6),
        date(2027, 12, 24), date(2027, 12, 25), date(2027, 12, 26), date(2027, 12, 31),
    ]  # fmt: skip


@given(st.integers(min_value=2000, max_value=2099))
def test_movable_holidays_fall_on_their_weekdays(year: int) -> None:
    named = {name: day for day, name in holidays(year).items()}
    assert named["Good Friday"].weekday() == 4
    assert named["Ascension Day"].weekday() == 3
    assert named["Midsummer Eve"].weekday() == 4
    assert date(year, 6, 20) <= named["Midsummer Day"] <= date(year, 6, 26)
    assert date(year, 10, 31) <= named["All Saints' Day"] <= date(year, 11, 6)


@given(st.integers(min_value=2000, max_value=2098))
def test_the_periods_cover_the_year_without_gaps_and_are_due_on_working_days(year: int) -> None:
    periods = periods_of(year)
    assert [period.tertial for period in periods] == list(Tertial)
    assert periods[0].starts_on == date(year, 1, 1)
    assert periods[-1].ends_on == date(year, 12, 31)
    for one, next_one in pairwise(periods):
        assert next_one.starts_on == one.ends_on + ONE_DAY
    for period in periods:
        assert is_working_day(period.due_on)
        assert period.due_on > period.ends_on


def test_the_year_end_is_due_in_the_next_year_after_its_holidays() -> None:
    # 31 December is a Friday; 1 January a Saturday, Epiphany a Thursday: the tenth working day is Monday 17.
    assert periods_of(2027)[2].due_on == date(2028, 1, 17)
    assert periods_of(2024, working_days=1)[0].due_on == date(2024, 5, 2)  # 1 May is a holiday


def test_a_leap_day_is_a_day() -> None:
    assert after_working_days(date(2028, 2, 28), 1) == date(2028, 2, 29)
    assert after_working_days(date(2027, 2, 26), 1) == date(2027, 3, 1)


@given(DAYS, st.integers(min_value=0, max_value=40))
def test_so_many_working_days_lie_between(day: date, count: int) -> None:
    later = after_working_days(day, count)
    between = [day + timedelta(days=step) for step in range(1, (later - day).days + 1)]
    assert sum(map(is_working_day, between)) == count
    assert count == 0 or is_working_day(later)


@given(DAYS, st.integers(min_value=-40, max_value=60))
def test_a_reminder_comes_on_its_day_and_not_before(due_on: date, days: int) -> None:
    today = due_on + timedelta(days=days)
    come = dict(reminders_until(due_on, today))
    assert all(day <= today for day in come.values())
    assert {reminder for reminder, after in DAYS_AFTER.items() if 0 < after <= days} <= come.keys()
    assert len([reminder for reminder in come if DAYS_AFTER[reminder] < 0]) == (days >= -14)


def test_who_hears_late_hears_only_what_still_matters() -> None:
    due_on = date(2027, 5, 14)
    assert [reminder for reminder, _day in reminders_until(due_on, date(2027, 5, 13))] == [Reminder.NOW]
    assert [reminder for reminder, _day in reminders_until(due_on, date(2027, 5, 21))] == [
        Reminder.NOW, Reminder.LATE, Reminder.ESCALATED,
    ]  # fmt: skip
