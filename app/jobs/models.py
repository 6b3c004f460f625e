"""Work that somebody has asked for, and how far it has come."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UTCDateTime


class JobState(StrEnum):
    """How far a piece of work has come."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(Base):
    """A piece of work, its progress, and what came of it. It is its asker's alone."""

    __tablename__ = "job"
    __recorded__ = False
    __table_args__ = (
        CheckConstraint("state in ('waiting', 'running', 'done', 'failed')", name="state_known"),
        CheckConstraint("(state = 'running') = (lease_until is not null)", name="leased"),
        CheckConstraint("(state in ('done', 'failed')) = (ended_at is not null)", name="ended"),
        Index("ix_job_state_next_at", "state", "next_at"),
        Index("ix_job_person_id_state", "person_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    arguments: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The parts of the address of what it is about."""
    title: Mapped[str] = mapped_column(String(200))
    """What its asker calls it."""
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    state: Mapped[str] = mapped_column(String(10), default=JobState.WAITING.value)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    """Parts of the work; 0 as long as nobody knows how many."""
    word: Mapped[str] = mapped_column(String(200), default="")
    """What is being done now, in the asker's language."""
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    next_at: Mapped[datetime] = mapped_column(UTCDateTime)
    claim: Mapped[str] = mapped_column(String(32), default="")
    """The worker's own sign: whoever has another one has lost the work."""
    lease_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    fault: Mapped[str] = mapped_column(String(500), default="")
    """Why nothing came of it, said to its asker."""
    sha256: Mapped[str] = mapped_column(String(64), default="")
    """What came of it, in the store of results; empty when nothing is to be fetched."""
    filename: Mapped[str] = mapped_column(String(200), default="")
    media_type: Mapped[str] = mapped_column(String(100), default="")
