"""Conditions of decisions: where each stands, how it is shown to be met, what the secretariat says of it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accepted.attached import AttachedFile
from app.accounts.models import Person
from app.db import Base, UTCDateTime


class ConditionProgress(Base):
    """Where a condition stands, from the first time that somebody says it is met."""

    __tablename__ = "condition_progress"
    __table_args__ = (
        CheckConstraint("state in ('reported', 'returned', 'approved')", name="state_known"),
        Index("ix_condition_progress_state", "state", "project_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    condition_id: Mapped[int] = mapped_column(
        ForeignKey("decision_condition.id", ondelete="RESTRICT"), unique=True
    )
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"), index=True)
    state: Mapped[str] = mapped_column(String(20))
    state_since: Mapped[datetime] = mapped_column(UTCDateTime)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads a plain dict here


class ConditionReport(Base):
    """The project leader says that a condition is met, and how. A new attempt is a new report."""

    __tablename__ = "condition_report"
    __fixed__ = True
    __table_args__ = (
        UniqueConstraint("condition_id", "number"),
        CheckConstraint("number >= 1", name="number_positive"),
        Index("ix_condition_report_project_id", "project_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    condition_id: Mapped[int] = mapped_column(ForeignKey("decision_condition.id", ondelete="RESTRICT"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    met_on: Mapped[date]
    """The day from which it is met."""
    reported_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    reported_at: Mapped[datetime] = mapped_column(UTCDateTime)

    reported_by: Mapped[Person] = relationship(lazy="raise")
    proofs: Mapped[list[ConditionProof]] = relationship(order_by="ConditionProof.id", lazy="raise")
    assessment: Mapped[ConditionAssessment | None] = relationship(lazy="raise")


class ConditionProof(AttachedFile, Base):
    """A file that shows that a condition is met."""

    __tablename__ = "condition_proof"
    __fixed__ = True
    __table_args__ = (CheckConstraint("size > 0", name="not_empty"),)

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"), index=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("condition_report.id", ondelete="RESTRICT"), index=True)


class ConditionAssessment(Base):
    """What the secretariat said of a report: met, or not yet and why."""

    __tablename__ = "condition_assessment"
    __fixed__ = True
    __table_args__ = (CheckConstraint("approved or reason <> ''", name="return_has_reason"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"), index=True)
    report_id: Mapped[int] = mapped_column(
        ForeignKey("condition_report.id", ondelete="RESTRICT"), unique=True
    )
    approved: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text)
    assessed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    assessed_at: Mapped[datetime] = mapped_column(UTCDateTime)

    assessed_by: Mapped[Person] = relationship(lazy="raise")
