"""Periods to report on, reports as they are written, and reports as they were sent."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.reporting import Dimension, Light, ReportAction, ReportState
from app.db import Base, Money, Quantity, UTCDateTime
from app.projects.models import Project

_STATES = ", ".join(f"'{state.value}'" for state in ReportState)
_LIGHTS = ", ".join(f"'{light.value}'" for light in Light)


class ReportPeriod(Base):
    """A time that every running project of the programme reports on. Its due date never moves."""

    __tablename__ = "report_period"
    __fixed__ = True
    __table_args__ = (
        UniqueConstraint("programme_id", "ends_on"),
        CheckConstraint("starts_on <= ends_on and ends_on < due_on", name="days_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="RESTRICT"))
    name: Mapped[str] = mapped_column(String(120))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    due_on: Mapped[date]


class StatusReport(Base):
    """A project's report on a period, as it is being written, and where it stands."""

    __tablename__ = "status_report"
    __table_args__ = (
        UniqueConstraint("project_id", "period_id"),
        CheckConstraint(f"state in ({_STATES})", name="state_known"),
        Index("ix_status_report_period_id_state", "period_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    period_id: Mapped[int] = mapped_column(ForeignKey("report_period.id", ondelete="RESTRICT"))
    state: Mapped[str] = mapped_column(String(20), default=ReportState.DRAFT.value)
    state_since: Mapped[datetime] = mapped_column(UTCDateTime)
    content: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """What is typed (see content.py)."""
    version: Mapped[int] = mapped_column(default=1)

    period: Mapped[ReportPeriod] = relationship(lazy="raise")
    project: Mapped[Project] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads a plain dict here


def _light(dimension: Dimension) -> CheckConstraint:
    return CheckConstraint(f"{dimension.value}_light in ({_LIGHTS})", name=f"{dimension.value}_light_known")


class ReportVersion(Base):
    """A report as it was sent: with every name and figure that its reader needs, whatever becomes of them."""

    __tablename__ = "report_version"
    __hidden__ = ("content",)  # the history tells its fingerprint
    __fixed__ = True
    __table_args__ = (
        UniqueConstraint("report_id", "number"),
        *(_light(dimension) for dimension in Dimension),
        Index("ix_report_version_project_id", "project_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("status_report.id", ondelete="RESTRICT"))
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The whole report as a document (see document.py)."""
    content_sha256: Mapped[str] = mapped_column(String(64))
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime)
    sent_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    # What a list of many reports shows, so that it reads no document.
    time_light: Mapped[str] = mapped_column(String(10))
    cost_light: Mapped[str] = mapped_column(String(10))
    scope_light: Mapped[str] = mapped_column(String(10))
    quality_light: Mapped[str] = mapped_column(String(10))
    benefits_light: Mapped[str] = mapped_column(String(10))
    risk_light: Mapped[str] = mapped_column(String(10))
    days_late: Mapped[int]
    budget: Mapped[Decimal] = mapped_column(Money)
    spent: Mapped[Decimal] = mapped_column(Money)
    forecast: Mapped[Decimal] = mapped_column(Money)
    hours: Mapped[Decimal] = mapped_column(Quantity)
    """Worked until the period's end."""

    sent_by: Mapped[Person] = relationship(lazy="raise")


class ReportRemark(Base):
    """What was said of a sent report: that it is read, a comment, why it comes back, that it is approved."""

    __tablename__ = "report_remark"
    __fixed__ = True
    __table_args__ = (
        CheckConstraint(
            f"kind in ('comment', '{ReportAction.READ}', '{ReportAction.RETURN}', '{ReportAction.APPROVE}')",
            name="kind_known",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("report_version.id", ondelete="RESTRICT"), index=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))

    author: Mapped[Person] = relationship(lazy="raise")
