"""A follow-up that is planned and written, as it was sent each time, and what was said of it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Department, Person
from app.core.follow_up import FollowUpAction
from app.core.treated import Treated
from app.db import Base, Rate, UTCDateTime
from app.projects.models import Project

_STATES = ", ".join(f"'{state.value}'" for state in Treated)


class FollowUp(Base):
    """A day on which what a project has left is followed up, by the department that has it, and what is
    written. Its days never move."""

    __tablename__ = "follow_up"
    __table_args__ = (
        UniqueConstraint("project_id", "number"),
        UniqueConstraint("project_id", "follows_on"),
        CheckConstraint(f"state in ({_STATES})", name="state_known"),
        CheckConstraint("number > 0 and (months is null or months > 0)", name="numbers_positive"),
        CheckConstraint("due_on >= follows_on", name="due_after_its_day"),
        CheckConstraint("state = 'draft' or content is not null", name="written_before_sent"),
        Index("ix_follow_up_state_due_on", "state", "due_on"),
        Index("ix_follow_up_department_id_state", "department_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    number: Mapped[int]
    """Its place among the project's, in the order in which they were planned."""
    months: Mapped[int | None]
    """After the hand-over; None for one that an earlier follow-up asked for."""
    follows_on: Mapped[date]
    due_on: Mapped[date]
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id", ondelete="RESTRICT"))
    """Whose manager answers for it: the department that owns what was launched."""
    state: Mapped[str] = mapped_column(String(20), default=Treated.DRAFT.value)
    state_since: Mapped[datetime] = mapped_column(UTCDateTime)
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """What is typed (see content.py); None until somebody begins."""
    version: Mapped[int] = mapped_column(default=1)

    project: Mapped[Project] = relationship(lazy="raise")
    department: Mapped[Department] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads a plain dict here


class FollowUpVersion(Base):
    """A follow-up as it was sent: with every name and figure that its reader needs."""

    __tablename__ = "follow_up_version"
    __hidden__ = ("content",)  # the history tells its fingerprint
    __fixed__ = True
    __table_args__ = (
        UniqueConstraint("follow_up_id", "number"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("digital is null or digital between 0 and 1000000", name="digital_is_a_share"),
        Index("ix_follow_up_version_project_id", "project_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    follow_up_id: Mapped[int] = mapped_column(ForeignKey("follow_up.id", ondelete="RESTRICT"))
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The whole follow-up as a document (see document.py)."""
    content_sha256: Mapped[str] = mapped_column(String(64))
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime)
    sent_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    # What a list of many follow-ups shows, so that it reads no document.
    digital: Mapped[Decimal | None] = mapped_column(Rate)
    """The share of all that were settled in the service."""
    works: Mapped[str | None] = mapped_column(String(20))
    """Whether operating responsibility works."""

    sent_by: Mapped[Person] = relationship(lazy="raise")


class FollowUpRemark(Base):
    """What became of a sent follow-up: why it came back, or that it is approved."""

    __tablename__ = "follow_up_remark"
    __fixed__ = True
    __table_args__ = (
        CheckConstraint(
            f"kind in ('{FollowUpAction.RETURN}', '{FollowUpAction.APPROVE}')", name="kind_known"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(
        ForeignKey("follow_up_version.id", ondelete="RESTRICT"), unique=True
    )
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    text: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))

    author: Mapped[Person] = relationship(lazy="raise")
