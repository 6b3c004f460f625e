"""What of a promise should have come by now, in whole kronor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from app.core.benefits import MONTHS_PER_YEAR
from app.core.money import round_half_up
from app.core.precision import working_precision
from app.core.realisation import effect_on
from app.realisation.models import Benefit

ZERO = Decimal(0)


class Promise(NamedTuple):
    """What the register keeps of it."""

    starts_on: date | None
    ends_on: date | None
    ramp: Sequence[str]
    yearly: Decimal | None
    promised: Mapping[str, str]


def promise_of(benefit: Benefit) -> Promise:
    """The promise of a benefit."""
    return Promise(benefit.starts_on, benefit.ends_on, benefit.ramp, benefit.yearly, benefit.promised)


def as_first_promised(promise: Promise, before: Mapping[str, Any] | None) -> Promise:
    """The promise that the project made: `before` is what the first decision after its end said of it."""
    if before is None:
        return promise
    return promise._replace(
        starts_on=date.fromisoformat(before["starts_on"]) if before["starts_on"] else None,
        yearly=Decimal(before["yearly"]),
        promised=before["promised"],
    )


def expected_by(promise: Promise, today: date) -> Decimal:
    """By the end of last month: whole years as they were promised, and the months of this one."""
    if promise.yearly is None or promise.starts_on is None:
        return ZERO
    before = (Decimal(amount) for year, amount in promise.promised.items() if int(year) < today.year)
    expected = sum(before, ZERO)
    if str(today.year) not in promise.promised:
        return expected
    effect = _effect_of_year(promise.starts_on, promise.ends_on, tuple(promise.ramp), today.year, today.month)
    with working_precision():
        return expected + round_half_up(promise.yearly * effect / MONTHS_PER_YEAR)


@lru_cache(maxsize=4_096)
def _effect_of_year(
    starts_on: date, ends_on: date | None, ramp: tuple[str, ...], year: int, month: int
) -> Decimal:
    """Months of full effect in the year, before this month. Very many benefits begin and grow alike."""
    steps = tuple(Decimal(step) for step in ramp)
    with working_precision():
        return sum(
            (effect_on(starts_on, steps, date(year, one, 1), ends_on) for one in range(1, month)), ZERO
        )
