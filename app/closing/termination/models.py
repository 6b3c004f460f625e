"""The decision to interrupt a project, and what the project leaves."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.benefits.models import BenefitLine
from app.db import Base, Money, Rate, UTCDateTime
from app.delivery.plans.models import PlanRow


class Termination(Base):
    """That a project is interrupted: who decided it, on which day, and why. Never changed."""

    __tablename__ = "termination"
    __fixed__ = True
    __table_args__ = (CheckConstraint("decided_by <> '' and reasons <> ''", name="says_who_and_why"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"), unique=True)
    decided_on: Mapped[date]
    decided_by: Mapped[str] = mapped_column(String(200))
    """Who decided that the project should not go on: the steering group, a committee."""
    reasons: Mapped[str] = mapped_column(Text)
    reference: Mapped[str] = mapped_column(String(200), default="")
    """The decision that the programme made on it."""
    begun_at: Mapped[datetime] = mapped_column(UTCDateTime)
    begun_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))

    begun_by: Mapped[Person] = relationship(lazy="raise")


class TerminationAccount(Base):
    """What the project leader tells of it in words, and of which kinds of things there are none."""

    __tablename__ = "termination_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"), unique=True)
    delivered: Mapped[str] = mapped_column(Text, default="")
    """What was ready when the project was interrupted."""
    spent: Mapped[str] = mapped_column(Text, default="")
    """What was spent and worked besides what is booked."""
    nothing_reusable: Mapped[bool] = mapped_column(default=False)
    no_contracts: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads a plain dict here


class ReusableResult(PlanRow):
    """Something that the project made and somebody else can use."""

    __tablename__ = "reusable_result"

    result: Mapped[str] = mapped_column(String(200))
    useful_to: Mapped[str] = mapped_column(String(200))
    """Who can use it: a department, a role, later projects."""
    place: Mapped[str] = mapped_column(String(400))
    """Where it is."""


class ContractToEnd(PlanRow):
    """A contract that the project has, and what becomes of it."""

    __tablename__ = "contract_to_end"
    __table_args__ = (
        CheckConstraint("status in ('open', 'notice_given', 'ended', 'taken_over')", name="status_known"),
        CheckConstraint("status not in ('notice_given', 'ended') or ends_on is not null", name="has_its_end"),
        CheckConstraint("(status = 'taken_over') = (taken_over_by <> '')", name="taken_over_by_somebody"),
        CheckConstraint("cost >= 0", name="cost_not_negative"),
    )

    supplier: Mapped[str] = mapped_column(String(200))
    reference: Mapped[str] = mapped_column(String(200), default="")
    """The contract's number, or what it is called."""
    status: Mapped[str] = mapped_column(String(20))
    notice_by: Mapped[date | None]
    """The last day to give notice."""
    ends_on: Mapped[date | None]
    cost: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    """What it costs to end it, in kronor."""
    taken_over_by: Mapped[str] = mapped_column(String(200), default="")
    """A role, never a person's name."""


class BenefitOutcome(Base):
    """What becomes of a benefit that the decided application promised."""

    __tablename__ = "benefit_outcome"
    __table_args__ = (
        UniqueConstraint("project_id", "benefit_line_id"),
        CheckConstraint("fate in ('written_off', 'partly')", name="fate_known"),
        CheckConstraint(
            "share is null or (fate = 'partly' and share > 0 and share < 1000000)", name="share_of_what_comes"
        ),
        CheckConstraint("(fate = 'partly') = (owner <> '')", name="owned_by_somebody"),
        CheckConstraint("reason <> ''", name="has_its_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    benefit_line_id: Mapped[int] = mapped_column(ForeignKey("benefit_line.id", ondelete="RESTRICT"))
    fate: Mapped[str] = mapped_column(String(20))
    share: Mapped[Decimal | None] = mapped_column(Rate)
    """How much of what was promised comes all the same, as a fraction; None for what has no price."""
    owner: Mapped[str] = mapped_column(String(200), default="")
    """The role that answers for what comes all the same."""
    reason: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)

    line: Mapped[BenefitLine] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads a plain dict here
