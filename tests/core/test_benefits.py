"""Benefit lines: what they are worth each year, and how that came about."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.benefits import (
    Beneficiary,
    BenefitCategory,
    BenefitLine,
    BenefitSchedule,
    Described,
    FixedAmount,
    SavedTime,
    UnitPrice,
    yearly_benefits,
)
from app.core.errors import (
    InconsistentInputError,
    InputError,
    MissingInputError,
    NotANumberError,
    OutOfRangeError,
)
from app.core.working import Operator, Step

YEARS = (2026, 2027, 2028, 2029)

LINE = BenefitLine(
    key="calls",
    description="Färre samtal",
    category=BenefitCategory.FINANCIAL,
    beneficiary=Beneficiary.DEPARTMENT,
    department="Serviceförvaltningen",
    method=FixedAmount(amount=Decimal(120_000)),
    start=date(2026, 4, 1),
    price_year=2026,
)

SAVED_TIME = SavedTime(
    volume=Decimal(450_000), minutes=Decimal("2.5"), share=Decimal("0.30"), hourly_rate=Decimal(412)
)

shares = st.decimals(min_value=0, max_value=1, places=3)
ramps = st.lists(shares, max_size=5).map(tuple)
days = st.dates(min_value=date(2020, 1, 1), max_value=date(2032, 12, 31))


def schedule(years: tuple[int, ...] = YEARS, **changes: Any) -> BenefitSchedule:
    return yearly_benefits(replace(LINE, **changes), years, 2026)


def amounts(found: BenefitSchedule) -> list[Decimal | None]:
    return [row.amount for row in found.rows]


def recalculated(step: Step) -> Decimal:
    """The value of a formula as a reader with a pocket calculator finds it from its text."""
    words = step.formula.split(" ")
    sums, product, operator = Decimal(0), Decimal(0), "+"
    for word in words:
        if word in {"×", "/", "+"}:
            operator = word
        elif word[0].isdigit():
            if operator == "+":
                sums, product = sums + product, Decimal(word)
            elif operator == "×":
                product *= Decimal(word)
            else:
                product /= Decimal(word)
    return sums + product


# --- each kind of benefit --------------------------------------------------------------------------------


def test_a_fixed_amount_counts_whole_months_from_its_start() -> None:
    # From April: nine months of 10 000 kr the first year, then 120 000 kr.
    assert amounts(schedule()) == [90_000, 120_000, 120_000, 120_000]


def test_saved_time_is_volume_times_minutes_times_share_times_hourly_rate() -> None:
    # 450 000 x 2.5 / 60 = 18 750 hours, 30 % of them 5 625 hours, at 412 kr/h.
    found = schedule(method=SAVED_TIME, start=date(2026, 1, 1))
    assert amounts(found) == [2_317_500] * 4
    assert found.total == 9_270_000


def test_a_unit_price_is_multiplied_by_its_quantity() -> None:
    method = UnitPrice(quantity=Decimal(1200), unit_price=Decimal("35.50"))
    assert amounts(schedule(method=method, start=date(2026, 12, 24))) == [3_550, 42_600, 42_600, 42_600]


def test_a_described_benefit_has_months_but_never_a_price() -> None:
    found = schedule(method=Described())
    assert amounts(found) == [None] * 4
    assert [row.months for row in found.rows] == [9, 12, 12, 12]
    assert found.total is None
    assert all(row.steps == () for row in found.rows)


# --- ramp, start and end ---------------------------------------------------------------------------------


def test_a_ramp_from_april_follows_twelve_month_periods_and_not_calendar_years() -> None:
    # 10 000 kr a month. 2026: 9 x 0.2 = 1.8. 2027: 3 x 0.2 + 9 x 0.6 = 6. 2028: 3 x 0.6 + 9 x 1 = 10.8.
    ramp = (Decimal("0.2"), Decimal("0.6"), Decimal(1))
    assert amounts(schedule(ramp=ramp)) == [18_000, 60_000, 108_000, 120_000]


def test_the_last_share_of_a_ramp_holds_from_then_on() -> None:
    assert amounts(schedule(ramp=(Decimal("0.5"),))) == [45_000, 60_000, 60_000, 60_000]


def test_the_month_of_the_end_counts_whole() -> None:
    # April 2026 to 1 February 2028: 9, 12 and 2 months.
    found = schedule(end=date(2028, 2, 1))
    assert [row.months for row in found.rows] == [9, 12, 2, 0]
    assert amounts(found) == [90_000, 120_000, 20_000, 0]


def test_a_benefit_that_starts_and_ends_on_one_day_counts_one_month() -> None:
    assert amounts(schedule(start=date(2027, 5, 31), end=date(2027, 5, 31))) == [0, 10_000, 0, 0]


def test_years_before_the_start_are_worth_nothing_and_need_no_working() -> None:
    first = schedule(start=date(2027, 1, 31)).rows[0]
    assert [first.months, first.amount, first.steps] == [0, 0, ()]


@given(days, ramps, st.none() | days)
def test_the_years_agree_with_counting_month_by_month(
    start: date, ramp: tuple[Decimal, ...], end: date | None
) -> None:
    end = None if end is None else max(start, end)
    found = schedule(tuple(range(2020, 2036)), start=start, end=end, ramp=ramp)
    for row in found.rows:
        expected = Decimal(0)
        for month in range(1, 13):
            since_start = (row.year - start.year) * 12 + month - start.month
            ended = end is not None and (row.year, month) > (end.year, end.month)
            if since_start >= 0 and not ended:
                expected += 10_000 * (ramp[min(since_start // 12, len(ramp) - 1)] if ramp else 1)
        assert row.amount == expected


@given(days, st.lists(st.tuples(shares, shares), min_size=1, max_size=5))
def test_a_higher_ramp_never_gives_less(start: date, pairs: list[tuple[Decimal, Decimal]]) -> None:
    low = schedule(start=start, ramp=tuple(min(pair) for pair in pairs), method=SAVED_TIME)
    high = schedule(start=start, ramp=tuple(max(pair) for pair in pairs), method=SAVED_TIME)
    for less, more in zip(low.rows, high.rows, strict=True):
        assert less.amount is not None
        assert more.amount is not None
        assert less.amount <= more.amount


# --- price years -----------------------------------------------------------------------------------------


def test_another_price_year_is_converted_by_the_index() -> None:
    index = {2024: Decimal(200), 2026: Decimal(210)}
    found = yearly_benefits(replace(LINE, price_year=2024), YEARS, 2026, index)
    assert found.price_year == 2026
    assert amounts(found)[1] == 126_000


def test_the_same_price_year_needs_no_index() -> None:
    assert amounts(yearly_benefits(LINE, (2027,), 2026, None)) == [120_000]


@pytest.mark.parametrize("index", [None, {}, {2024: Decimal(200)}, {2026: Decimal(210)}])
def test_a_missing_index_is_an_error_and_not_a_guess(index: dict[int, Decimal] | None) -> None:
    with pytest.raises(MissingInputError) as refused:
        yearly_benefits(replace(LINE, price_year=2024), YEARS, 2026, index)
    assert (refused.value.field, refused.value.code) == ("index", "index_missing")


def test_an_index_must_be_above_zero() -> None:
    with pytest.raises(OutOfRangeError) as refused:
        yearly_benefits(replace(LINE, price_year=2024), YEARS, 2026, {2024: Decimal(0), 2026: Decimal(1)})
    assert (refused.value.field, refused.value.code) == ("index", "not_positive")


# --- the working -----------------------------------------------------------------------------------------


def test_the_working_shows_every_number_on_the_way_to_the_amount() -> None:
    ramp = (Decimal("0.3"), Decimal("0.6"))
    line = replace(LINE, method=SAVED_TIME, ramp=ramp, price_year=2025)
    index = {2025: Decimal(100), 2026: Decimal(102)}
    steps = yearly_benefits(line, (2027,), 2026, index).rows[0].steps
    assert [(step.label, step.formula, step.result, step.unit) for step in steps] == [
        ("full_year_effect", "450000 × 2.5 min / 60 × 0.30 × 412 kr/h", Decimal(2_317_500), "kr"),
        ("price_year_conversion", "2317500 kr × 102 / 100", Decimal(2_363_850), "kr"),
        ("weighted_months", "3 × 0.3 + 9 × 0.6", Decimal("6.3"), "months"),
        ("year_amount", "2363850 kr × 6.3 / 12", Decimal("1241021.25"), "kr"),
    ]


def test_terms_are_data_that_a_page_can_write_in_its_own_language() -> None:
    step = schedule(method=SAVED_TIME).rows[1].steps[0]
    assert [(term.operator, term.name, term.value, term.unit) for term in step.terms] == [
        (Operator.START, "volume", 450_000, ""),
        (Operator.TIMES, "minutes", Decimal("2.5"), "min"),
        (Operator.OVER, "minutes_per_hour", 60, ""),
        (Operator.TIMES, "share", Decimal("0.30"), ""),
        (Operator.TIMES, "hourly_rate", 412, "kr/h"),
    ]


def test_months_of_the_same_share_are_shown_as_one() -> None:
    assert schedule().rows[1].steps[1].formula == "12 × 1"


@given(days, ramps, st.sampled_from([LINE.method, SAVED_TIME]))
def test_every_formula_recalculates_to_its_result_and_the_last_is_the_amount(start, ramp, method) -> None:
    for row in schedule(start=start, ramp=ramp, method=method).rows:
        for step in row.steps:
            assert abs(recalculated(step) - step.result) < Decimal("1E-11")
        assert row.amount == (row.steps[-1].result if row.steps else 0)


# --- impossible input ------------------------------------------------------------------------------------


def saved_time(**changes: Decimal) -> Callable[[], object]:
    return lambda: replace(SAVED_TIME, **changes)


def unit_price(quantity: str, price: str) -> Callable[[], object]:
    return lambda: UnitPrice(quantity=Decimal(quantity), unit_price=Decimal(price))


def line(**changes: Any) -> Callable[[], object]:
    return lambda: replace(LINE, **changes)


@pytest.mark.parametrize(
    ("build", "kind", "field", "code"),
    [
        pytest.param(
            saved_time(share=Decimal("1.01")), OutOfRangeError, "share", "too_large", id="share above 1"
        ),
        pytest.param(saved_time(share=Decimal(-1)), OutOfRangeError, "share", "negative", id="share below 0"),
        pytest.param(saved_time(volume=Decimal(-1)), OutOfRangeError, "volume", "negative", id="volume"),
        pytest.param(
            saved_time(minutes=Decimal("NaN")), NotANumberError, "minutes", "not_finite", id="minutes"
        ),
        pytest.param(
            saved_time(hourly_rate=Decimal(-1)), OutOfRangeError, "hourly_rate", "negative", id="hourly rate"
        ),
        pytest.param(unit_price("-1", "1"), OutOfRangeError, "quantity", "negative", id="quantity"),
        pytest.param(
            unit_price("1", "Infinity"), NotANumberError, "unit_price", "not_finite", id="unit price"
        ),
        pytest.param(
            lambda: FixedAmount(amount=Decimal(-1)), OutOfRangeError, "amount", "negative", id="amount"
        ),
        pytest.param(line(ramp=(Decimal("1.2"),)), OutOfRangeError, "ramp", "too_large", id="ramp above 1"),
        pytest.param(
            line(ramp=(Decimal(1), Decimal("-0.1"))), OutOfRangeError, "ramp", "negative", id="ramp below 0"
        ),
        pytest.param(
            line(end=date(2026, 3, 31)), InconsistentInputError, "end", "end_before_start", id="end"
        ),
        pytest.param(line(price_year=26), OutOfRangeError, "price_year", "too_small", id="price year"),
        pytest.param(line(start=date(9999, 1, 1)), OutOfRangeError, "start", "too_large", id="start"),
    ],
)
def test_impossible_benefits_say_which_input_and_why(
    build: Callable[[], object], kind: type[InputError], field: str, code: str
) -> None:
    with pytest.raises(kind) as refused:
        build()
    assert (refused.value.field, refused.value.code) == (field, code)


def test_quantities_that_multiply_beyond_all_measure_are_refused() -> None:
    method = UnitPrice(quantity=Decimal("1E10"), unit_price=Decimal("1E10"))
    with pytest.raises(OutOfRangeError) as refused:
        schedule(method=method)
    assert (refused.value.field, refused.value.code) == ("full_year_effect", "too_large")
