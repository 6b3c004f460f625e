"""Every internal rate of return, and none that is not one."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import lcm

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.appraisal import irr_all, npv, present_value
from app.core.errors import NotANumberError

nearly = Decimal("1E-30")
flows = st.lists(st.decimals(min_value=-(10**7), max_value=10**7, places=2), min_size=1, max_size=12)
rates = st.lists(st.decimals(min_value="-0.9", max_value=5, places=2), min_size=1, max_size=5)


def kronor(*amounts: int | str) -> list[Decimal]:
    return [Decimal(amount) for amount in amounts]


def flows_with_rates(wanted: list[Decimal]) -> list[Decimal]:
    """Flows whose polynomial is the product of (y - (1 + rate)), in whole numbers."""
    polynomial = [Fraction(1)]
    for rate in wanted:
        root = 1 + Fraction(rate)
        polynomial = [
            a - root * b for a, b in zip([*polynomial, Fraction(0)], [Fraction(0), *polynomial], strict=True)
        ]
    scale = lcm(*(c.denominator for c in polynomial))
    return [Decimal(int(c * scale)) for c in polynomial]


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ([-100, 110], ["0.1"]),
        ([-100, 60, 60], ["0.130662386291807484"]),  # (60 + sqrt(27600)) / 200 - 1
        ([-100, 230, -132], ["0.1", "0.2"]),  # the sign changes twice: two rates
        ([-1, 5, -6], ["1", "2"]),
        ([100, -250, 170], []),  # the sign changes twice, yet no rate: 250² < 4 · 100 · 170
        ([-100, 220, -121], ["0.1"]),  # a double root counts once
        ([-1000, 3600, -4310, 1716], ["0.1", "0.2", "0.3"]),
        ([-100, 50], ["-0.5"]),
        ([0, 0, -100, 110, 0], ["0.1"]),
        ([-100, 100], ["0"]),
        ([100, 100], []),
        ([-100, -100], []),
        ([100], []),
        ([0, 0], []),
        ([], []),
    ],
)
def test_rates_match_the_hand_calculation(amounts: list[int], expected: list[str]) -> None:
    found = irr_all(kronor(*amounts))
    assert len(found) == len(expected)
    for rate, wanted in zip(found, kronor(*expected), strict=True):
        assert abs(rate - wanted) < Decimal("1E-17")


def test_a_rate_that_is_a_short_decimal_comes_out_exactly() -> None:
    assert irr_all(kronor(-100, 230, -132)) == [Decimal("0.1"), Decimal("0.2")]


def test_two_rates_that_differ_in_the_twelfth_decimal_are_told_apart() -> None:
    wanted = [Decimal("0.1"), Decimal("0.100000000001")]
    assert irr_all([flow / Decimal("1E15") for flow in flows_with_rates(wanted)]) == wanted


def test_a_rate_almost_at_minus_one_hundred_percent_stays_above_it() -> None:
    found = irr_all([Decimal("-1E14"), Decimal("1E-40")])
    assert len(found) == 1
    assert found[0] > -1
    assert present_value(found[0], Decimal(1), 1) == Decimal("1E54")


def test_a_rate_of_a_million_times_is_found() -> None:
    assert irr_all(kronor(-1, 1_000_001)) == [Decimal(1_000_000)]


@given(rates)
def test_exactly_the_rates_that_were_built_in_are_found(wanted: list[Decimal]) -> None:
    found = irr_all(flows_with_rates(wanted))
    expected = sorted(set(wanted))
    assert len(found) == len(expected)
    for rate, built_in in zip(found, expected, strict=True):
        assert abs(rate - built_in) < nearly


@given(flows)
def test_at_every_rate_found_the_net_present_value_is_zero(amounts: list[Decimal]) -> None:
    found = irr_all(amounts)
    assert found == sorted(set(found))
    for rate in found:
        assert rate > -1
        size = sum(abs(present_value(rate, amount, t)) for t, amount in enumerate(amounts))
        assert abs(npv(rate, amounts)) <= Decimal("1E-30") * size


@given(flows)
def test_rates_are_at_most_as_many_as_sign_changes(amounts: list[Decimal]) -> None:
    signs = [amount > 0 for amount in amounts if amount]
    changes = sum(a != b for a, b in pairwise(signs))
    assert len(irr_all(amounts)) <= changes
    if changes == 1:
        assert len(irr_all(amounts)) == 1


@given(flows, st.integers(min_value=1, max_value=1000))
def test_rates_do_not_depend_on_the_size_of_the_flows(amounts: list[Decimal], factor: int) -> None:
    assert irr_all([amount * factor for amount in amounts]) == irr_all(amounts)


def test_flows_without_a_number_are_refused() -> None:
    with pytest.raises(NotANumberError) as refused:
        irr_all([Decimal(-1), Decimal("NaN")])
    assert (refused.value.field, refused.value.code) == ("flows", "not_finite")
