"""Milestones from one plan and report to the next: what slips, what is reached, what comes and goes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.core.milestone_trend import Moment, Said, Standing, trend

BEGAN = date(2027, 3, 1)
FIRST, SECOND, THIRD = date(2027, 4, 30), date(2027, 8, 31), date(2027, 12, 31)
KEYS = {"measured": 1, "open": 2, "handed_over": 3}
NAMES = {1: "Mätningen är gjord", 2: "Tjänsten är öppen", 3: "Överlämnad"}


def plan(on: date, number: int = 2, **days: date) -> Moment:
    """A baseline. `days` by the names in KEYS."""
    return Moment(on, "plan", True, number, _said(days, ""), _named(days))


def moment(on: date, *, against: int = 1, reached: str = "", **days: date) -> Moment:
    """A report. `reached`: the milestone that was ready on its day."""
    return Moment(on, "rapport", False, against, _said(days, reached), _named(days))


def _said(days: Mapping[str, date], reached: str) -> dict[int, Said]:
    return {KEYS[name]: Said(day, name == reached) for name, day in days.items()}


def _named(days: Mapping[str, date]) -> dict[int, str]:
    return {KEYS[name]: NAMES[KEYS[name]] for name in days}


PLAN = plan(BEGAN, 1, measured=date(2027, 5, 31), open=date(2028, 3, 1))


def test_before_the_first_report_there_is_a_plan_and_nothing_to_hold_against_it() -> None:
    found = trend([PLAN])
    assert not found.is_told
    assert [(course.name, course.standing, course.delay) for course in found.courses] == [
        ("Mätningen är gjord", Standing.EXPECTED, 0),
        ("Tjänsten är öppen", Standing.EXPECTED, 0),
    ]


def test_a_milestone_that_slips_is_late_by_the_days_since_the_first_plan() -> None:
    one = moment(FIRST, measured=date(2027, 5, 31), open=date(2028, 4, 1))
    two = moment(SECOND, measured=date(2027, 5, 31), open=date(2028, 6, 1))
    course = trend([two, PLAN, one]).courses[1]  # in whatever order
    assert [row.day for row in course.said if row] == [
        date(2028, 3, 1), date(2028, 4, 1), date(2028, 6, 1)
    ]  # fmt: skip
    assert (course.standing, course.delay) == (Standing.LATE, 92)


def test_one_that_moves_backwards_is_not_late() -> None:
    course = trend([PLAN, moment(FIRST, open=date(2028, 2, 1))]).courses[1]
    assert (course.standing, course.delay) == (Standing.EXPECTED, -29)


def test_what_is_reached_stays_so_whatever_a_later_plan_has() -> None:
    reached = moment(SECOND, reached="measured", measured=date(2027, 6, 9), open=date(2028, 3, 1))
    later = plan(THIRD, measured=date(2027, 5, 31), open=date(2028, 9, 1))
    measured, opened = trend([PLAN, reached, later]).courses
    assert (measured.standing, measured.latest, measured.delay) == (Standing.REACHED, date(2027, 6, 9), 9)
    assert (opened.standing, opened.latest) == (Standing.LATE, date(2028, 9, 1))


def test_a_report_that_takes_back_that_something_was_reached_is_believed() -> None:
    wrong = moment(FIRST, reached="measured", measured=date(2027, 4, 20))
    right = moment(SECOND, measured=date(2027, 9, 30))
    (measured, _opened) = trend([PLAN, wrong, right]).courses
    assert (measured.standing, measured.latest) == (Standing.LATE, date(2027, 9, 30))


def test_one_that_is_added_later_begins_there_and_is_held_against_its_own_plan() -> None:
    more = plan(SECOND, measured=date(2027, 5, 31), open=date(2028, 3, 1), handed_over=date(2028, 6, 1))
    said = moment(THIRD, measured=date(2027, 5, 31), open=date(2028, 3, 1), handed_over=date(2028, 6, 11))
    course = trend([PLAN, more, said]).courses[2]
    assert course.said[0] is None
    assert (course.first, course.delay, course.standing) == (date(2028, 6, 1), 10, Standing.LATE)


def test_a_report_on_the_time_before_a_plan_may_know_what_the_plan_adds() -> None:
    """It was sent after the plan was established: it is what was said last."""
    said = moment(FIRST, against=2, handed_over=date(2028, 7, 1))
    more = plan(FIRST + timedelta(days=3), handed_over=date(2028, 6, 1))
    found = trend([PLAN, said, more])
    assert found.moments == (PLAN, more, said)
    assert (found.courses[2].first, found.courses[2].latest) == (date(2028, 6, 1), date(2028, 7, 1))


def test_one_that_is_no_longer_planned_is_dropped() -> None:
    less = plan(SECOND, open=date(2028, 3, 1))
    course = trend([PLAN, moment(FIRST, measured=date(2027, 7, 1)), less]).courses[0]
    assert course.said[-1] is None
    assert course.standing is Standing.DROPPED


def test_it_is_called_what_it_was_called_last() -> None:
    renamed = Moment(FIRST, "rapport", False, 1, {2: Said(date(2028, 3, 1))}, {2: "E-tjänsten är öppen"})
    assert trend([PLAN, renamed]).courses[1].name == "E-tjänsten är öppen"


def test_a_plan_that_moves_no_milestone_is_no_moment() -> None:
    money = plan(SECOND, measured=date(2027, 5, 31), open=date(2028, 3, 1))
    assert trend([PLAN, money]).moments == (PLAN,)


def test_of_many_moments_the_first_plan_and_the_last_stay() -> None:
    reports = [moment(FIRST + timedelta(days=120 * n), open=date(2028, 3, 1)) for n in range(12)]
    found = trend([PLAN, *reports], most_moments=4)
    assert found.moments == (PLAN, *reports[-3:])
    assert all(len(course.said) == 4 for course in found.courses)


def test_of_many_milestones_those_furthest_behind_are_followed_and_the_rest_counted() -> None:
    said = {key: Said(date(2028, 1, 1) + timedelta(days=key)) for key in range(20)}
    names = {key: f"nummer {key}" for key in said}
    later = {key: Said(row.day + timedelta(days=key)) for key, row in said.items()}
    found = trend(
        [Moment(BEGAN, "plan", True, 1, said, names), Moment(FIRST, "rapport", False, 1, later, names)],
        most_courses=5,
    )
    assert [course.key for course in found.courses] == [15, 16, 17, 18, 19]
    assert found.left_out == 15


def test_one_that_came_and_went_between_the_moments_shown_is_not_followed() -> None:
    came = plan(FIRST, open=date(2028, 3, 1), handed_over=date(2028, 6, 1))
    went = plan(SECOND, 3, open=date(2028, 3, 2))
    last = moment(THIRD, open=date(2028, 3, 2))
    assert [course.key for course in trend([PLAN, came, went, last], most_moments=2).courses] == [1, 2]


SAID = st.dictionaries(
    st.integers(1, 15), st.builds(Said, st.dates(date(2026, 1, 1), date(2032, 1, 1)), st.booleans())
)


@st.composite
def moments(draw: st.DrawFn) -> list[Moment]:
    days = draw(st.lists(st.dates(BEGAN, date(2031, 1, 1)), min_size=1, max_size=14, unique=True))
    made, plans = [], 0
    for day in sorted(days):
        said, is_plan = draw(SAID), not plans or draw(st.booleans())
        plans += is_plan
        against = plans if is_plan else draw(st.integers(1, plans))
        made.append(Moment(day, "n", is_plan, against, said, dict.fromkeys(said, "namn")))
    return draw(st.permutations(made))


@given(moments())
def test_whatever_was_said_every_course_has_a_place_for_each_moment_and_says_something(
    told: list[Moment],
) -> None:
    found = trend(told)
    assert found.moments[0].is_plan
    assert len(found.moments) <= 8
    assert len(found.courses) <= 12
    for course in found.courses:
        assert len(course.said) == len(found.moments)
        assert any(course.said)
    assert [course.first for course in found.courses] == sorted(course.first for course in found.courses)
