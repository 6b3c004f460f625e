"""A key as somebody wants it: what the verb takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyValues:
    """How what a service costs in a year is shared."""

    basis: str
    unit: str
    measured_on: date
    source: str
    quantities: Mapping[int, Decimal]
    """What was measured, by department."""
    words: str = ""
