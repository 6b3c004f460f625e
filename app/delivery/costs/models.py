"""Costs and hours of a project: what is entered stays; what was wrong is voided, and entered anew."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accepted.attached import AttachedFile
from app.accounts.models import Person
from app.db import Base, Money, Quantity, Rate, UTCDateTime
from app.delivery.plans.models import BudgetLine, EffortLine


class CostEntry(Base):
    """Something that was paid or worked: money, hours, or hours at a rate. Never changed."""

    __tablename__ = "cost_entry"
    __fixed__ = True
    __told_by__ = "read_in_id"
    __table_args__ = (
        CheckConstraint("(read_in_id is null) = (row_number is null)", name="row_of_a_file"),
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
        Index("uq_cost_entry_read_in_id_row_number", "read_in_id", "row_number", unique=True),
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
    read_in_id: Mapped[int | None] = mapped_column(ForeignKey("cost_read_in.id", ondelete="RESTRICT"))
    """None: entered by hand."""
    row_number: Mapped[int | None]
    """The row of the file that it was read from, as the person sees it there."""

    budget_line: Mapped[BudgetLine | None] = relationship(lazy="raise")
    effort_line: Mapped[EffortLine | None] = relationship(lazy="raise")
    entered_by: Mapped[Person] = relationship(lazy="raise")
    void: Mapped[CostVoid | None] = relationship(lazy="raise", viewonly=True)
    read_in: Mapped[CostReadIn | None] = relationship(lazy="raise", viewonly=True)


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


class CostReadIn(AttachedFile, Base):
    """A file whose rows were entered, all of them at once. Vouches for its rows by their print."""

    __tablename__ = "cost_read_in"
    __fixed__ = True
    __table_args__ = (
        UniqueConstraint("project_id", "sha256", "attempt"),
        CheckConstraint("size > 0 and row_count > 0 and attempt > 0", name="something"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    attempt: Mapped[int]
    """1; higher when the same file had been read in and was undone."""
    columns: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Which columns were read as what."""
    row_count: Mapped[int]
    hours: Mapped[Decimal] = mapped_column(Quantity)
    amount: Mapped[Decimal] = mapped_column(Money)
    rows_sha256: Mapped[str] = mapped_column(String(64))
    read_in_at: Mapped[datetime] = mapped_column(UTCDateTime)
    read_in_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))

    read_in_by: Mapped[Person] = relationship(lazy="raise")
    void: Mapped[CostReadInVoid | None] = relationship(lazy="raise", viewonly=True)


class CostReadInVoid(Base):
    """That none of a file's rows count, and why."""

    __tablename__ = "cost_read_in_void"
    __fixed__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"), index=True)
    read_in_id: Mapped[int] = mapped_column(ForeignKey("cost_read_in.id", ondelete="RESTRICT"), unique=True)
    reason: Mapped[str] = mapped_column(Text)
    voided_at: Mapped[datetime] = mapped_column(UTCDateTime)
    voided_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))


class CostUpload(AttachedFile, Base):
    """A file that somebody is about to read in: one at a time for each project and person."""

    __tablename__ = "cost_upload"
    __recorded__ = False
    __table_args__ = (UniqueConstraint("project_id", "person_id"),)

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    columns: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """As chosen; None until then."""
    account: Mapped[str] = mapped_column(String(40), default="")
    """What rows that name no budget line are booked on."""


class CostColumns(Base):
    """How the columns of a kind of file are read, kept for the next one: by name, in a programme."""

    __tablename__ = "cost_columns"
    __table_args__ = (UniqueConstraint("programme_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="RESTRICT"))
    name: Mapped[str] = mapped_column(String(100))
    headings_sha256: Mapped[str] = mapped_column(String(64))
    """Of the headings that the file had: it is offered where they are the same."""
    columns: Mapped[dict[str, Any]] = mapped_column(JSON)


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
