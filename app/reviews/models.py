"""The secretariat's completeness check, and returns for completion with their questions."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.applications.models import ApplicationVersion
from app.db import Base, UTCDateTime


class Answer(StrEnum):
    """What the handler found on one point of the checklist."""

    COMPLETE = "complete"
    LACKING = "lacking"
    NOT_RELEVANT = "not_relevant"


class ChecklistAnswer(Base):
    """The handler's answer to one point of the completeness checklist, for one submitted version."""

    __tablename__ = "checklist_answer"
    __table_args__ = (
        UniqueConstraint("version_id", "point"),
        CheckConstraint("answer in ('complete', 'lacking', 'not_relevant')", name="answer_known"),
        Index("ix_checklist_answer_project_id", "project_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    version_id: Mapped[int] = mapped_column(ForeignKey("application_version.id", ondelete="RESTRICT"))
    point: Mapped[str] = mapped_column(String(40))
    answer: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text, default="")
    answered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    answered_at: Mapped[datetime] = mapped_column(UTCDateTime)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads a plain dict here


class CompletionRequest(Base):
    """One return for completion: what the applicant must add before the case goes on.

    It is open until the applicant has submitted a version later than the one that was found lacking.
    """

    __tablename__ = "completion_request"
    __table_args__ = (UniqueConstraint("project_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    number: Mapped[int]
    version_id: Mapped[int] = mapped_column(ForeignKey("application_version.id", ondelete="RESTRICT"))
    """The version that was found lacking."""
    message: Mapped[str] = mapped_column(Text, default="")
    due_on: Mapped[date]
    requested_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    requested_at: Mapped[datetime] = mapped_column(UTCDateTime)

    version: Mapped[ApplicationVersion] = relationship(lazy="raise")
    requested_by: Mapped[Person] = relationship(lazy="raise")
    questions: Mapped[list[CompletionQuestion]] = relationship(
        back_populates="request", order_by="CompletionQuestion.id", lazy="raise"
    )


class CompletionQuestion(Base):
    """One question, tied to a section of the application, answered there."""

    __tablename__ = "completion_question"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(
        ForeignKey("completion_request.id", ondelete="RESTRICT"), index=True
    )
    section: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    version: Mapped[int] = mapped_column(default=1)

    request: Mapped[CompletionRequest] = relationship(back_populates="questions", lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads a plain dict here
