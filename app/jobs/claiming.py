"""A worker's short transactions around one piece of work.

Only whoever has the claim can say what came of it; so what was begun twice, because a worker was taken to be
gone, still ends once.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select, update

from app.db import db, only_reading, transaction
from app.engine import unrecorded
from app.jobs.kinds import LostJobError
from app.jobs.models import Job, JobState
from app.jobs.service import tell_asker
from app.notifications.models import Kind

LEASE = timedelta(seconds=60)
"""So long a worker may be silent; its heart beats much more often."""

MOST_ATTEMPTS = 3
"""What has ended three workers ends no fourth."""

PAUSE = timedelta(seconds=30)
"""Before what could not be done at the moment is tried again."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A piece of work that is this worker's."""

    job_id: int
    sign: str
    attempts: int


def anything_to_do(now: datetime) -> bool:
    """Whether some work waits for a worker; asked without keeping anybody from writing."""
    with only_reading():
        found = db.session.scalar(select(Job.id).where(or_(_due(now), _left_behind(now))).limit(1))
        return found is not None


def claim_next(now: datetime) -> Claim | None:
    """Take what has waited longest, or what a worker that is gone has left; None when there is nothing."""
    with unrecorded(), transaction():
        job = db.session.scalar(
            select(Job)
            .where(or_(_due(now), _left_behind(now)), Job.attempts < MOST_ATTEMPTS)
            .order_by(Job.next_at, Job.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if job is None:
            return None
        job.state, job.claim, job.lease_until = JobState.RUNNING.value, secrets.token_hex(16), now + LEASE
        job.attempts += 1
        return Claim(job.id, job.claim, job.attempts)


def given_up(fault: str, now: datetime) -> bool:
    """Give up one that has ended too many workers, and tell who asked; whether there was any."""
    with unrecorded(), transaction():
        job = db.session.scalar(
            select(Job)
            .where(or_(_due(now), _left_behind(now)), Job.attempts >= MOST_ATTEMPTS)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if job is None:
            return False
        job.state, job.claim, job.lease_until = JobState.FAILED.value, "", None
        job.ended_at, job.fault = now, fault
        tell_asker(job, Kind.JOB_FAILED, now)
        return True


def beat(claim: Claim, reached: tuple[int, int, str], now: datetime) -> bool:
    """Still at it, and so far; False when it is another's. On a connection of its own: the work reads."""
    done, total, word = reached
    statement = (
        update(Job)
        .where(Job.id == claim.job_id, Job.claim == claim.sign, Job.state == JobState.RUNNING.value)
        .values(lease_until=now + LEASE, done=done, total=total, word=word[:200])
        .returning(Job.id)
    )
    with unrecorded(), db.engine.begin() as connection:
        return connection.execute(statement).first() is not None


def later(claim: Claim, now: datetime, *, counts: bool) -> None:
    """Not now: it waits a while. Whether the attempt counts as one: the work itself may be at fault."""
    with unrecorded(), transaction():
        job = held(claim)
        job.state, job.claim, job.lease_until = JobState.WAITING.value, "", None
        job.next_at = now + PAUSE
        job.attempts -= not counts


def failed(claim: Claim, fault: str, now: datetime) -> None:
    """Nothing came of it, and who asked is told why."""
    with unrecorded(), transaction():
        job = held(claim)
        job.state, job.lease_until, job.ended_at = JobState.FAILED.value, None, now
        job.fault = fault[:500]
        tell_asker(job, Kind.JOB_FAILED, now)


def held(claim: Claim) -> Job:
    """The work, kept from all others until the transaction ends. Raises LostJobError."""
    job = db.session.scalar(
        select(Job)
        .where(Job.id == claim.job_id, Job.claim == claim.sign, Job.state == JobState.RUNNING.value)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if job is None:
        raise LostJobError
    return job


def _due(now: datetime) -> ColumnElement[bool]:
    return (Job.state == JobState.WAITING.value) & (Job.next_at <= now)


def _left_behind(now: datetime) -> ColumnElement[bool]:
    return Job.lease_until <= now
