"""A project through time: what is known of its end, and how late it is against its first plan."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.follow_up import Standing
from app.core.project_time import Ending, FollowedUp, Period, ProjectTime

DAY = date(2027, 6, 1)
FIRST = Period(date(2026, 1, 1), date(2027, 9, 30))
LATER = Period(date(2026, 1, 1), date(2027, 12, 31))


def told(**more: Any) -> ProjectTime:
    return ProjectTime(**{"day": DAY, "first": FIRST, "newest": FIRST, **more})


def test_without_a_plan_nothing_is_expected() -> None:
    found = ProjectTime(day=DAY)
    assert (found.ending, found.expected_on, found.delay, found.days) == (Ending.UNPLANNED, None, None, ())


def test_the_end_is_that_of_the_newest_plan_or_of_a_milestone_after_it() -> None:
    assert (told().expected_on, told().delay) == (FIRST.ends_on, 0)
    moved = told(newest=LATER)
    assert (moved.expected_on, moved.delay, moved.is_late) == (LATER.ends_on, 92, True)
    assert told(reported_on=date(2027, 8, 1)).expected_on == FIRST.ends_on
    assert told(reported_on=date(2027, 10, 10)).delay == 10


def test_what_should_have_ended_goes_on_until_today() -> None:
    found = told(day=date(2027, 10, 30))
    assert (found.ending, found.expected_on, found.reaches_to) == (
        Ending.PASSED, FIRST.ends_on, date(2027, 10, 30),
    )  # fmt: skip
    assert found.delay == 30
    assert told(day=FIRST.ends_on).ending is Ending.EXPECTED


@pytest.mark.parametrize(("interrupted", "ending"), [(False, Ending.ENDED), (True, Ending.INTERRUPTED)])
def test_what_is_over_ended_on_its_day_whatever_was_expected(interrupted: bool, ending: Ending) -> None:
    found = told(
        newest=LATER, is_over=True, is_interrupted=interrupted, ended_on=date(2027, 9, 10), reported_on=DAY
    )
    assert (found.ending, found.reaches_to, found.delay) == (ending, date(2027, 9, 10), -20)
    assert not found.is_late
    unknown = told(is_over=True)
    assert (unknown.ending, unknown.reaches_to, unknown.delay) == (Ending.ENDED, None, None)


NEAR = st.integers(-4000, 4000).map(lambda number: DAY + timedelta(days=number))
PERIODS = st.tuples(NEAR, NEAR).map(lambda days: Period(min(days), max(days)))
FOLLOW_UPS = st.lists(st.builds(FollowedUp, NEAR, st.none(), st.sampled_from(Standing)), max_size=4)


@given(
    st.builds(
        ProjectTime,
        day=NEAR,
        first=PERIODS,
        newest=PERIODS,
        reported_on=st.none() | NEAR,
        is_over=st.booleans(),
        is_interrupted=st.booleans(),
        ended_on=st.none() | NEAR,
        launched_on=st.none() | NEAR,
        follow_ups=FOLLOW_UPS.map(tuple),
    )
)
def test_what_is_said_hangs_together(found: ProjectTime) -> None:
    if found.reaches_to is not None and found.first is not None:
        assert found.delay == (found.reaches_to - found.first.ends_on).days
        assert found.reaches_to in found.days
    if not found.is_over:
        assert found.expected_on is not None
        assert found.reaches_to is not None
        assert found.reaches_to >= found.expected_on
        assert found.ending in (Ending.EXPECTED, Ending.PASSED)
    assert list(found.days) == sorted(set(found.days))
