"""A calculation as projects like it have turned out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.benefits import SavedTime, UnitPrice
from app.core.calculation import calculate
from app.core.errors import InputError
from app.core.tempered import tempered
from tests.core.lines import ASSUMPTIONS, assumptions, benefit, cost

COSTS = [cost("c", {2026: 400_000})]
SHARES = st.decimals(min_value=0, max_value=2, places=2)
LATE = st.integers(min_value=-12, max_value=36).map(Decimal)
METHODS = st.sampled_from(
    (
        SavedTime(volume=Decimal(900), minutes=Decimal(20), share=Decimal("0.6"), hourly_rate=Decimal(700)),
        UnitPrice(quantity=Decimal(1_200), unit_price=Decimal(85)),
    )
)


def test_half_of_the_benefit_a_year_late_is_counted_by_hand() -> None:
    """100 000 a year from January 2027, counted 2026 to 2029: half of it from January 2028 is two years."""
    found = tempered(
        COSTS, [benefit("b", 100_000)], ASSUMPTIONS, share=Decimal("0.5"), months_late=Decimal(12)
    )
    assert [row.benefit for row in found.rows] == [0, 0, 50_000, 50_000]
    assert found.totals.cost == 400_000
    expected = -400_000 + 50_000 / Decimal("1.25") ** 2 + 50_000 / Decimal("1.25") ** 3
    assert found.net_present_value == expected


@given(method=METHODS)
def test_all_of_it_in_time_is_the_same_calculation(method: SavedTime | UnitPrice) -> None:
    lines = [benefit("b", None, method=method), benefit("told", None)]
    found = tempered(COSTS, lines, ASSUMPTIONS, share=Decimal(1), months_late=Decimal(0))
    plain = calculate(COSTS, lines, ASSUMPTIONS)
    assert (found.years, found.rows, found.unpriced_benefits) == (
        plain.years, plain.rows, plain.unpriced_benefits,
    )  # fmt: skip


@given(method=METHODS, share=SHARES)
def test_a_share_of_the_effect_is_the_same_share_of_every_year(
    method: SavedTime | UnitPrice, share: Decimal
) -> None:
    lines = [benefit("b", None, method=method)]
    found = tempered(COSTS, lines, ASSUMPTIONS, share=share, months_late=Decimal(0))
    plain = calculate(COSTS, lines, ASSUMPTIONS)
    assert [row.benefit for row in found.rows] == pytest.approx([row.benefit * share for row in plain.rows])
    assert [row.cost for row in found.rows] == [row.cost for row in plain.rows]


@given(share=SHARES, sooner=LATE, later=LATE)
def test_later_is_never_worth_more_and_the_same_years_are_counted(
    share: Decimal, sooner: Decimal, later: Decimal
) -> None:
    lines = [benefit("b", 100_000, start=date(2028, 5, 1), ramp=(Decimal("0.3"), Decimal(1)))]
    early, late = (
        tempered(COSTS, lines, assumptions(horizon_years=6), share=share, months_late=months)
        for months in sorted((sooner, later))
    )
    assert early.years == late.years
    assert late.totals.benefit <= early.totals.benefit
    assert late.net_present_value <= early.net_present_value


def test_what_would_begin_after_its_end_is_worth_nothing() -> None:
    lines = [benefit("b", 100_000, end=date(2027, 6, 30))]
    found = tempered(COSTS, lines, ASSUMPTIONS, share=Decimal(1), months_late=Decimal(7))
    assert found.totals.benefit == 0


def test_nothing_to_calculate_stays_nothing() -> None:
    assert tempered([], [], ASSUMPTIONS, share=Decimal(1), months_late=Decimal(3)).rows == ()


@pytest.mark.parametrize("share", [Decimal("-0.1"), Decimal("NaN"), 0.5])
def test_a_share_that_cannot_be_is_refused(share: Decimal) -> None:
    with pytest.raises(InputError):
        tempered(COSTS, [benefit("b", 1)], ASSUMPTIONS, share=share, months_late=Decimal(0))
