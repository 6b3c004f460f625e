"""What projects like this one came to: few cases lean on the default, many speak for themselves."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.calibration import (
    COVERAGE,
    Assumption,
    Case,
    Expectation,
    Tally,
    added_up,
    by_trait,
    experience,
    learned,
    student,
)
from app.core.errors import InputError

DEFAULT = Expectation(mean=Decimal("0.7"), spread=Decimal("0.3"), cases=4)
LATE = Expectation(mean=Decimal(9), spread=Decimal(6), cases=4)
ASSUMED = Assumption(share=DEFAULT, months_late=LATE)
SHARES = st.decimals(min_value=0, max_value=3, places=3)


def case(key: int, share: str, months: str | None = "6", **traits: str) -> Case:
    realised = Decimal(share) * 1_000_000
    late = None if months is None else Decimal(months)
    return Case(key=key, promised=Decimal(1_000_000), realised=realised, months_late=late, traits=traits)


def test_without_cases_the_default_is_all_that_is_known() -> None:
    found = learned(Tally.of([]), DEFAULT)
    assert found.observed is None
    assert (found.cases, found.expected, found.weight) == (0, Decimal("0.7"), Decimal(0))
    assert found.low < Decimal("0.7") < found.high


def test_a_few_cases_are_shrunk_towards_the_default_by_the_books_formula() -> None:
    found = learned(Tally.of([Decimal("0.2"), Decimal("0.4")]), DEFAULT)
    # (4 x 0.7 + 2 x 0.3) / 6, and 4 x 0.09 + 0.02 + 4 x 2 / 6 x 0.16 = 0.5933… over 6 degrees of freedom
    assert found.observed == Decimal("0.3")
    assert found.expected == pytest.approx(Decimal("3.4") / 6)
    error = (0.59333333333 / 6 / 6) ** 0.5
    assert float(found.high - found.expected) == pytest.approx(1.439756 * error, rel=1e-6)
    assert found.weight == pytest.approx(Decimal(1) / 3)


@pytest.mark.parametrize(
    ("freedom", "reach"),
    [(1, 3.077684), (2, 1.885618), (5, 1.475884), (10, 1.372184), (30, 1.310415), (1000, 1.282399)],
)
def test_the_reach_is_that_of_the_tables_of_students_t(freedom: int, reach: float) -> None:
    assert student(float(COVERAGE), freedom) == pytest.approx(reach, abs=2e-6)


@given(st.lists(SHARES, min_size=1, max_size=30))
def test_the_answer_lies_between_the_cases_and_the_default_and_inside_its_interval(
    values: list[Decimal],
) -> None:
    found = learned(Tally.of(values), DEFAULT)
    assert found.observed is not None
    low, high = sorted((found.observed, DEFAULT.mean))
    assert low - Decimal("1e-12") <= found.expected <= high + Decimal("1e-12")
    assert found.holds(found.expected)


@given(st.lists(SHARES, min_size=2, max_size=10), st.integers(2, 5))
def test_more_of_the_same_cases_are_trusted_more(values: list[Decimal], times: int) -> None:
    once, often = learned(Tally.of(values), DEFAULT), learned(Tally.of(values * times), DEFAULT)
    assert once.observed is not None
    assert often.observed == pytest.approx(once.observed)
    assert abs(often.expected - once.observed) <= abs(once.expected - once.observed) + Decimal("1e-9")
    assert often.weight > once.weight


@pytest.mark.parametrize("truth", [0.35, 0.6, 1.0])
def test_the_true_bias_is_recovered_within_the_stated_interval_as_often_as_it_says(truth: float) -> None:
    """Forty projects each time: eight of ten intervals hold the truth, give or take what chance allows."""
    chance = Random(20261127)
    held = 0
    for _ in range(300):
        outcomes = [Decimal(repr(max(0.0, chance.gauss(truth, 0.25)))) for _ in range(40)]
        found = learned(Tally.of(outcomes), Expectation(Decimal("0.7"), Decimal("0.25"), 2))
        held += found.holds(Decimal(repr(truth)))
    assert 0.72 < held / 300 < 0.88


def test_a_default_that_is_far_off_is_overcome_by_experience() -> None:
    chance = Random(4)
    outcomes = [Decimal(repr(chance.gauss(0.4, 0.1))) for _ in range(200)]
    assert abs(learned(Tally.of(outcomes), DEFAULT).expected - Decimal("0.4")) < Decimal("0.02")


def test_a_project_without_benefits_yet_says_nothing_of_lateness() -> None:
    found = experience(added_up([case(1, "0"), case(2, "0.5", None)]), ASSUMED)
    assert (found.share.cases, found.months_late.cases) == (2, 1)
    assert (found.promised, found.realised) == (Decimal(2_000_000), Decimal(500_000))


def test_each_group_is_told_apart_and_who_has_no_trait_is_in_none() -> None:
    cases = [case(1, "0.5", department="A"), case(2, "0.7", department="B"), case(3, "0.9")]
    found = by_trait(cases, "department")
    assert {name: row.shares.cases for name, row in found.items()} == {"A": 1, "B": 1}


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Expectation(Decimal("0.7"), Decimal(0), 3),
        lambda: Expectation(Decimal("0.7"), Decimal("0.1"), 0),
        lambda: Expectation(Decimal("NaN"), Decimal("0.1"), 1),
        lambda: case(1, "-0.1"),
        lambda: Case(key=1, promised=Decimal(0), realised=Decimal(0), months_late=None, traits={}),
        lambda: Tally.of([Decimal("Infinity")]),
    ],
    ids=["no spread", "worth no case", "no number", "less than nothing", "nothing promised", "endless"],
)
def test_what_cannot_be_is_refused(wrong: Callable[[], object]) -> None:
    with pytest.raises(InputError):
        wrong()
