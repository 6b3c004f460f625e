"""Capital cost: straight line with interest on the opening value, and annuity."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.capital import CapitalPlan, annuity, straight_line
from app.core.errors import InputError, NotANumberError, OutOfRangeError
from app.core.money import round_half_up

amounts = st.decimals(min_value=0, max_value=10**10, places=2)
rates = st.decimals(min_value="-0.5", max_value="0.5", places=4)
lives = st.integers(min_value=1, max_value=60)
last_digits = Decimal("3E-12")


def whole_kronor(plan: CapitalPlan, column: str) -> list[int]:
    return [int(round_half_up(getattr(row, column))) for row in plan.rows]


def test_the_automation_platform_comes_out_as_its_published_table() -> None:
    plan = straight_line(Decimal(2_300_000), 5, Decimal("0.015"))
    assert [row.year for row in plan.rows] == [1, 2, 3, 4, 5]
    assert [row.opening for row in plan.rows] == [2_300_000, 1_840_000, 1_380_000, 920_000, 460_000]
    assert [row.depreciation for row in plan.rows] == [460_000] * 5
    assert [row.interest for row in plan.rows] == [34_500, 27_600, 20_700, 13_800, 6_900]
    assert [row.cost for row in plan.rows] == [494_500, 487_600, 480_700, 473_800, 466_900]
    assert [row.closing for row in plan.rows] == [1_840_000, 1_380_000, 920_000, 460_000, 0]
    assert plan.totals.depreciation == 2_300_000
    assert plan.totals.interest == 103_500
    assert plan.totals.cost == 2_403_500


def test_a_part_of_the_first_year_leaves_the_rest_to_a_year_after_the_last() -> None:
    # 1200 kr over 2 years from April: 9, 12 and 3 months of 50 kr; 10 % on 1200, 750 and 150 in that time.
    plan = straight_line(Decimal(1200), 2, Decimal("0.10"), months_first_year=9)
    assert [row.year for row in plan.rows] == [1, 2, 3]
    assert [row.depreciation for row in plan.rows] == [450, 600, 150]
    assert [row.interest for row in plan.rows] == [90, 75, Decimal("3.75")]
    assert [row.closing for row in plan.rows] == [750, 150, 0]


def test_a_residual_is_not_depreciated_but_bears_interest() -> None:
    plan = straight_line(Decimal(1000), 4, Decimal("0.05"), residual=200)
    assert [row.depreciation for row in plan.rows] == [200] * 4
    assert [row.interest for row in plan.rows] == [50, 40, 30, 20]
    assert plan.rows[-1].closing == 200


def test_an_annuity_over_three_years_matches_the_hand_calculation() -> None:
    # 100 000 x 0.1 / (1 - 1.1^-3) = 40 211.48 a year.
    plan = annuity(Decimal(100_000), 3, Decimal("0.10"))
    assert round_half_up(plan.rows[0].cost, Decimal("0.01")) == Decimal("40211.48")
    assert whole_kronor(plan, "interest") == [10_000, 6_979, 3_656]
    assert whole_kronor(plan, "depreciation") == [30_211, 33_233, 36_556]
    assert whole_kronor(plan, "closing") == [69_789, 36_556, 0]


def test_an_annuity_with_a_residual_matches_the_hand_calculation() -> None:
    # (1000 - 210 / 1.1^2) / (1/1.1 + 1/1.21) = 826.446 / 1.735537 = 476.19.
    plan = annuity(Decimal(1000), 2, Decimal("0.10"), residual=210)
    assert round_half_up(plan.rows[0].cost, Decimal("0.01")) == Decimal("476.19")
    assert plan.rows[-1].closing == 210


def test_an_annuity_without_interest_is_equal_instalments() -> None:
    plan = annuity(Decimal(900), 3, Decimal(0))
    assert [row.cost for row in plan.rows] == [300, 300, 300]
    assert plan.totals.interest == 0


def test_nothing_invested_costs_nothing() -> None:
    assert straight_line(Decimal(0), 5, Decimal("0.02")).totals.cost == 0
    assert annuity(Decimal(0), 5, Decimal("0.02")).totals.cost == 0


@given(amounts, lives, rates, st.integers(min_value=1, max_value=12), st.decimals(0, 1, places=3))
def test_depreciation_sums_to_the_amount_less_the_residual(
    amount: Decimal, years: int, rate: Decimal, months: int, residual_share: Decimal
) -> None:
    residual = round_half_up(amount * residual_share, Decimal("0.01"))
    plan = straight_line(amount, years, rate, residual=residual, months_first_year=months)
    assert plan.totals.depreciation == sum(row.depreciation for row in plan.rows) == amount - residual
    assert plan.rows[-1].closing == residual
    assert len(plan.rows) == years + (months < 12)


@given(amounts, lives, rates)
def test_an_annuity_has_equal_payments_and_ends_at_its_residual(
    amount: Decimal, years: int, rate: Decimal
) -> None:
    residual = round_half_up(amount / 3, Decimal("0.01"))
    plan = annuity(amount, years, rate, residual=residual)
    assert len({row.cost for row in plan.rows}) == 1
    assert plan.totals.depreciation == amount - residual
    assert plan.rows[-1].closing == residual


@given(amounts, lives, rates)
def test_every_row_adds_up_and_hands_its_value_to_the_next(
    amount: Decimal, years: int, rate: Decimal
) -> None:
    for plan in (straight_line(amount, years, rate, months_first_year=5), annuity(amount, years, rate)):
        for row in plan.rows:
            assert row.opening - row.depreciation == row.closing
            assert row.depreciation + row.interest == row.cost
        for row, following in pairwise(plan.rows):
            assert row.closing == following.opening


@given(amounts, lives, rates)
def test_annuity_interest_is_the_rate_on_the_opening_value(
    amount: Decimal, years: int, rate: Decimal
) -> None:
    for row in annuity(amount, years, rate).rows:
        assert abs(row.interest - row.opening * rate) <= last_digits


@pytest.mark.parametrize("plan_of", [straight_line, annuity])
@pytest.mark.parametrize(
    ("amount", "years", "rate", "residual", "kind", "field", "code"),
    [
        (Decimal(-1), 5, Decimal(0), 0, OutOfRangeError, "amount", "negative"),
        (Decimal("NaN"), 5, Decimal(0), 0, NotANumberError, "amount", "not_finite"),
        (Decimal(1), -1, Decimal(0), 0, OutOfRangeError, "years", "negative"),
        (Decimal(1), 0, Decimal(0), 0, OutOfRangeError, "years", "too_small"),
        (Decimal(1), 201, Decimal(0), 0, OutOfRangeError, "years", "too_large"),
        (Decimal(1), Decimal("2.5"), Decimal(0), 0, NotANumberError, "years", "not_whole"),
        (Decimal(1), 5, Decimal(-1), 0, OutOfRangeError, "rate", "too_small"),
        (Decimal(1), 5, Decimal("Infinity"), 0, NotANumberError, "rate", "not_finite"),
        (Decimal(1), 5, Decimal(0), 2, OutOfRangeError, "residual", "above_amount"),
        (Decimal(1), 5, Decimal(0), -1, OutOfRangeError, "residual", "negative"),
    ],
)
def test_impossible_plans_say_which_input_and_why(
    plan_of, amount, years, rate, residual, kind: type[InputError], field: str, code: str
) -> None:
    with pytest.raises(kind) as refused:
        plan_of(amount, years, rate, residual=residual)
    assert (refused.value.field, refused.value.code) == (field, code)


@pytest.mark.parametrize("months", [0, 13, -3])
def test_a_first_year_has_one_to_twelve_months(months: int) -> None:
    with pytest.raises(OutOfRangeError) as refused:
        straight_line(Decimal(1), 5, Decimal(0), months_first_year=months)
    assert refused.value.field == "months_first_year"
