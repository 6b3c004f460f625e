"""What departments pay of a shared service: exact to the öre, exact to the krona, whoever is named first."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import MissingInputError, OutOfRangeError
from app.core.money import round_half_up
from app.core.sharing import (
    CostKind,
    Reason,
    ShareState,
    SharingState,
    bill,
    cost_to_share,
    state_of,
    state_of_share,
)

ZERO = Decimal(0)
costs = st.decimals(0, 10**9, places=2)
quantities = st.dictionaries(
    st.integers(1, 500), st.decimals(Decimal("0.0001"), 10**6, places=4), min_size=2, max_size=40
)


@given(costs, quantities)
def test_the_bills_sum_to_the_cost_exactly_in_ore_and_in_kronor(
    cost: Decimal, measured: dict[int, Decimal]
) -> None:
    parts = bill(cost, measured)
    assert sum(part.amount for part in parts) == cost
    assert sum(part.kronor for part in parts) == round_half_up(cost)
    for part in parts:
        assert part.amount >= ZERO
        assert part.kronor >= ZERO
        assert part.kronor == part.kronor.to_integral_value()
        assert abs(part.kronor - part.amount) < 1


@given(costs, quantities)
def test_each_pays_in_proportion_to_what_was_measured_there(
    cost: Decimal, measured: dict[int, Decimal]
) -> None:
    everything = sum(measured.values())
    for part in bill(cost, measured):
        assert part.quantity == measured[part.department_id]
        assert abs(part.amount * everything - cost * part.quantity) < everything * Decimal("0.01")


@given(costs, quantities, st.randoms(use_true_random=False))
def test_in_which_order_departments_are_named_changes_nothing(
    cost: Decimal, measured: dict[int, Decimal], chance: Random
) -> None:
    shuffled = list(measured.items())
    chance.shuffle(shuffled)
    assert bill(cost, dict(shuffled)) == bill(cost, measured)


def test_three_that_measured_the_same_share_the_ore_that_does_not_come_out_even() -> None:
    parts = bill(Decimal("100.00"), {7: Decimal(1), 3: Decimal(1), 5: Decimal(1)})
    assert [(part.department_id, part.amount, part.kronor) for part in parts] == [
        (3, Decimal("33.34"), Decimal(34)),
        (5, Decimal("33.33"), Decimal(33)),
        (7, Decimal("33.33"), Decimal(33)),
    ]


def test_nobody_shares_alone_nor_without_a_measure() -> None:
    with pytest.raises(MissingInputError, match="two departments"):
        bill(Decimal(1), {1: Decimal(1)})
    for measured in (ZERO, Decimal(-1)):
        with pytest.raises(OutOfRangeError, match="above 0"):
            bill(Decimal(1), {1: measured, 2: Decimal(1)})
    with pytest.raises(OutOfRangeError, match="negative"):
        bill(Decimal(-1), {1: Decimal(1), 2: Decimal(1)})


def test_what_it_has_cost_stands_in_place_of_what_was_planned_once_it_is_entered() -> None:
    assert cost_to_share(Decimal(10), None).kind is CostKind.PLANNED
    entered = cost_to_share(Decimal(10), ZERO)
    assert (entered.kind, entered.amount) == (CostKind.CARRIED, ZERO)


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ([], ShareState.WAITING),
        (["declined"], ShareState.DECLINED),
        (["declined", "accepted"], ShareState.ACCEPTED),
    ],
)
def test_whoever_accepts_after_having_declined_has_accepted(answers: list[str], state: ShareState) -> None:
    assert state_of_share(answers) is state


@given(st.lists(st.sampled_from(ShareState), min_size=2))
def test_a_year_is_accepted_when_all_have_accepted(shares: list[ShareState]) -> None:
    found = state_of(Reason.KEY, shares)
    assert (found is SharingState.ACCEPTED) == (set(shares) == {ShareState.ACCEPTED})
    assert (found is SharingState.DECLINED) == (ShareState.DECLINED in shares)
    assert state_of(Reason.WITHDRAWN, shares) is SharingState.WITHDRAWN
