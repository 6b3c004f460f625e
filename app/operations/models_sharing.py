"""How what a service costs in a year is shared between departments. Everything here is fixed: what is changed
is a new version, which is to be accepted anew."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Department, Person
from app.core.sharing import CostKind, Reason
from app.db import Base, Money, Quantity, UTCDateTime


class ServiceSharing(Base):
    """A key of a year, and the bill that comes of it. The newest version of the year stands."""

    __tablename__ = "service_sharing"
    __hidden__ = ("content",)  # the history tells its fingerprint
    __fixed__ = True
    __table_args__ = (
        CheckConstraint("reason in ('key', 'cost', 'withdrawn')", name="reason_known"),
        CheckConstraint("cost_kind in ('planned', 'carried')", name="cost_known"),
        CheckConstraint("cost >= 0", name="cost_positive"),
        CheckConstraint("basis <> '' and unit <> '' and source <> ''", name="measured_in_words"),
        CheckConstraint("reason <> 'withdrawn' or words <> ''", name="withdrawn_with_reason"),
        CheckConstraint("year between 2000 and 2199", name="year_sensible"),
        CheckConstraint("number > 0", name="number_positive"),
        UniqueConstraint("service_id", "year", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("operated_service.id", ondelete="RESTRICT"))
    year: Mapped[int]
    number: Mapped[int]
    """Of the service and year, from 1."""
    reason: Mapped[str] = mapped_column(String(20))
    basis: Mapped[str] = mapped_column(String(200))
    """What the key is based on."""
    unit: Mapped[str] = mapped_column(String(60))
    """What is counted."""
    measured_on: Mapped[date]
    source: Mapped[str] = mapped_column(String(200))
    """Where the quantities come from."""
    words: Mapped[str] = mapped_column(Text)
    """What whoever proposes it says besides; why it is withdrawn."""
    cost_kind: Mapped[str] = mapped_column(String(20))
    cost: Mapped[Decimal] = mapped_column(Money)
    """Of the year, kronor to the öre."""
    answer_by: Mapped[date]
    """The day by which the departments are to have answered."""
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Key and bill in words, as a document (see sharing/frozen.py)."""
    content_sha256: Mapped[str] = mapped_column(String(64))
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    """Whose key it is; of a version that a new cost has made, still theirs."""
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)

    proposed_by: Mapped[Person] = relationship(lazy="raise")
    shares: Mapped[list[ServiceShare]] = relationship(order_by="ServiceShare.department_id", lazy="raise")

    @property
    def why(self) -> Reason:
        """Why there is this version."""
        return Reason(self.reason)

    @property
    def of_cost(self) -> CostKind:
        """Which cost is shared."""
        return CostKind(self.cost_kind)


class ServiceShare(Base):
    """A department's part in a version: what was measured there, and what it pays. Fixed."""

    __tablename__ = "service_share"
    __fixed__ = True
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("amount >= 0 and kronor >= 0", name="amount_positive"),
        CheckConstraint("kronor / 100 * 100 = kronor and abs(kronor - amount) < 100", name="in_whole_kronor"),
        UniqueConstraint("sharing_id", "department_id"),
        Index("ix_service_share_department_id", "department_id", "sharing_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sharing_id: Mapped[int] = mapped_column(ForeignKey("service_sharing.id", ondelete="RESTRICT"))
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id", ondelete="RESTRICT"))
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    amount: Mapped[Decimal] = mapped_column(Money)
    """Kronor to the öre: those of a version sum to its cost."""
    kronor: Mapped[Decimal] = mapped_column(Money)
    """Whole kronor, as it is shown and billed: those of a version sum to its cost in whole kronor."""

    department: Mapped[Department] = relationship(lazy="raise")
    answers: Mapped[list[ServiceShareAnswer]] = relationship(order_by="ServiceShareAnswer.id", lazy="raise")


class ServiceShareAnswer(Base):
    """What a department's manager answered about its share, and the print of what that was about. Fixed."""

    __tablename__ = "service_share_answer"
    __fixed__ = True
    __table_args__ = (
        CheckConstraint("answer in ('accepted', 'declined')", name="answer_known"),
        CheckConstraint("answer <> 'declined' or words <> ''", name="declined_with_reason"),
        UniqueConstraint("share_id", "answer"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    share_id: Mapped[int] = mapped_column(ForeignKey("service_share.id", ondelete="RESTRICT"))
    answer: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text)
    version_sha256: Mapped[str] = mapped_column(String(64))
    """The print of the version that was read."""
    answered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    answered_at: Mapped[datetime] = mapped_column(UTCDateTime)

    answered_by: Mapped[Person] = relationship(lazy="raise")
