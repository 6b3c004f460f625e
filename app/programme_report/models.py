"""Reports of a programme: as one is being written, and as each version was issued."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.programme_report import ReportKind
from app.db import Base, UTCDateTime
from app.programmes.models import Programme

_KINDS = ", ".join(f"'{kind.value}'" for kind in ReportKind)


class ProgrammeReport(Base):
    """A programme's report on a tertial, a year or the whole programme, and what is written of its next
    version."""

    __tablename__ = "programme_report"
    __table_args__ = (
        UniqueConstraint("programme_id", "kind", "year"),
        CheckConstraint(f"kind in ({_KINDS})", name="kind_known"),
        CheckConstraint("starts_on <= ends_on", name="days_in_order"),
        CheckConstraint("year between 1990 and 2200", name="year_sensible"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="RESTRICT"))
    kind: Mapped[str] = mapped_column(String(10))
    year: Mapped[int]
    """Of a final report, the year in which the programme ends."""
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    as_at: Mapped[date]
    """The day whose figures the next version is to have."""
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """What is typed (see content.py); None while no version is being written."""
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why a later version is being written."""
    version: Mapped[int] = mapped_column(default=1)

    programme: Mapped[Programme] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads a plain dict here


class ProgrammeReportVersion(Base):
    """A report as it was issued: with every name, word and figure that its reader needs."""

    __tablename__ = "programme_report_version"
    __hidden__ = ("content",)  # the history tells its fingerprint
    __fixed__ = True
    __table_args__ = (
        UniqueConstraint("report_id", "number"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("number = 1 or reason <> ''", name="later_ones_say_why"),
        Index("ix_programme_report_version_programme_id", "programme_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("programme_report.id", ondelete="RESTRICT"))
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="RESTRICT"))
    number: Mapped[int]
    as_at: Mapped[date]
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why it was written after the one before; empty for the first."""
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The whole report as a document (see document.py)."""
    content_sha256: Mapped[str] = mapped_column(String(64))
    issued_at: Mapped[datetime] = mapped_column(UTCDateTime)
    issued_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))

    issued_by: Mapped[Person] = relationship(lazy="raise")
