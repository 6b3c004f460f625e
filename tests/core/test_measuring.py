"""When a benefit is measured."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import InconsistentInputError
from app.core.measuring import STEPS, Month, Period, next_period

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def test_a_period_is_whole_months_of_one_year() -> None:
    assert Period(date(2028, 2, 1), date(2028, 2, 29)).months == [Month(2028, 2)]
    for begins, ends in (
        (date(2028, 2, 1), date(2028, 2, 28)),
        (date(2028, 2, 2), date(2028, 3, 31)),
        (date(2027, 12, 1), date(2028, 1, 31)),
        (date(2028, 3, 1), date(2028, 2, 29)),
    ):
        with pytest.raises(InconsistentInputError):
            Period(begins, ends)


def test_it_is_due_by_the_end_of_the_month_after() -> None:
    assert Period(date(2027, 10, 1), date(2027, 12, 31)).due_on == date(2028, 1, 31)
    assert Period(date(2028, 1, 1), date(2028, 1, 31)).due_on == date(2028, 2, 29)


@given(DAYS, st.sampled_from(STEPS), st.integers(1, 30))
def test_measuring_one_period_after_another_leaves_no_month_out_and_none_twice(
    starts_on: date, every: int, times: int
) -> None:
    measured: list[Period] = []
    for _time in range(times):
        following = next_period(starts_on, every, measured)
        assert following is not None
        assert len(following.months) <= every
        assert not any(following.overlaps(other) for other in measured)
        measured.append(following)
    months = [month for period in measured for month in period.months]
    assert months == [Month.of(starts_on).later(step) for step in range(len(months))]


def test_a_month_that_was_left_out_is_measured_first_and_by_itself() -> None:
    measured = [Period(date(2028, 1, 1), date(2028, 3, 31)), Period(date(2028, 5, 1), date(2028, 6, 30))]
    assert next_period(date(2028, 1, 15), 3, measured) == Period(date(2028, 4, 1), date(2028, 4, 30))


def test_nothing_is_measured_after_the_last_month_of_the_benefit() -> None:
    ends_on = date(2028, 2, 10)
    only = next_period(date(2028, 1, 1), 12, [], ends_on)
    assert only == Period(date(2028, 1, 1), date(2028, 2, 29))
    assert next_period(date(2028, 1, 1), 12, [only], ends_on) is None
