"""What follows when a plan is established: the rooms that begin then register themselves here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app.accounts.access import Viewer
from app.delivery.plans.proposal import Document
from app.history.service import Actor
from app.projects.models import Project

Follower = Callable[[Viewer, Project, Document, datetime], object]
"""Who established it, the project, the version that money was granted on, and when."""

FOLLOWERS: list[Follower] = []


def when_established(follower: Follower) -> Follower:
    """Register what is to be done in the transaction that establishes a plan."""
    FOLLOWERS.append(follower)
    return follower


def follow(actor: Viewer, project: Project, version: Document, now: datetime) -> None:
    """Let everybody who has registered do it."""
    for follower in FOLLOWERS:
        follower(actor, project, version, now)


Keeper = Callable[[Actor, Project, datetime], object]
"""Who fixed it, the project, and when."""

KEEPERS: list[Keeper] = []


def when_fixed(keeper: Keeper) -> Keeper:
    """Register what is to be done in the transaction that fixes a baseline, the first or a later one."""
    KEEPERS.append(keeper)
    return keeper


def keep(actor: Actor, project: Project, now: datetime) -> None:
    """Let everybody who has registered do it."""
    for keeper in KEEPERS:
        keeper(actor, project, now)
