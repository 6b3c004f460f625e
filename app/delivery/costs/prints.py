"""A print of the rows that were read in: one record in the history vouches for all of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any


def print_of(rows: Iterable[Any]) -> str:
    """SHA-256 of everything that the rows say, in the order of their numbers; amounts as whole öre."""
    found = hashlib.sha256()
    for row in rows:
        said = [
            row.row_number, row.booked_on.isoformat(), row.activity, row.role, row.budget_line_id,
            row.effort_line_id, _whole(row.hours, 4), _whole(row.rate, 2), _whole(row.amount, 2),
            row.financier,
        ]  # fmt: skip
        found.update(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode())
    return found.hexdigest()


def _whole(value: Decimal | None, places: int) -> int | None:
    return None if value is None else int(value.scaleb(places))
