"""What of a promise should have come by now, in whole kronor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
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
    ramp = tuple(Decimal(step) for step in promise.ramp)
    with working_precision():
        effect = sum(
            (
                effect_on(promise.starts_on, ramp, date(today.year, month, 1), promise.ends_on)
                for month in range(1, today.month)
            ),
            ZERO,
        )
        return expected + round_half_up(promise.yearly * effect / MONTHS_PER_YEAR)
