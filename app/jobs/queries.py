"""Reading pieces of work: only one's own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.accounts.access import Viewer
from app.db import db
from app.jobs.kinds import record_for
from app.jobs.models import Job, JobState


def own(viewer: Viewer, job_id: int) -> Job | None:
    """A piece of work that the viewer has asked for."""
    return db.session.scalar(select(Job).where(Job.id == job_id, Job.person_id == viewer.id))


def own_result(viewer: Viewer, job_id: int) -> Job | None:
    """One of which there is something to fetch, and whose subject the viewer may still have."""
    job = own(viewer, job_id)
    if job is None or not job.sha256 or record_for(viewer, job.kind, job.arguments) is None:
        return None
    return job


def under_way(person_id: int, kind: str, arguments: dict[str, Any]) -> Job | None:
    """The same work, which the person has asked for already and which is not done."""
    unfinished = (JobState.WAITING.value, JobState.RUNNING.value)
    query = select(Job).where(Job.person_id == person_id, Job.kind == kind, Job.state.in_(unfinished))
    return next((job for job in db.session.scalars(query) if job.arguments == arguments), None)


def waiting_since(now: datetime) -> datetime | None:
    """Since when the work has waited that should have been begun first; None when none should."""
    return db.session.scalar(
        select(func.min(Job.next_at)).where(Job.state == JobState.WAITING.value, Job.next_at <= now)
    )


def kept_results(since: datetime) -> set[str]:
    """What has come of work since then, by hash."""
    query = select(Job.sha256).where(Job.sha256 != "", Job.ended_at >= since)
    return set(db.session.scalars(query))
