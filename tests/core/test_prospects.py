"""What is to be expected of granted money: little of it is weak, nothing in money is not known."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.core.prospects import WEAK, Lateness, Prospect, lateness


@pytest.mark.parametrize(
    ("days", "step"),
    [
        (None, Lateness.UNKNOWN), (-40, Lateness.IN_TIME), (0, Lateness.IN_TIME), (1, Lateness.MONTH),
        (30, Lateness.MONTH), (31, Lateness.QUARTER), (90, Lateness.QUARTER), (91, Lateness.LONGER),
    ],
)  # fmt: skip
def test_each_delay_has_its_step(days: int | None, step: Lateness) -> None:
    assert lateness(days) is step


def test_what_comes_back_is_counted_on_what_was_granted() -> None:
    found = Prospect(Decimal(4_000_000), Decimal(900_000), Decimal(500_000))
    assert found.per_krona == Decimal("0.125")
    assert not found.is_weak


def test_weak_is_below_ten_ore_and_not_ten_ore() -> None:
    granted = Decimal(1_000_000)
    assert not Prospect(granted, Decimal(1), WEAK * granted).is_weak
    assert Prospect(granted, Decimal(1), WEAK * granted - Decimal("0.01")).is_weak
    assert Prospect(granted, Decimal(1), Decimal(0)).is_weak, "what was promised and does not come"


def test_nothing_is_said_of_what_was_never_promised_in_money() -> None:
    for found in (
        Prospect(Decimal(1_000_000), Decimal(0), Decimal(0)),
        Prospect(Decimal(0), Decimal(100), Decimal(100)),
    ):
        assert found.per_krona is None
        assert not found.is_weak
