"""What follows when a final report is approved: the rooms that begin then register themselves here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app.accounts.access import Viewer
from app.closing.final_report.models import FinalReportVersion
from app.projects.models import Project

Follower = Callable[[Viewer, Project, FinalReportVersion, datetime], object]
"""Who approved it, the project, which has ended already, the report as it was sent, and when."""

FOLLOWERS: list[Follower] = []


def when_approved(follower: Follower) -> Follower:
    """Register what is to be done in the transaction that approves a report and ends its project."""
    FOLLOWERS.append(follower)
    return follower


def follow(actor: Viewer, project: Project, version: FinalReportVersion, now: datetime) -> None:
    """Let everybody who has registered do it."""
    for follower in FOLLOWERS:
        follower(actor, project, version, now)
