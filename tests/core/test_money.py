"""Rounding and exact division of kronor."""

from decimal import Decimal, localcontext
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import (
    InconsistentInputError,
    InputError,
    MissingInputError,
    NotANumberError,
    NotExactError,
    OutOfRangeError,
)
from app.core.money import allocate, from_ore, round_half_up, to_ore, whole_kronor

totals = st.decimals(min_value=-(10**12), max_value=10**12, places=2)
weights = st.lists(st.decimals(min_value=0, max_value=10**6, places=3), min_size=1, max_size=12).filter(any)
units = st.sampled_from([Decimal("0.01"), Decimal(1), Decimal(5), Decimal(1000), Decimal("0.3")])


def test_three_equal_parts_of_a_hundred_give_the_odd_krona_to_the_earliest() -> None:
    assert allocate(Decimal(100), [Decimal(1), Decimal(1), Decimal(1)]) == [
        Decimal(34),
        Decimal(33),
        Decimal(33),
    ]


def test_the_largest_remainder_gets_the_odd_krona() -> None:
    # Exact shares 14.29, 28.57 and 57.14: the second has the largest remainder.
    assert allocate(Decimal(100), [Decimal(1), Decimal(2), Decimal(4)]) == [
        Decimal(14),
        Decimal(29),
        Decimal(57),
    ]


def test_ore_are_allocated_when_the_unit_is_an_ore() -> None:
    assert allocate(Decimal(100), [Decimal(1), Decimal(1), Decimal(1)], Decimal("0.01")) == [
        Decimal("33.34"),
        Decimal("33.33"),
        Decimal("33.33"),
    ]


def test_ore_below_the_unit_go_to_the_next_in_line_so_that_the_sum_is_exact() -> None:
    # 100 kr 50 öre: 33.5 each; the odd krona to the first, the 50 öre to the second.
    assert allocate(Decimal("100.50"), [Decimal(1), Decimal(1), Decimal(1)]) == [
        Decimal(34),
        Decimal("33.50"),
        Decimal(33),
    ]


def test_a_negative_total_mirrors_the_positive_one() -> None:
    assert allocate(Decimal(-100), [Decimal(1), Decimal(2), Decimal(4)]) == [
        Decimal(-14),
        Decimal(-29),
        Decimal(-57),
    ]


def test_a_weight_of_zero_gets_nothing() -> None:
    assert allocate(Decimal("10.75"), [Decimal(0), Decimal(1), Decimal(0), Decimal(2)]) == [
        Decimal(0),
        Decimal("3.75"),
        Decimal(0),
        Decimal(7),
    ]


def test_nothing_is_divided_into_nothings() -> None:
    assert allocate(Decimal(0), [Decimal(1), Decimal(2)]) == [Decimal(0), Decimal(0)]


@given(totals, weights, units)
def test_parts_sum_to_the_total_exactly(total: Decimal, parts: list[Decimal], unit: Decimal) -> None:
    assert sum(allocate(total, parts, unit)) == total


@given(totals, weights, units)
def test_every_part_is_within_one_unit_of_its_exact_share(
    total: Decimal, parts: list[Decimal], unit: Decimal
) -> None:
    for part, weight in zip(allocate(total, parts, unit), parts, strict=True):
        assert abs(part - total * weight / sum(parts)) < unit + Decimal("1E-9")


@given(totals, weights, units)
def test_at_most_one_part_is_no_multiple_of_the_unit(
    total: Decimal, parts: list[Decimal], unit: Decimal
) -> None:
    assert sum(part % unit != 0 for part in allocate(total, parts, unit)) <= 1


@given(totals, weights, units)
def test_a_heavier_weight_never_gets_a_unit_less(total: Decimal, parts: list[Decimal], unit: Decimal) -> None:
    ranked = sorted(zip(parts, allocate(abs(total), parts, unit), strict=True))
    for (light, less), (heavy, more) in pairwise(ranked):
        assert heavy == light or more > less - unit


def test_the_callers_decimal_context_does_not_matter() -> None:
    with localcontext() as context:
        context.prec = 3
        assert (
            sum(to_ore(part) for part in allocate(Decimal("123456.78"), [Decimal(1), Decimal(2)])) == 12345678
        )


@pytest.mark.parametrize(
    ("amount", "unit", "expected"),
    [
        ("0.5", "1", "1"),
        ("-0.5", "1", "-1"),
        ("0.49", "1", "0"),
        ("2.345", "0.01", "2.35"),
        ("1250", "500", "1500"),
        ("1249.99", "500", "1000"),
        ("4", "3", "3"),
        ("-1234567.5", "1", "-1234568"),
        ("0", "1", "0"),
    ],
)
def test_halves_are_rounded_away_from_zero(amount: str, unit: str, expected: str) -> None:
    assert round_half_up(Decimal(amount), Decimal(unit)) == Decimal(expected)


def test_a_small_negative_amount_rounds_to_a_zero_without_a_sign() -> None:
    assert str(round_half_up(Decimal("-0.2"), Decimal(1))) == "0"


@given(totals, units)
def test_rounding_gives_a_multiple_at_most_half_a_unit_away(amount: Decimal, unit: Decimal) -> None:
    rounded = round_half_up(amount, unit)
    assert rounded % unit == 0
    assert abs(rounded - amount) * 2 <= unit


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_ore_and_kronor_convert_both_ways(ore: int) -> None:
    assert to_ore(from_ore(ore)) == ore


def test_kronor_from_ore_show_both_decimals() -> None:
    assert str(from_ore(123400)) == "1234.00"


def test_a_fraction_of_an_ore_is_refused() -> None:
    with pytest.raises(NotExactError) as refused:
        to_ore(Decimal("1.005"))
    assert (refused.value.field, refused.value.code) == ("amount", "not_ore")


@pytest.mark.parametrize(
    ("total", "parts", "unit", "kind", "field", "code"),
    [
        (Decimal(1), [], Decimal(1), MissingInputError, "weights", "empty"),
        (Decimal(1), [Decimal(0), Decimal(0)], Decimal(1), InconsistentInputError, "weights", "weights_zero"),
        (Decimal(1), [Decimal(1), Decimal(-1)], Decimal(1), OutOfRangeError, "weights", "negative"),
        (Decimal(1), [Decimal("NaN")], Decimal(1), NotANumberError, "weights", "not_finite"),
        (Decimal("Infinity"), [Decimal(1)], Decimal(1), NotANumberError, "total", "not_finite"),
        (Decimal("1E15") + 1, [Decimal(1)], Decimal(1), OutOfRangeError, "total", "too_large"),
        (Decimal("-1E400"), [Decimal(1)], Decimal(1), OutOfRangeError, "total", "too_small"),
        (Decimal(1), [Decimal("1E-999999")], Decimal(1), OutOfRangeError, "weights", "too_precise"),
        (Decimal(1), [Decimal(1)], Decimal(0), OutOfRangeError, "unit", "not_positive"),
    ],
)
def test_impossible_allocations_say_which_input_and_why(
    total: Decimal, parts: list[Decimal], unit: Decimal, kind: type[InputError], field: str, code: str
) -> None:
    with pytest.raises(kind) as refused:
        allocate(total, parts, unit)
    assert (refused.value.field, refused.value.code) == (field, code)
    assert str(refused.value) == f"{field}: {refused.value.reason}"


def test_floats_are_refused_because_they_are_not_exact() -> None:
    with pytest.raises(NotANumberError) as refused:
        round_half_up(0.5, Decimal(1))  # type: ignore[arg-type] # what the test is about
    assert refused.value.code == "not_decimal"
    with pytest.raises(NotANumberError) as refused:
        from_ore(1.0)  # type: ignore[arg-type] # what the test is about
    assert refused.value.code == "not_whole"


@given(st.lists(st.decimals(min_value=-(10**9), max_value=10**9, places=6), max_size=12))
def test_whole_kronor_sum_to_the_rounded_sum_each_within_a_krona_of_its_own(exact: list[Decimal]) -> None:
    whole = whole_kronor(exact)
    assert sum(whole) == round_half_up(sum(exact, Decimal(0)))
    assert all(abs(part - amount) < 1 for part, amount in zip(whole, exact, strict=True))
    assert all(part == part.to_integral_value() for part in whole)


def test_amounts_in_whole_kronor_stay_what_they_are() -> None:
    assert whole_kronor([Decimal(3), Decimal(-2), Decimal(0)]) == [3, -2, 0]


def test_the_krona_left_over_goes_to_what_lost_most_and_of_equals_to_the_earlier() -> None:
    assert whole_kronor([Decimal("1.4"), Decimal("1.6"), Decimal("1.6")]) == [1, 2, 2]
    assert whole_kronor([Decimal("0.5"), Decimal("0.5")]) == [1, 0]
