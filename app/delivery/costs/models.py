"""Costs and hours of a project: what is entered stays; what was wrong is voided, and entered anew."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.db import Base, Money, Quantity, Rate, UTCDateTime
from app.delivery.plans.models import BudgetLine, EffortLine


class CostEntry(Base):
    """Something that was paid or worked: money, hours, or hours at a rate. Never changed."""

    __tablename__ = "cost_entry"
    __fixed__ = True
    __table_args__ = (
        CheckConstraint("financier in ('programme', 'own_budget')", name="financier_known"),
        CheckConstraint("hours is not null or amount <> 0", name="not_nothing"),
        CheckConstraint("rate is null or (hours is not null and rate >= 0)", name="rate_of_hours"),
        CheckConstraint(
            "amount between -10000000000000 and 10000000000000"
            " and (hours is null or hours between -10000000000 and 10000000000)"
            " and (rate is null or rate <= 10000000)",
            name="sensible",
        ),
        # Hours have four decimals and money two: half an öre is 5000 of their product.
        CheckConstraint("rate is null or abs(amount * 10000 - hours * rate) <= 5000", name="priced"),
        Index("ix_cost_entry_project_id_booked_on", "project_id", "booked_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    booked_on: Mapped[date]
    activity: Mapped[str] = mapped_column(String(200))
    """What was done or bought."""
    role: Mapped[str] = mapped_column(String(200), default="")
    """Who worked, by role: the planned one's name at the time, or another."""
    budget_line_id: Mapped[int | None] = mapped_column(
        ForeignKey("budget_line.id", ondelete="RESTRICT"), index=True
    )
    """None: outside the plan."""
    effort_line_id: Mapped[int | None] = mapped_column(
        ForeignKey("effort_line.id", ondelete="RESTRICT"), index=True
    )
    """None: a role that the plan does not have, or no hours."""
    hours: Mapped[Decimal | None] = mapped_column(Quantity)
    rate: Mapped[Decimal | None] = mapped_column(Money)
    """Kronor an hour."""
    amount: Mapped[Decimal] = mapped_column(Money)
    """Hours times rate where there is a rate; 0 for hours without one; below zero for what came back."""
    financier: Mapped[str] = mapped_column(String(20))
    """Who paid, as it was when it was entered."""
    entered_at: Mapped[datetime] = mapped_column(UTCDateTime)
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))

    budget_line: Mapped[BudgetLine | None] = relationship(lazy="raise")
    effort_line: Mapped[EffortLine | None] = relationship(lazy="raise")
    entered_by: Mapped[Person] = relationship(lazy="raise")
    void: Mapped[CostVoid | None] = relationship(lazy="raise", viewonly=True)


class CostVoid(Base):
    """That an entry does not count, and why."""

    __tablename__ = "cost_void"
    __fixed__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"), index=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("cost_entry.id", ondelete="RESTRICT"), unique=True)
    reason: Mapped[str] = mapped_column(Text)
    voided_at: Mapped[datetime] = mapped_column(UTCDateTime)
    voided_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))

    voided_by: Mapped[Person] = relationship(lazy="raise")


class EffortAssessment(Base):
    """How much a planned role has worked, as somebody judges it: for time that nobody keeps by the hour."""

    __tablename__ = "effort_assessment"
    __fixed__ = True
    __table_args__ = (
        CheckConstraint("(hours_low is null) = (hours_high is null)", name="range_whole"),
        CheckConstraint("hours_low is null or hours_low between 0 and hours_high", name="range_forward"),
        CheckConstraint("share is null or share between 0 and 1000000", name="share_sensible"),
        CheckConstraint("hours_low is not null or share is not null", name="not_nothing"),
        Index("ix_effort_assessment_effort_line_id_until", "effort_line_id", "until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"), index=True)
    effort_line_id: Mapped[int] = mapped_column(ForeignKey("effort_line.id", ondelete="RESTRICT"))
    until: Mapped[date]
    """It covers the time from the beginning of the project to this day, all who have the role together."""
    hours_low: Mapped[Decimal | None] = mapped_column(Quantity)
    hours_high: Mapped[Decimal | None] = mapped_column(Quantity)
    share: Mapped[Decimal | None] = mapped_column(Rate)
    note: Mapped[str] = mapped_column(Text, default="")
    """What the judgement rests on."""
    assessed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    assessed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
