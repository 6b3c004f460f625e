"""Follow-ups: their days, what becomes of each, and what the figures of a service's use come to."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.calendar import is_working_day, months_later
from app.core.follow_up import (
    FollowUpAction,
    Schedule,
    Standing,
    Use,
    UseFault,
    after,
    all_approved,
    occasions,
    standing,
)
from app.core.treated import WRITTEN, Treated

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 1, 1))
MONTHS = st.lists(st.integers(1, 120), min_size=1, max_size=10, unique=True).map(
    lambda row: tuple(sorted(row))
)


# --- days ------------------------------------------------------------------------------------------------


def test_what_was_handed_over_is_followed_up_after_three_twelve_and_twenty_four_months():
    found = occasions(date(2028, 6, 20), Schedule())
    assert [row.on for row in found] == [date(2028, 9, 20), date(2029, 6, 20), date(2030, 6, 20)]
    assert [row.months for row in found] == [3, 12, 24]


def test_each_is_due_so_many_working_days_after_its_day():
    first, _year, _last = occasions(date(2027, 9, 22), Schedule(working_days=3))
    assert first.on == date(2027, 12, 22)
    assert first.due_on == date(2027, 12, 28)  # the 23rd, the 27th and the 28th work; eve and holidays do not


def test_the_leap_day_has_its_years_follow_up_on_the_last_of_february_and_comes_back():
    leap = date(2028, 2, 29)
    days = [row.on for row in occasions(leap, Schedule((12, 24, 48)))]
    assert days == [date(2029, 2, 28), date(2030, 2, 28), date(2032, 2, 29)]


def test_the_last_of_a_month_does_not_slip_into_the_next():
    assert months_later(date(2027, 11, 30), 3) == date(2028, 2, 29)
    assert months_later(date(2027, 8, 31), 1) == date(2027, 9, 30)
    assert months_later(date(2027, 1, 15), -1) == date(2026, 12, 15)


@given(DAYS, MONTHS)
def test_a_follow_up_never_shifts_with_the_others(day: date, months: tuple[int, ...]):
    """Its day is the same whatever else is planned: it is counted from the hand-over, not from the last."""
    together = occasions(day, Schedule(months))
    alone = [occasions(day, Schedule((month,)))[0] for month in months]
    assert together == alone


@given(DAYS, MONTHS, st.integers(0, 60))
def test_days_come_in_their_order_in_the_right_month_and_are_due_at_work(
    day: date, months: tuple[int, ...], working_days: int
):
    found = occasions(day, Schedule(months, working_days))
    days = [row.on for row in found]
    assert days == sorted(set(days))
    for row in found:
        passed = (row.on.year - day.year) * 12 + row.on.month - day.month
        assert passed == row.months
        assert row.on.day == day.day or (row.on.day < day.day and (row.on + timedelta(days=1)).day == 1)
        assert row.due_on >= row.on
        assert not working_days or is_working_day(row.due_on)


@pytest.mark.parametrize("months", [(), (0,), (12, 3), (3, 3), (121,), tuple(range(1, 12))], ids=str)
def test_months_that_are_no_plan_are_refused(months: tuple[int, ...]):
    with pytest.raises(ValueError, match="rise"):
        Schedule(months)


def test_a_follow_up_is_not_due_before_its_day():
    with pytest.raises(ValueError, match="due"):
        Schedule(working_days=-1)


# --- its life --------------------------------------------------------------------------------------------


def test_a_follow_up_is_sent_and_comes_back_until_it_is_approved():
    assert after(Treated.DRAFT, FollowUpAction.SEND) is Treated.SENT
    assert after(Treated.SENT, FollowUpAction.RETURN) is Treated.RETURNED
    assert after(Treated.RETURNED, FollowUpAction.SEND) is Treated.SENT
    assert after(Treated.SENT, FollowUpAction.APPROVE) is Treated.APPROVED


def test_there_is_no_other_step():
    steps = [(state, action) for state in Treated for action in FollowUpAction if after(state, action)]
    assert len(steps) == 4
    assert not any(after(Treated.APPROVED, action) for action in FollowUpAction)
    assert {state for state, action in steps if action is FollowUpAction.SEND} == WRITTEN


ON, DUE = date(2028, 9, 20), date(2028, 10, 18)


@pytest.mark.parametrize(
    ("state", "today", "stands"),
    [
        (Treated.DRAFT, date(2028, 9, 19), Standing.COMING),
        (Treated.DRAFT, ON, Standing.OPEN),
        (Treated.DRAFT, DUE, Standing.OPEN),
        (Treated.DRAFT, date(2028, 10, 19), Standing.LATE),
        (Treated.RETURNED, DUE, Standing.RETURNED),
        (Treated.RETURNED, date(2028, 10, 19), Standing.LATE),
        (Treated.SENT, date(2029, 1, 1), Standing.SENT),
        (Treated.APPROVED, date(2029, 1, 1), Standing.APPROVED),
    ],
)
def test_a_follow_up_is_late_when_its_day_has_passed_and_nothing_is_sent(
    state: Treated, today: date, stands: Standing
):
    assert standing(state, ON, DUE, today) is stands


def test_a_project_is_followed_up_when_there_was_something_and_all_is_approved():
    assert all_approved([Treated.APPROVED, Treated.APPROVED])
    assert not all_approved([Treated.APPROVED, Treated.SENT])
    assert not all_approved([])


# --- use -------------------------------------------------------------------------------------------------


def test_shares_follow_from_what_was_begun_and_settled():
    use = Use(started=400, completed=300, otherwise=100)
    assert use.completion == Decimal("0.75")
    assert use.digital == Decimal("0.75")


def test_a_service_that_nobody_began_to_use_has_no_share():
    assert Use(started=0, completed=0, otherwise=0).completion is None
    assert Use(started=0, completed=0, otherwise=0).digital is None
    assert Use(started=0, completed=0, otherwise=12).digital == 0


@given(*(st.none() | st.integers(0, 10**9) for _ in range(3)))
def test_a_share_is_between_nothing_and_all_or_is_not_known(started, completed, otherwise):
    use = Use(started=started, completed=completed, otherwise=otherwise)
    if UseFault.MORE_COMPLETED not in use.faults(ON):
        assert use.completion is None or 0 <= use.completion <= 1
    assert use.digital is None or 0 <= use.digital <= 1


def test_what_cannot_be_true_is_told():
    today = date(2029, 1, 1)
    assert list(Use(started=3, completed=4).faults(today)) == [UseFault.MORE_COMPLETED]
    assert list(Use(started=4, completed=4).faults(today)) == []
    assert list(Use(since=today, until=ON).faults(today)) == [UseFault.BACKWARDS]
    assert list(Use(since=ON, until=date(2029, 1, 2)).faults(today)) == [UseFault.NOT_YET]
