"""What follows when it is told what becomes of a benefit: rooms that follow it register themselves here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app.closing.termination.models import BenefitOutcome
from app.history.service import Actor

Follower = Callable[[Actor, BenefitOutcome, datetime], object]
"""Who told it, what was told, and when."""

FOLLOWERS: list[Follower] = []


def when_told(follower: Follower) -> Follower:
    """Register what is to be done in the transaction that tells it."""
    FOLLOWERS.append(follower)
    return follower


def follow(actor: Actor, row: BenefitOutcome, now: datetime) -> None:
    """Let everybody who has registered do it."""
    for follower in FOLLOWERS:
        follower(actor, row, now)
