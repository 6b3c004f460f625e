"""What follows when a benefit is measured or a measurement put right: rooms that lean on it register here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app.accounts.access import Viewer
from app.realisation.models import Measurement
from app.realisation.queries import BenefitOf

Follower = Callable[[Viewer, BenefitOf, Measurement, datetime], object]
"""Who measured, the benefit as it stands since, the measurement, and when."""

FOLLOWERS: list[Follower] = []


def when_measured(follower: Follower) -> Follower:
    """Register what is to be done in the transaction that keeps a measurement."""
    FOLLOWERS.append(follower)
    return follower


def follow(actor: Viewer, found: BenefitOf, row: Measurement, now: datetime) -> None:
    """Let everybody who has registered do it."""
    for follower in FOLLOWERS:
        follower(actor, found, row, now)
