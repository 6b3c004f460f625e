"""What follows when a department has accepted to answer for a service: later steps register here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app.accounts.access import Viewer
from app.operations.queries import ServiceOf

Following = Callable[[Viewer, ServiceOf, datetime], None]

_FOLLOWING: list[Following] = []


def when_accepted(following: Following) -> Following:
    """Register what happens in the same transaction."""
    _FOLLOWING.append(following)
    return following


def is_accepted(actor: Viewer, found: ServiceOf, now: datetime) -> None:
    """The department that owns the service answers for it from now on."""
    for following in _FOLLOWING:
        following(actor, found, now)
