"""Present value, ratios and payback."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.appraisal import (
    benefit_cost_ratio,
    discount_factors,
    discounted_payback,
    mirr,
    net_present_value_table,
    npv,
    payback,
    present_value,
)
from app.core.errors import InputError, NotANumberError, OutOfRangeError
from app.core.money import round_half_up

ORE = Decimal("0.01")
rates = st.decimals(min_value="-0.9", max_value=2, places=4)
flow = st.decimals(min_value=-(10**9), max_value=10**9, places=2)
flows = st.lists(flow, max_size=30)


def kronor(*amounts: int | str) -> list[Decimal]:
    return [Decimal(amount) for amount in amounts]


def test_net_present_value_matches_the_hand_calculation() -> None:
    # -1000 + 500/1.1 + 400/1.21 + 300/1.331 = -1000 + 454.5454 + 330.5785 + 225.3944
    assert round_half_up(npv(Decimal("0.1"), kronor(-1000, 500, 400, 300)), ORE) == Decimal("10.52")


def test_the_first_flow_can_be_discounted_one_period() -> None:
    assert npv(Decimal("0.1"), kronor(110), first_period=1) == 100


def test_present_value_discounts_forward_and_compounds_backward() -> None:
    assert present_value(Decimal("0.1"), Decimal(121), 2) == 100
    assert present_value(Decimal("0.1"), Decimal(100), -2) == 121


def test_factors_are_not_rounded() -> None:
    assert str(discount_factors(Decimal("0.035"), 2)[1]).startswith("0.966183574879227053140096618357487922")


def test_the_table_shows_every_years_factor_value_and_running_sum() -> None:
    table = net_present_value_table(Decimal("0.25"), kronor(-100, 50, 75))
    assert [row.period for row in table.rows] == [0, 1, 2]
    assert [row.flow for row in table.rows] == [-100, 50, 75]
    assert [row.factor for row in table.rows] == [1, Decimal("0.8"), Decimal("0.64")]
    assert [row.value for row in table.rows] == [-100, 40, 48]
    assert [row.cumulative for row in table.rows] == [-100, -60, -12]
    assert table.net_present_value == -12


def test_no_flows_are_worth_nothing() -> None:
    assert npv(Decimal("0.03"), []) == 0
    assert net_present_value_table(Decimal("0.03"), []).rows == ()


@given(rates, flows, st.decimals(-100, 100, places=2))
def test_net_present_value_scales_with_the_flows(
    rate: Decimal, amounts: list[Decimal], factor: Decimal
) -> None:
    scaled = npv(rate, [amount * factor for amount in amounts])
    size = npv(rate, [abs(amount * factor) for amount in amounts])
    assert abs(scaled - npv(rate, amounts) * factor) <= Decimal("1E-20") * size


@given(rates, st.lists(st.tuples(flow, flow), max_size=30))
def test_net_present_value_of_a_sum_is_the_sum_of_net_present_values(
    rate: Decimal, pairs: list[tuple[Decimal, Decimal]]
) -> None:
    together = npv(rate, [a + b for a, b in pairs])
    apart = npv(rate, [a for a, _ in pairs]) + npv(rate, [b for _, b in pairs])
    size = sum(present_value(rate, abs(a) + abs(b), t) for t, (a, b) in enumerate(pairs))
    assert abs(together - apart) <= Decimal("1E-20") * (1 + size)


@given(flows)
def test_without_a_discount_rate_net_present_value_is_the_sum(amounts: list[Decimal]) -> None:
    assert npv(Decimal(0), amounts) == sum(amounts)


def test_benefit_cost_ratio_compares_present_values() -> None:
    # Benefits 121/1.21 = 100, costs 40 + 11/1.1 = 50.
    assert benefit_cost_ratio(Decimal("0.1"), kronor(0, 0, 121), kronor(40, 11, 0)) == 2


def test_there_is_no_ratio_without_costs() -> None:
    assert benefit_cost_ratio(Decimal("0.1"), kronor(100), []) is None
    assert benefit_cost_ratio(Decimal("0.1"), kronor(100), kronor(0)) is None


def test_modified_rate_of_return_matches_the_known_example() -> None:
    # Microsoft's example for MIRR: 12.61 % at 10 % finance and 12 % reinvestment.
    rate = mirr(kronor(-120_000, 39_000, 30_000, 21_000, 37_000, 46_000), Decimal("0.10"), Decimal("0.12"))
    assert rate is not None
    assert round_half_up(rate, Decimal("0.0001")) == Decimal("0.1261")


def test_modified_rate_of_return_matches_the_hand_calculation() -> None:
    # Outlays 100 + 110/1.1 = 200; the income 242 comes at the end: sqrt(242 / 200) = 1.1.
    rate = mirr(kronor(-100, -110, 242), Decimal("0.1"), Decimal("0.3"))
    assert rate is not None
    assert round_half_up(rate, Decimal("1E-30")) == Decimal("0.1")


@pytest.mark.parametrize("amounts", [[], [-1], [-1, -2], [1, 2], [0, 0]])
def test_there_is_no_modified_rate_without_both_outlay_and_income(amounts: list[int]) -> None:
    assert mirr(kronor(*amounts), Decimal("0.1"), Decimal("0.1")) is None


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ([-100, 50, 100], "1.5"),
        ([-100, 100], "1"),
        ([-100, 30, 30, 30, 40], "3.25"),
        ([-100, 0, 0, 400], "2.25"),
        ([-100, 150, -100, 100], "2.5"),  # positive after 0.67 years, but not for good
        ([-100, 100, 0, 0], "1"),
        ([100, -150, 100], "1.5"),
        ([0, 0], "0"),
        ([5, 5], "0"),
        ([-100, 30, 30], None),
        ([-100, 150, -60], None),
        ([], None),
    ],
)
def test_payback_is_the_moment_after_which_the_sum_stays_positive(
    amounts: list[int], expected: str | None
) -> None:
    assert payback(kronor(*amounts)) == (None if expected is None else Decimal(expected))


def test_discounted_payback_is_later_because_the_money_must_earn_its_rate() -> None:
    # Values -100, 50, 50, 50 at 10 %: paid back after exactly two years instead of about 1.74.
    amounts = kronor(-100, 55, "60.5", "66.55")
    assert discounted_payback(Decimal("0.1"), amounts) == 2
    plain = payback(amounts)
    assert plain is not None
    assert round_half_up(plain, ORE) == Decimal("1.74")


def test_discounted_payback_may_never_come_where_payback_does() -> None:
    assert payback(kronor(-100, 50, 50)) == 2
    assert discounted_payback(Decimal("0.1"), kronor(-100, 50, 50)) is None


@given(flows)
def test_payback_lies_within_the_flows_and_exists_exactly_when_the_sum_is_not_negative(
    amounts: list[Decimal],
) -> None:
    moment = payback(amounts)
    assert (moment is not None) == (bool(amounts) and sum(amounts) >= 0)
    if moment is not None:
        assert 0 <= moment <= len(amounts) - 1


@pytest.mark.parametrize(
    ("call", "kind", "field", "code"),
    [
        pytest.param(
            lambda: npv(Decimal(-1), kronor(1)), OutOfRangeError, "rate", "too_small", id="rate of minus one"
        ),
        pytest.param(
            lambda: npv(Decimal("-1.5"), kronor(1)),
            OutOfRangeError,
            "rate",
            "too_small",
            id="rate below minus one",
        ),
        pytest.param(
            lambda: npv(Decimal("NaN"), kronor(1)),
            NotANumberError,
            "rate",
            "not_finite",
            id="rate not a number",
        ),
        pytest.param(
            lambda: npv(Decimal(0), kronor("Infinity")),
            NotANumberError,
            "flows",
            "not_finite",
            id="endless flow",
        ),
        pytest.param(
            lambda: payback(kronor("-Infinity")),
            NotANumberError,
            "flows",
            "not_finite",
            id="endless negative flow",
        ),
        pytest.param(
            lambda: payback([0.5]),  # type: ignore[list-item] # what the test is about
            NotANumberError,
            "flows",
            "not_decimal",
            id="float as flow",
        ),
        pytest.param(
            lambda: discounted_payback(Decimal(-2), kronor(1)),
            OutOfRangeError,
            "rate",
            "too_small",
            id="rate in payback",
        ),
        pytest.param(
            lambda: present_value(Decimal(0), Decimal("sNaN"), 1),
            NotANumberError,
            "amount",
            "not_finite",
            id="amount not a number",
        ),
        pytest.param(
            lambda: present_value(Decimal(0), Decimal(1), 10**9),
            OutOfRangeError,
            "first_period",
            "too_large",
            id="period too far away",
        ),
        pytest.param(
            lambda: mirr(kronor(-1, 2), Decimal(-1), Decimal(0)),
            OutOfRangeError,
            "rate",
            "too_small",
            id="finance rate",
        ),
        pytest.param(
            lambda: benefit_cost_ratio(Decimal(-1), [], []),
            OutOfRangeError,
            "rate",
            "too_small",
            id="rate in ratio",
        ),
    ],
)
def test_impossible_appraisals_say_which_input_and_why(
    call, kind: type[InputError], field: str, code: str
) -> None:
    with pytest.raises(kind) as refused:
        call()
    assert (refused.value.field, refused.value.code) == (field, code)
