"""What follows when a project is terminated: the rooms that begin then register themselves here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app.accounts.access import Viewer
from app.delivery.changes.models import ChangeDecision
from app.projects.models import Project

Follower = Callable[[Viewer, Project, ChangeDecision, datetime], object]
"""Who registered the decision, the project, which is terminating already, the decision, and when."""

FOLLOWERS: list[Follower] = []


def when_terminated(follower: Follower) -> Follower:
    """Register what is to be done in the transaction that terminates a project."""
    FOLLOWERS.append(follower)
    return follower


def follow(actor: Viewer, project: Project, decision: ChangeDecision, now: datetime) -> None:
    """Let everybody who has registered do it."""
    for follower in FOLLOWERS:
        follower(actor, project, decision, now)
