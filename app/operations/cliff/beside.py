"""What stands beside the cost of services: rooms further on register what comes of benefits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.accounts.access import Viewer

Amounts = Mapping[int, Decimal]
"""Kronor by year; of a year that is missing nothing is known yet."""
Told = Callable[[Viewer, int | None, range], Amounts]
"""What the viewer may know, of this department or of all, in these years."""


@dataclass(frozen=True)
class Series:
    """Amounts year by year, and what they are called."""

    label: Any
    amounts: Amounts


_BESIDE: list[tuple[Any, Told]] = []


def stands_beside(label: Any) -> Callable[[Told], Told]:
    """Register what is shown beside the cost."""

    def register(told: Told) -> Told:
        _BESIDE.append((label, told))
        return told

    return register


def series_for(viewer: Viewer, department_id: int | None, years: range) -> list[Series]:
    """Everything that has registered, in its order."""
    return [Series(label, told(viewer, department_id, years)) for label, told in _BESIDE]
