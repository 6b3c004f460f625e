"""A final report as it is written, as it was sent each time, and what was said of it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.final_report import FinalAction, FinalState
from app.db import Base, Money, UTCDateTime
from app.projects.models import Project

_STATES = ", ".join(f"'{state.value}'" for state in FinalState)


class FinalReport(Base):
    """A project's final report as it is being written, and where it stands."""

    __tablename__ = "final_report"
    __table_args__ = (
        CheckConstraint(f"state in ({_STATES})", name="state_known"),
        Index("ix_final_report_state_state_since", "state", "state_since"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"), unique=True)
    state: Mapped[str] = mapped_column(String(20), default=FinalState.DRAFT.value)
    state_since: Mapped[datetime] = mapped_column(UTCDateTime)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What is typed (see content.py)."""
    version: Mapped[int] = mapped_column(default=1)

    project: Mapped[Project] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads a plain dict here


class FinalReportVersion(Base):
    """A final report as it was sent: with every name and figure that its reader needs, whatever becomes of
    them."""

    __tablename__ = "final_report_version"
    __hidden__ = ("content",)  # the history tells its fingerprint
    __fixed__ = True
    __table_args__ = (
        UniqueConstraint("report_id", "number"),
        CheckConstraint("number > 0", name="number_positive"),
        Index("ix_final_report_version_project_id", "project_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("final_report.id", ondelete="RESTRICT"))
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The whole report as a document (see document.py)."""
    content_sha256: Mapped[str] = mapped_column(String(64))
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime)
    sent_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    # What a list of many reports shows, so that it reads no document.
    days_late: Mapped[int | None]
    """Of the end, against the first plan; None for a project that never had one."""
    budget: Mapped[Decimal] = mapped_column(Money)
    spent: Mapped[Decimal] = mapped_column(Money)

    sent_by: Mapped[Person] = relationship(lazy="raise")


class FinalReportRemark(Base):
    """What became of a sent report: why it came back, or that it is approved."""

    __tablename__ = "final_report_remark"
    __fixed__ = True
    __table_args__ = (
        CheckConstraint(f"kind in ('{FinalAction.RETURN}', '{FinalAction.APPROVE}')", name="kind_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(
        ForeignKey("final_report_version.id", ondelete="RESTRICT"), unique=True
    )
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    text: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))

    author: Mapped[Person] = relationship(lazy="raise")
