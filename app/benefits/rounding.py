"""Parts in whole kronor and whole per cent that add up.

The core counts exactly; a table shows whole kronor. Rounding every figure by itself would give columns that
do not sum to their totals, so the totals are rounded and the rows are fitted to them, each within one krona.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from app.core.money import allocate

ZERO = Decimal(0)


def fitted(total: Decimal, amounts: Sequence[Decimal]) -> list[Decimal]:
    """Whole kronor in proportion to the amounts, summing to the total."""
    if not any(amounts):
        return [ZERO] * len(amounts)
    return allocate(total, amounts)


def percents(amounts: Sequence[Decimal]) -> Sequence[Decimal | None]:
    """Each amount's share in whole per cent, summing to 100; None when there is nothing to share."""
    return allocate(Decimal(100), amounts) if any(amounts) else [None] * len(amounts)
