"""Requests to change a project: what is being written, what was sent, asked and decided."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.db import Base, Money, UTCDateTime
from app.delivery.plans.models import Baseline


class ChangeRequest(Base):
    """A request, numbered within its project."""

    __tablename__ = "change_request"
    __hidden__ = ("wanted",)  # the history tells its fingerprint
    __table_args__ = (
        UniqueConstraint("project_id", "number"),
        CheckConstraint("number >= 1", name="number_positive"),
        CheckConstraint(
            "state in ('draft', 'sent', 'questioned', 'withdrawn', 'decided')", name="state_known"
        ),
        Index("ix_change_request_state", "state", "state_since"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(20))
    state_since: Mapped[datetime] = mapped_column(UTCDateTime)
    wanted: Mapped[dict[str, Any]] = mapped_column(JSON)
    """How the project should be, as it is written now: see `app.delivery.changes.wanted`."""
    version: Mapped[int] = mapped_column(default=1)

    versions: Mapped[list[ChangeVersion]] = relationship(
        order_by="ChangeVersion.number.desc()", lazy="raise", viewonly=True
    )
    """As it was sent each time, the newest first."""
    decision: Mapped[ChangeDecision | None] = relationship(lazy="raise", viewonly=True)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads a plain dict here


class ChangeVersion(Base):
    """A request as it was sent, with what it would change that day."""

    __tablename__ = "change_version"
    __hidden__ = ("content",)  # the history tells its fingerprint
    __fixed__ = True
    __table_args__ = (
        UniqueConstraint("request_id", "number"),
        CheckConstraint("number >= 1", name="number_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"), index=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("change_request.id", ondelete="RESTRICT"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """A document that needs no other record to be read: see `app.delivery.changes.document`."""
    content_sha256: Mapped[str] = mapped_column(String(64))
    sent_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime)

    sent_by: Mapped[Person] = relationship(lazy="raise")


class ChangeRemark(Base):
    """What the secretariat asks about a request, and what the project leader answers."""

    __tablename__ = "change_remark"
    __fixed__ = True
    __table_args__ = (CheckConstraint("kind in ('question', 'answer')", name="kind_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"), index=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("change_request.id", ondelete="RESTRICT"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    written_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)

    written_by: Mapped[Person] = relationship(lazy="raise")


class ChangeDecision(Base):
    """What was decided on a request, and the baseline that it made."""

    __tablename__ = "change_decision"
    __fixed__ = True
    __table_args__ = (
        UniqueConstraint("request_id"),
        CheckConstraint("kind in ('approve', 'approve_in_part', 'reject')", name="kind_known"),
        CheckConstraint("amount >= 0 and (kind <> 'reject' or amount = 0)", name="money_only_when_approved"),
        CheckConstraint("kind <> 'reject' or baseline_id is null", name="plan_changed_only_when_approved"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"), index=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("change_request.id", ondelete="RESTRICT"))
    version_id: Mapped[int] = mapped_column(ForeignKey("change_version.id", ondelete="RESTRICT"))
    """The version that was decided on."""
    kind: Mapped[str] = mapped_column(String(20))
    decided_on: Mapped[date]
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation_limit.id", ondelete="RESTRICT"))
    decider: Mapped[str] = mapped_column(String(160))
    """The office, as it was called in the delegation on that day."""
    limit: Mapped[Decimal | None] = mapped_column("limit_amount", Money)
    """The decider's limit on that day, for all that the project is granted together; None: no limit."""
    amount: Mapped[Decimal] = mapped_column(Money)
    """What more is granted; the sum of the costs below."""
    granted: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Its `costs`: what is granted of each that was asked for, shaped by `app.delivery.changes.wanted`."""
    reasons: Mapped[str] = mapped_column(Text)
    reference: Mapped[str] = mapped_column(String(200), default="")
    baseline_id: Mapped[int | None] = mapped_column(ForeignKey("baseline.id", ondelete="RESTRICT"))
    """The baseline that the decision made; None when the plan stays as it was."""
    registered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    registered_at: Mapped[datetime] = mapped_column(UTCDateTime)

    registered_by: Mapped[Person] = relationship(lazy="raise")
    baseline: Mapped[Baseline | None] = relationship(lazy="raise")
