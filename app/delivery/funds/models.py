"""Requisitions of granted money: what is asked for, what it covers, who checked it and who paid it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accepted.attached import AttachedFile
from app.accounts.models import Department, Person
from app.db import Base, Money, UTCDateTime


class Requisition(Base):
    """A project asks for a part of what it was granted, for a department and a budget year."""

    __tablename__ = "requisition"
    __table_args__ = (
        UniqueConstraint("project_id", "number"),
        CheckConstraint("number >= 1", name="number_positive"),
        CheckConstraint("amount > 0", name="positive"),
        CheckConstraint("state in ('sent', 'returned', 'checked', 'paid', 'withdrawn')", name="state_known"),
        CheckConstraint(
            "(state in ('checked', 'paid')) = (checked_by_id is not null)"
            " and (checked_by_id is null) = (checked_at is null)",
            name="checked_by_somebody",
        ),
        CheckConstraint(
            "(state = 'paid') = (payment_id is not null) and (payment_id is null) = (paid_by_id is null)"
            " and (payment_id is null) = (paid_on is null)",
            name="paid_in_the_ledger",
        ),
        CheckConstraint("paid_by_id is null or paid_by_id <> checked_by_id", name="four_eyes"),
        Index("ix_requisition_state", "state", "state_since"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    number: Mapped[int]
    """1, 2, 3 … within the project."""
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id", ondelete="RESTRICT"))
    year: Mapped[int]
    """The budget year that the money was granted for."""
    amount: Mapped[Decimal] = mapped_column(Money)
    state: Mapped[str] = mapped_column(String(20))
    state_since: Mapped[datetime] = mapped_column(UTCDateTime)
    return_reason: Mapped[str] = mapped_column(Text, default="")
    """Why it came back the last time."""
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    checked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    paid_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    paid_on: Mapped[date | None]
    payment_reference: Mapped[str] = mapped_column(String(200), default="")
    """What the payment is called in the city's accounts."""
    payment_id: Mapped[int | None] = mapped_column(
        ForeignKey("ledger_entry.id", ondelete="RESTRICT"), unique=True
    )
    """The payment in the frame's ledger."""
    version: Mapped[int] = mapped_column(default=1)

    department: Mapped[Department] = relationship(lazy="raise")
    checked_by: Mapped[Person | None] = relationship(foreign_keys=[checked_by_id], lazy="raise")
    paid_by: Mapped[Person | None] = relationship(foreign_keys=[paid_by_id], lazy="raise")
    versions: Mapped[list[RequisitionVersion]] = relationship(
        order_by="RequisitionVersion.number.desc()", lazy="raise", viewonly=True
    )
    """As it was sent each time, the newest first."""
    repayments: Mapped[list[Repayment]] = relationship(order_by="Repayment.id", lazy="raise", viewonly=True)
    """What of it came back, the first first."""

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads a plain dict here


class RequisitionVersion(Base):
    """A requisition as it was sent, fixed: what the secretariat and the controller read."""

    __tablename__ = "requisition_version"
    __fixed__ = True
    __table_args__ = (
        UniqueConstraint("requisition_id", "number"),
        CheckConstraint("number >= 1", name="number_positive"),
        CheckConstraint("amount > 0", name="positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"), index=True)
    requisition_id: Mapped[int] = mapped_column(ForeignKey("requisition.id", ondelete="RESTRICT"))
    number: Mapped[int]
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id", ondelete="RESTRICT"))
    year: Mapped[int]
    amount: Mapped[Decimal] = mapped_column(Money)
    covers: Mapped[str] = mapped_column(Text)
    """What the money is for."""
    sent_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime)

    department: Mapped[Department] = relationship(lazy="raise")
    sent_by: Mapped[Person] = relationship(lazy="raise")
    files: Mapped[list[RequisitionFile]] = relationship(order_by="RequisitionFile.id", lazy="raise")


class RequisitionFile(AttachedFile, Base):
    """A file that shows what a requisition covers: an invoice, a contract."""

    __tablename__ = "requisition_file"
    __fixed__ = True
    __table_args__ = (CheckConstraint("size > 0", name="not_empty"),)

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"), index=True)
    version_id: Mapped[int] = mapped_column(
        ForeignKey("requisition_version.id", ondelete="RESTRICT"), index=True
    )


class Repayment(Base):
    """A part of what was paid comes back, for it was not used. Never changed: a mistake is paid anew."""

    __tablename__ = "repayment"
    __fixed__ = True
    __table_args__ = (
        CheckConstraint("amount > 0", name="positive"),
        CheckConstraint("reason <> ''", name="says_why"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"), index=True)
    requisition_id: Mapped[int] = mapped_column(ForeignKey("requisition.id", ondelete="RESTRICT"), index=True)
    amount: Mapped[Decimal] = mapped_column(Money)
    repaid_on: Mapped[date]
    reference: Mapped[str] = mapped_column(String(200))
    """What it is called in the city's accounts."""
    reason: Mapped[str] = mapped_column(Text)
    """Why it was not used."""
    entry_id: Mapped[int] = mapped_column(ForeignKey("ledger_entry.id", ondelete="RESTRICT"), unique=True)
    """Its line in the frame's ledger."""
    registered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    registered_at: Mapped[datetime] = mapped_column(UTCDateTime)

    registered_by: Mapped[Person] = relationship(lazy="raise")
