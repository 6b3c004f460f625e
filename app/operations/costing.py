"""What follows when a service is said to cost something else: rooms that count with it register here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app.accounts.access import Viewer
from app.operations.queries import ServiceOf

Counting = Callable[[Viewer, ServiceOf, datetime], None]

_COUNTING: list[Counting] = []


def counts_with_cost(counting: Counting) -> Counting:
    """Register what happens in the same transaction."""
    _COUNTING.append(counting)
    return counting


def cost_has_changed(actor: Viewer, found: ServiceOf, now: datetime) -> None:
    """What the service is planned to cost, or has cost, has been written."""
    for counting in _COUNTING:
        counting(actor, found, now)
