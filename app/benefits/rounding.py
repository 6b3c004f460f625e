"""Whole kronor that add up.

The core counts exactly; a table shows whole kronor. Rounding every figure by itself would give columns that
do not sum to their totals, so the totals are rounded and the rows are fitted to them, each within one krona.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_FLOOR, Decimal

from app.core.money import allocate, round_half_up

ZERO = Decimal(0)
_ONE = Decimal(1)


def whole_kronor(amounts: Iterable[Decimal]) -> list[Decimal]:
    """Each amount rounded down or up to whole kronor, so that they sum to their own rounded sum."""
    exact = list(amounts)
    parts = [amount.quantize(_ONE, rounding=ROUND_FLOOR) for amount in exact]
    missing = int(round_half_up(sum(exact, ZERO)) - sum(parts, ZERO))
    nearest_above = sorted(range(len(exact)), key=lambda i: parts[i] - exact[i])
    for index in nearest_above[:missing]:
        parts[index] += _ONE
    return parts


def fitted(total: Decimal, amounts: Sequence[Decimal]) -> list[Decimal]:
    """Whole kronor in proportion to the amounts, summing to the total."""
    if not any(amounts):
        return [ZERO] * len(amounts)
    return allocate(total, amounts)


def percents(amounts: Sequence[Decimal]) -> Sequence[Decimal | None]:
    """Each amount's share in whole per cent, summing to 100; None when there is nothing to share."""
    return allocate(Decimal(100), amounts) if any(amounts) else [None] * len(amounts)
