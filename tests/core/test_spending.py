"""What entries cost, how they add up, and how work stands against a plan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.costs import Financier
from app.core.plan import Effort
from app.core.spending import (
    Actuals,
    AmountDiffersError,
    Assessed,
    EffortOutcome,
    NothingError,
    Overrun,
    Sum,
    amount_of,
    overrun,
    priced,
)

D = Decimal
HOURS = st.decimals(min_value=-1000, max_value=1000, places=4)
RATES = st.decimals(min_value=0, max_value=5000, places=2)
SUMS = st.lists(
    st.builds(
        Sum,
        st.none() | st.integers(1, 3),
        st.none() | st.integers(1, 3),
        st.sampled_from(list(Financier)),
        st.integers(2027, 2029),
        st.decimals(min_value=-(10**9), max_value=10**9, places=2),
        st.decimals(min_value=-1000, max_value=1000, places=4),
    ),
    max_size=12,
)


@pytest.mark.parametrize(
    ("hours", "rate", "amount", "costs"),
    [
        (D(161), D(753), None, D(121233)),
        (D(161), D(753), D(121233), D(121233)),
        (D(13), None, None, D(0)),
        (D(13), None, D(500), D(500)),
        (None, None, D(87200), D(87200)),
        (None, None, D("-120.50"), D("-120.50")),
        (D("0.5"), D("0.01"), None, D("0.01")),  # half an öre goes up
        (D("-0.5"), D("0.01"), None, D("-0.01")),
        (D("7.3333"), D("612.35"), None, D("4490.55")),
    ],
)
def test_what_an_entry_costs(hours: D | None, rate: D | None, amount: D | None, costs: D) -> None:
    assert amount_of(hours, rate, amount) == costs


def test_another_amount_than_hours_times_rate_is_refused_with_the_right_one() -> None:
    with pytest.raises(AmountDiffersError) as refused:
        amount_of(D(161), D(753), D("121233.01"))
    assert refused.value.computed == 121233


@pytest.mark.parametrize("given", [(None, None, None), (None, None, D(0)), (None, D(5), D(5))])
def test_an_entry_of_nothing_is_refused(given: tuple[D | None, D | None, D | None]) -> None:
    with pytest.raises(NothingError):
        amount_of(*given)


@given(HOURS, RATES)
def test_a_price_is_within_half_an_ore_of_the_product_and_mirrors_what_comes_back(hours: D, rate: D) -> None:
    cost = priced(hours, rate)
    assert abs(cost - hours * rate) <= D("0.005")
    assert cost == cost.quantize(D("0.01"))
    assert priced(-hours, rate) == -cost


@given(SUMS)
def test_every_way_of_adding_up_gives_the_same_total(sums: list[Sum]) -> None:
    actuals = Actuals(sums)
    assert sum(actuals.by_line.values(), actuals.outside_plan) == actuals.total
    assert sum(actuals.by_financier.values()) == actuals.total
    assert sum(actuals.by_year.values()) == actuals.total
    assert sum(actuals.hours_by_effort.values(), actuals.hours_outside_plan) == actuals.hours
    parts = [actuals.amount(year=year, financier=payer) for year in actuals.by_year for payer in Financier]
    assert sum(parts) == actuals.total


@pytest.mark.parametrize(
    ("planned", "worked", "expected"),
    [
        ((D(90), D(90)), (D(144), D(144)), Overrun(D("0.6"), D("0.6"))),
        ((D(40), D(80)), (D(240), D(260)), Overrun(D(2), D("5.5"))),
        ((D(40), D(80)), (D(60), D(100)), None),  # may be within it
        ((D(40), D(80)), (D(80), D(80)), None),
        ((D(0), D(80)), (D(160), D(160)), Overrun(D(1), None)),
        ((D(0), D(0)), (D(5), D(5)), None),
    ],
)
def test_how_far_work_goes_beyond_the_plan(
    planned: tuple[D, D], worked: tuple[D, D], expected: Overrun | None
) -> None:
    assert overrun(planned, worked) == expected


def role(low: D | None, high: D | None, share: D | None) -> Effort:
    return Effort(1, "Styrgrupp", "Miljö", low, high, share)


def test_an_assessment_goes_before_the_hours_that_are_entered() -> None:
    day = date(2027, 5, 1)
    steering = EffortOutcome(role(D(40), D(80), None), D(12), Assessed(day, D(240), D(260), None))
    assert steering.worked == (D(240), D(260))
    assert steering.overrun == Overrun(D(2), D("5.5"))
    unjudged = EffortOutcome(role(D(90), D(90), None), D(144), None)
    assert unjudged.overrun == Overrun(D("0.6"), D("0.6"))


@pytest.mark.parametrize(
    ("planned", "worked", "over"),
    [(D("0.6"), D("0.65"), D("0.05")), (D("0.1"), D("0.1"), None), (None, D("0.1"), None)],
)
def test_a_share_of_time_is_held_against_the_planned_one(
    planned: D | None, worked: D, over: D | None
) -> None:
    low = None if planned is not None else D(1)
    found = EffortOutcome(role(low, low, planned), D(0), Assessed(date(2027, 5, 1), None, None, worked))
    assert found.share_over == over
