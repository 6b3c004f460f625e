"""An application: the sections as last saved, attachments, and the fixed versions."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.db import Base, Money, UTCDateTime


class ApplicationSection(Base):
    """One section as last saved. Its content follows the section's declaration in `sections.py`."""

    __tablename__ = "application_section"
    __table_args__ = (UniqueConstraint("project_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    key: Mapped[str] = mapped_column(String(40))
    content: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    version: Mapped[int] = mapped_column(default=1)

    saved_by: Mapped[Person] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads a plain dict here


class Attachment(Base):
    """A file that belongs to the application. Its content lies in the file store under its hash."""

    __tablename__ = "attachment"
    __table_args__ = (
        CheckConstraint("size > 0", name="not_empty"),
        Index("ix_attachment_project_id", "project_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    filename: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(String(200), default="")
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    added_at: Mapped[datetime] = mapped_column(UTCDateTime)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """A removed attachment no longer belongs to the application; submitted versions keep it."""


class ApplicationVersion(Base):
    """A submitted application, fixed: what the manager signed and everybody after reads."""

    __tablename__ = "application_version"
    __hidden__ = ("content",)  # the history tells its fingerprint
    __fixed__ = True
    __table_args__ = (
        UniqueConstraint("project_id", "number"),
        CheckConstraint("number >= 1", name="number_positive"),
        # A document is long, and lies in the way of whoever only adds up what is promised.
        Index("ix_application_version_total_benefit", "project_id", "number", "total_benefit"),
        Index("ix_application_version_applied", "project_id", "number", "submitted_at", "applied_amount"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The whole application as a document: sections, lines, settings, results (see snapshot.py)."""
    content_sha256: Mapped[str] = mapped_column(String(64))
    submitted_at: Mapped[datetime] = mapped_column(UTCDateTime)
    submitted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    signed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    signed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    """The manager. A completion within the signed amount rests on the signature of the version before."""
    applied_amount: Mapped[Decimal] = mapped_column(Money)
    """What is asked of the programme, all years."""
    total_cost: Mapped[Decimal] = mapped_column(Money)
    total_benefit: Mapped[Decimal] = mapped_column(Money)
    net_present_value: Mapped[Decimal] = mapped_column(Money)
    """Rounded to the krona for lists; the exact value is in the content."""
    summary: Mapped[str] = mapped_column(Text, default="")

    submitted_by: Mapped[Person] = relationship(foreign_keys=[submitted_by_id], lazy="raise")
    signed_by: Mapped[Person] = relationship(foreign_keys=[signed_by_id], lazy="raise")
