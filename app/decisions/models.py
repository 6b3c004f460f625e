"""Opinions of the council, decisions with their amounts and conditions, and meeting packs."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Department, Person
from app.applications.models import ApplicationVersion
from app.db import Base, Money, UTCDateTime
from app.projects.models import Project


class OpinionKind(StrEnum):
    """What the council recommends."""

    APPROVE = "approve"
    APPROVE_IN_PART = "approve_in_part"
    POSTPONE = "postpone"
    REJECT = "reject"


class DecisionKind(StrEnum):
    """What was decided."""

    APPROVE = "approve"
    APPROVE_IN_PART = "approve_in_part"
    POSTPONE = "postpone"
    REJECT = "reject"


class Opinion(Base):
    """The council's opinion on a case, as minuted."""

    __tablename__ = "opinion"
    __fixed__ = True
    __table_args__ = (
        CheckConstraint("kind in ('approve', 'approve_in_part', 'postpone', 'reject')", name="kind_known"),
        Index("ix_opinion_project_id", "project_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    version_id: Mapped[int] = mapped_column(ForeignKey("application_version.id", ondelete="RESTRICT"))
    meeting_on: Mapped[date]
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text, default="")
    separate_statements: Mapped[int] = mapped_column(default=0)
    """How many members made a statement of their own."""
    registered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    registered_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Decision(Base):
    """A registered decision, fixed."""

    __tablename__ = "decision"
    __fixed__ = True
    __table_args__ = (
        CheckConstraint("kind in ('approve', 'approve_in_part', 'postpone', 'reject')", name="kind_known"),
        CheckConstraint(
            "(kind in ('approve', 'approve_in_part')) = (amount > 0)", name="money_only_when_approved"
        ),
        Index("ix_decision_project_id", "project_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    version_id: Mapped[int] = mapped_column(ForeignKey("application_version.id", ondelete="RESTRICT"))
    """The version that was decided on."""
    kind: Mapped[str] = mapped_column(String(20))
    decided_on: Mapped[date]
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation_limit.id", ondelete="RESTRICT"))
    decider: Mapped[str] = mapped_column(String(160))
    """The office, as it was called in the delegation on that day."""
    limit: Mapped[Decimal | None] = mapped_column("limit_amount", Money)
    """The decider's limit on that day; None: no limit."""
    amount: Mapped[Decimal] = mapped_column(Money)
    """The sum of the amounts below."""
    reasons: Mapped[str] = mapped_column(Text)
    reference: Mapped[str] = mapped_column(String(200), default="")
    """Number of the minutes or of the decision in another register."""
    registered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    registered_at: Mapped[datetime] = mapped_column(UTCDateTime)

    registered_by: Mapped[Person] = relationship(lazy="raise")
    amounts: Mapped[list[DecisionAmount]] = relationship(order_by="DecisionAmount.id", lazy="raise")
    conditions: Mapped[list[Condition]] = relationship(order_by="Condition.position", lazy="raise")


class DecisionAmount(Base):
    """What a decision grants to one department in one year."""

    __tablename__ = "decision_amount"
    __fixed__ = True
    __table_args__ = (
        UniqueConstraint("decision_id", "department_id", "year"),
        CheckConstraint("amount > 0", name="positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="RESTRICT"))
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id", ondelete="RESTRICT"))
    year: Mapped[int]
    amount: Mapped[Decimal] = mapped_column(Money)

    department: Mapped[Department] = relationship(lazy="raise")


class Condition(Base):
    """Something that a decision requires of the project."""

    __tablename__ = "decision_condition"
    __fixed__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="RESTRICT"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date | None]


class MeetingPack(Base):
    """The documents of a council meeting: chosen cases, each in the version that is to be treated."""

    __tablename__ = "meeting_pack"
    __fixed__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="RESTRICT"), index=True)
    title: Mapped[str] = mapped_column(String(160))
    meeting_on: Mapped[date]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class MeetingPackItem(Base):
    """One case on the agenda."""

    __tablename__ = "meeting_pack_item"
    __fixed__ = True
    __table_args__ = (UniqueConstraint("pack_id", "project_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pack_id: Mapped[int] = mapped_column(ForeignKey("meeting_pack.id", ondelete="RESTRICT"))
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    version_id: Mapped[int] = mapped_column(ForeignKey("application_version.id", ondelete="RESTRICT"))
    position: Mapped[int]
    proposal: Mapped[str] = mapped_column(String(20))
    """What the secretariat proposes: a kind of decision."""
    proposal_text: Mapped[str] = mapped_column(Text, default="")
    proposed_amount: Mapped[Decimal] = mapped_column(Money)

    pack: Mapped[MeetingPack] = relationship(lazy="raise")
    project: Mapped[Project] = relationship(lazy="raise")
    version: Mapped[ApplicationVersion] = relationship(lazy="raise")
