"""What has come of a promised benefit: achievement, kronor, lights."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.core.benefits import (
    Beneficiary,
    BenefitCategory,
    BenefitLine,
    FixedAmount,
    SavedTime,
    yearly_benefits,
)
from app.core.errors import InputError
from app.core.money import ONE_ORE, round_half_up
from app.core.realisation import (
    ON_ITS_WAY,
    Achievement,
    Came,
    Direction,
    Light,
    Standing,
    Unjudged,
    achievement,
    came_by_year,
    effect_on,
    expected_value,
    fulfilment,
    in_all,
    light,
    must_explain,
    own_part,
    promised_by_year,
    value_of,
)

TODAY = date(2028, 5, 10)
NUMBERS = st.decimals(-1_000_000, 1_000_000, places=4)
SHARES = st.decimals(0, 1, places=4)
MONEY = st.decimals(0, 10**9, places=2)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
MEASURED = Standing(closed=False, planned=True, measured=True, due_on=date(2028, 6, 1), fulfilment=Decimal(1))


@given(NUMBERS, NUMBERS)
def test_the_baseline_is_none_of_the_way_and_the_target_is_all_of_it(
    baseline: Decimal, target: Decimal
) -> None:
    assume(baseline != target)
    assert achievement(baseline, target, baseline).share == 0
    assert achievement(baseline, target, target).share == 1


@given(NUMBERS, NUMBERS, NUMBERS)
def test_a_falling_indicator_has_come_as_far_as_its_mirror_image(
    baseline: Decimal, target: Decimal, measured: Decimal
) -> None:
    assert achievement(baseline, target, measured) == achievement(-baseline, -target, -measured)


def test_fewer_calls_than_before_are_some_of_the_way_and_more_are_less_than_none() -> None:
    assert achievement(Decimal(1000), Decimal(600), Decimal(700)).share == Decimal("0.75")
    assert achievement(Decimal(1000), Decimal(600), Decimal(1100)).share == Decimal("-0.25")


def test_where_the_target_is_the_baseline_or_nothing_is_measured_there_is_a_reason_and_no_number() -> None:
    assert achievement(Decimal(5), Decimal(5), Decimal(7)) == Achievement(None, Unjudged.NO_WAY)
    assert achievement(Decimal(5), Decimal(5), None).reason is Unjudged.NO_WAY
    assert achievement(Decimal(5), Decimal(6), None) == Achievement(None, Unjudged.NOT_MEASURED)


def test_a_direction_leads_from_the_baseline_to_the_target() -> None:
    assert Direction.FALL.leads(Decimal(10), Decimal(4))
    assert not Direction.FALL.leads(Decimal(4), Decimal(10))
    assert Direction.RISE.leads(Decimal(4), Decimal(10))


# --- what was expected by now ----------------------------------------------------------------------------


@given(st.lists(SHARES, max_size=4), DAYS, st.none() | DAYS)
def test_the_months_that_are_expected_are_those_that_are_calculated(
    ramp: list[Decimal], start: date, end: date | None
) -> None:
    assume(end is None or end >= start)
    line = _line(start, tuple(ramp), end)
    for year in range(start.year - 1, start.year + 5):
        months = [effect_on(start, line.ramp, date(year, month, 15), end) for month in range(1, 13)]
        counted = yearly_benefits(line, [year], 2027).rows[0].amount or Decimal(0)
        assert abs(sum(months) * 100 - counted) < Decimal("1E-9")


def test_the_line_that_is_expected_goes_from_the_baseline_to_the_target() -> None:
    baseline, target = Decimal(1000), Decimal(600)
    assert expected_value(baseline, target, Decimal(0)) == 1000
    assert expected_value(baseline, target, Decimal("0.5")) == 800
    assert expected_value(baseline, target, Decimal(1)) == 600


def test_half_of_the_way_is_all_of_what_was_expected_of_half_a_ramp() -> None:
    half = Achievement(Decimal("0.5"))
    assert fulfilment(half, Decimal("0.5")) == 1
    assert fulfilment(half, Decimal(1)) == Decimal("0.5")
    assert must_explain(fulfilment(half, Decimal(1)))
    assert not must_explain(fulfilment(half, Decimal("0.5")))


def test_before_anything_is_expected_only_what_has_become_worse_falls_short() -> None:
    assert fulfilment(Achievement(Decimal(0)), Decimal(0)) == 1
    assert fulfilment(Achievement(Decimal("-0.1")), Decimal(0)) == 0
    assert fulfilment(Achievement(None, Unjudged.NO_WAY), Decimal(0)) is None
    assert not must_explain(None)


# --- lights ----------------------------------------------------------------------------------------------


@given(st.booleans(), st.booleans(), st.none() | DAYS, st.none() | st.decimals(0, 10, places=3), DAYS)
def test_what_is_not_measured_is_never_on_its_way(
    planned: bool, measured: bool, due_on: date | None, reached: Decimal | None, today: date
) -> None:
    shown = light(
        Standing(closed=False, planned=planned, measured=measured, due_on=due_on, fulfilment=reached), today
    )
    late = due_on is not None and due_on < today
    if not planned or not measured or late or reached is None:
        assert shown not in {Light.ON_ITS_WAY, Light.CLOSED}
    if planned and late:
        assert shown is Light.UNMEASURED


def test_a_benefit_stands_as_its_last_measurement_says_until_the_next_is_due() -> None:
    assert light(MEASURED, TODAY) is Light.ON_ITS_WAY
    assert light(replace(MEASURED, fulfilment=ON_ITS_WAY), TODAY) is Light.ON_ITS_WAY
    assert light(replace(MEASURED, fulfilment=Decimal("0.89")), TODAY) is Light.BEHIND
    assert light(replace(MEASURED, fulfilment=Decimal("0.49")), TODAY) is Light.SHORT
    assert light(replace(MEASURED, fulfilment=None), TODAY) is Light.UNJUDGED
    assert light(MEASURED, date(2028, 6, 1)) is Light.ON_ITS_WAY
    assert light(MEASURED, date(2028, 6, 2)) is Light.UNMEASURED
    assert light(replace(MEASURED, measured=False), TODAY) is Light.WAITING
    assert light(replace(MEASURED, planned=False), TODAY) is Light.UNPLANNED
    assert light(replace(MEASURED, planned=False, closed=True), TODAY) is Light.CLOSED


# --- kronor ----------------------------------------------------------------------------------------------


@given(st.decimals(0, 10**6, places=2), st.decimals(0, 600, places=1), SHARES)
def test_a_measured_period_is_worth_what_the_formula_says_of_what_was_counted_in_it(
    volume: Decimal, minutes: Decimal, uses: Decimal
) -> None:
    counted = SavedTime(volume=volume, minutes=minutes, share=uses, hourly_rate=Decimal(412))
    assert value_of(counted).result == round_half_up(volume * minutes * uses * 412 / 60, ONE_ORE)
    carried = value_of(counted, Decimal("1.25"))
    assert carried.result == round_half_up(volume * minutes * uses * 515 / 60, ONE_ORE)
    assert [term.name for term in carried.terms][-1] == "price_index"


@given(MONEY, SHARES)
def test_shares_of_an_indicator_are_together_never_more_than_all_of_it(amount: Decimal, own: Decimal) -> None:
    parts = [own_part(amount, part) for part in (own, 1 - own)]
    assert abs(sum(parts) - amount) <= ONE_ORE


def test_a_share_above_one_is_refused() -> None:
    with pytest.raises(InputError):
        own_part(Decimal(1), Decimal("1.01"))


@given(
    st.dictionaries(st.integers(2026, 2034), st.integers(0, 10**9).map(Decimal), max_size=8),
    st.dictionaries(st.integers(2026, 2034), MONEY, max_size=8),
    st.sets(st.integers(2026, 2034)),
)
def test_what_came_and_what_is_short_are_what_was_promised_however_years_are_grouped(
    promised: dict[int, Decimal], realised: dict[int, Decimal], group: set[int]
) -> None:
    years = came_by_year(promised, realised)
    inside = in_all(row for year, row in years.items() if year in group)
    outside = in_all(row for year, row in years.items() if year not in group)
    whole = in_all(years.values())
    assert inside + outside == whole
    assert whole.promised == sum(promised.values()) == whole.realised + whole.short
    assert all(part == part.to_integral_value() for part in (whole.realised, whole.short))
    for row in years.values():
        assert row.realised + row.short == row.promised


@given(st.dictionaries(st.integers(2026, 2060), MONEY, max_size=30))
def test_the_years_add_up_to_what_is_said_of_the_benefit_in_all(realised: dict[int, Decimal]) -> None:
    years = came_by_year({}, realised)
    assert in_all(years.values()).realised == round_half_up(sum(realised.values(), Decimal(0)))
    for year, came in years.items():
        assert abs(came.realised - realised[year]) < 1


def test_a_year_without_measurement_is_wholly_short() -> None:
    assert came_by_year({2028: Decimal(500)}, {})[2028] == Came(Decimal(500), Decimal(0))


def test_a_promise_in_words_is_no_kronor() -> None:
    line = _line(date(2027, 3, 1), (Decimal("0.5"), Decimal(1)))
    assert promised_by_year(line, [2027, 2028]) == {2027: Decimal(500), 2028: Decimal(1100)}


def _line(start: date, ramp: tuple[Decimal, ...], end: date | None = None) -> BenefitLine:
    return BenefitLine(
        key="benefit-1",
        description="Färre telefonsamtal",
        category=BenefitCategory.REDISTRIBUTION,
        beneficiary=Beneficiary.DEPARTMENT,
        department="Miljöförvaltningen",
        method=FixedAmount(amount=Decimal(1200)),
        start=start,
        price_year=2027,
        ramp=ramp,
        end=end,
    )
