"""A programme: its frame and ledger, and its rounds; its settings stand beside (models_settings.py)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Money, UTCDateTime
from app.programmes.models_settings import (
    CalculationSettings,
    Criterion,
    CriterionAnchor,
    DelegationLimit,
    FollowUpSettings,
    HourlyRate,
    OutcomeSettings,
    PriceIndex,
)

__all__ = [
    "CalculationSettings",
    "Criterion",
    "CriterionAnchor",
    "DelegationLimit",
    "EntryKind",
    "FollowUpSettings",
    "FrameBalance",
    "GrantBalance",
    "HourlyRate",
    "LedgerEntry",
    "OutcomeSettings",
    "PriceIndex",
    "Programme",
    "ProgrammeGoal",
    "Round",
    "effect_on_frame",
]


class Programme(Base):
    """A frame of money that departments apply to."""

    __tablename__ = "programme"
    __table_args__ = (CheckConstraint("ends_on > starts_on", name="period_forward"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(160), unique=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    decision_reference: Mapped[str] = mapped_column(String(200))
    """The council's decision that the programme rests on."""
    description: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads a plain dict here


class ProgrammeGoal(Base):
    """One of the programme's goals."""

    __tablename__ = "programme_goal"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="RESTRICT"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(String(400))


class FrameBalance(Base):
    """The frame, what has become of it and what is left: the database refuses to let it go below zero."""

    __tablename__ = "frame_balance"
    __recorded__ = False  # told by the ledger entries that it sums
    __table_args__ = (
        CheckConstraint("available >= 0", name="never_below_zero"),
        CheckConstraint("available = frame - granted + returned", name="adds_up"),
        CheckConstraint(
            "repaid >= 0 and repaid <= paid and paid <= requisitioned and returned >= 0"
            " and requisitioned - repaid + returned <= granted",
            name="in_order",
        ),
    )

    programme_id: Mapped[int] = mapped_column(
        ForeignKey("programme.id", ondelete="RESTRICT"), primary_key=True
    )
    frame: Mapped[Decimal] = mapped_column(Money)
    granted: Mapped[Decimal] = mapped_column(Money)
    available: Mapped[Decimal] = mapped_column(Money)
    requisitioned: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    """What projects have asked for of what they were granted, paid or not."""
    paid: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    repaid: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    """Paid once, not used, and with the project's account again."""
    returned: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    """Granted once, not used, and free to be granted anew."""

    @property
    def used(self) -> Decimal:
        """Paid, and not repaid."""
        return self.paid - self.repaid


class GrantBalance(Base):
    """What a project was granted for a department and a budget year, and what has become of it.

    The database refuses to let anybody ask for more than was granted, or pay more than was asked for.
    """

    __tablename__ = "grant_balance"
    __recorded__ = False  # told by the ledger entries that it sums
    __table_args__ = (
        UniqueConstraint("project_id", "department_id", "year"),
        CheckConstraint("remaining = granted - requisitioned + repaid - returned", name="adds_up"),
        CheckConstraint("remaining >= 0", name="never_below_zero"),
        CheckConstraint(
            "repaid >= 0 and repaid <= paid and paid <= requisitioned and returned >= 0", name="in_order"
        ),
        Index("ix_grant_balance_programme_id", "programme_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="RESTRICT"))
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id", ondelete="RESTRICT"))
    year: Mapped[int]
    granted: Mapped[Decimal] = mapped_column(Money)
    requisitioned: Mapped[Decimal] = mapped_column(Money)
    """Asked for, paid or not."""
    paid: Mapped[Decimal] = mapped_column(Money)
    repaid: Mapped[Decimal] = mapped_column(Money)
    """Paid once and not used: it is left again, to be asked for or returned."""
    returned: Mapped[Decimal] = mapped_column(Money)
    remaining: Mapped[Decimal] = mapped_column(Money)
    """Neither asked for nor returned, or repaid since."""


class EntryKind(StrEnum):
    """What a ledger entry does."""

    FRAME = "frame"
    """The frame is set or changed by a decision of the council."""
    GRANT = "grant"
    """Money of the frame is granted to a project."""
    REQUISITION = "requisition"
    """A project asks for granted money; negative when it asks for less, or no longer."""
    PAYMENT = "payment"
    """What was asked for is paid."""
    REPAYMENT = "repayment"
    """What was paid and not used comes back to the project's account."""
    RETURN = "return"
    """Granted money that nobody has asked for is free again."""
    MOVE = "move"
    """Granted money goes to another year or department of the project: two lines that add up to nothing."""


def effect_on_frame(kind: EntryKind, amount: Decimal) -> Decimal:
    """How much more is left of the frame after an entry."""
    return _EFFECT_ON_FRAME.get(kind, 0) * amount


_EFFECT_ON_FRAME = {EntryKind.FRAME: 1, EntryKind.GRANT: -1, EntryKind.RETURN: 1}


class LedgerEntry(Base):
    """One line of the frame's ledger. The ledger only adds: a mistake is put right by a new line."""

    __tablename__ = "ledger_entry"
    __fixed__ = True
    __table_args__ = (
        CheckConstraint(
            "kind in ('frame', 'grant', 'requisition', 'payment', 'repayment', 'return', 'move')",
            name="kind_known",
        ),
        CheckConstraint(
            "kind = 'frame' or (project_id is not null and department_id is not null and year is not null)",
            name="grant_complete",
        ),
        CheckConstraint(
            "kind not in ('grant', 'payment', 'repayment', 'return') or amount > 0", name="direction"
        ),
        Index("ix_ledger_entry_programme_id_kind", "programme_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="RESTRICT"))
    kind: Mapped[str] = mapped_column(String(20))
    amount: Mapped[Decimal] = mapped_column(Money)
    """Kronor; what changes the frame, a requisition or a move may be negative."""
    booked_on: Mapped[date]
    """The day of what the entry tells: a decision, a payment."""
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"), index=True)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id", ondelete="RESTRICT"))
    year: Mapped[int | None]
    """The budget year that a granted amount belongs to."""
    reference: Mapped[str] = mapped_column(String(200))
    """The decision that the entry rests on."""
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Round(Base):
    """A time in which applications are taken in."""

    __tablename__ = "application_round"
    __table_args__ = (CheckConstraint("closes_on is null or closes_on >= opens_on", name="period_forward"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="RESTRICT"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    opens_on: Mapped[date]
    closes_on: Mapped[date | None]
    """Last day to submit; None: rolling, open until further notice."""
    answer_within_days: Mapped[int] = mapped_column(default=60)
    """How long an applicant should at most wait for a decision: a case that is older is late."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads a plain dict here
