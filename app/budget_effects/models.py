"""What is agreed of a benefit and a budget, every step with it, and two kinds of balances beside."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Department, Person
from app.db import Base, Money, Quantity, UTCDateTime

HELD = "state not in ('declined', 'withdrawn')"


class BudgetEffect(Base):
    """What a department's budget is to become smaller by in a year because a benefit comes, or the freed time
    that stays. Fixed: what is to be otherwise is withdrawn, and promised anew."""

    __tablename__ = "budget_effect"
    __fixed__ = True
    __table_args__ = (
        CheckConstraint("form in ('money', 'posts', 'capacity')", name="form_known"),
        CheckConstraint("side in ('owner', 'controller')", name="side_known"),
        CheckConstraint("amount > 0", name="more_than_nothing"),
        CheckConstraint(
            "(form = 'money') = (staff_years is null) and (staff_years is null or staff_years > 0)",
            name="posts_counted",
        ),
        CheckConstraint("(form = 'capacity') = (used_for <> '')", name="capacity_used"),
        CheckConstraint("cost_centre <> '' and item <> ''", name="placed"),
        CheckConstraint("year between 2000 and 2199", name="year_sensible"),
        Index("ix_budget_effect_benefit_id", "benefit_id"),
        Index("ix_budget_effect_project_id", "project_id"),
        Index("ix_budget_effect_department_id", "department_id", "year"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    benefit_id: Mapped[int] = mapped_column(ForeignKey("benefit.id", ondelete="RESTRICT"))
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id", ondelete="RESTRICT"))
    """The department that owned the benefit when it was promised: its budget."""
    form: Mapped[str] = mapped_column(String(20))
    cost_centre: Mapped[str] = mapped_column(String(40))
    year: Mapped[int]
    """The budget year."""
    item: Mapped[str] = mapped_column(String(120))
    """The post of the budget: an account, or a position."""
    amount: Mapped[Decimal] = mapped_column(Money)
    staff_years: Mapped[Decimal | None] = mapped_column(Quantity)
    """Posts, or time, in full-time equivalents; None: money alone."""
    used_for: Mapped[str] = mapped_column(Text)
    """What time that stays is used for."""
    side: Mapped[str] = mapped_column(String(20))
    """Who has proposed it: the benefit's owner or a controller. The other one agrees."""
    promised_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    promised_at: Mapped[datetime] = mapped_column(UTCDateTime)

    department: Mapped[Department] = relationship(lazy="raise")
    promised_by: Mapped[Person] = relationship(lazy="raise")


class EffectEntry(Base):
    """One step with an effect, or an amount of it: a line of a ledger that only adds."""

    __tablename__ = "effect_entry"
    __fixed__ = True
    __table_args__ = (
        CheckConstraint(
            "step in ('promise', 'agree', 'decline', 'withdraw', 'enter', 'verify', 'return', 'take',"
            " 'take_back')",
            name="step_known",
        ),
        CheckConstraint(
            "(step in ('agree', 'decline', 'verify', 'return')) = (answers_id is not null)"
            " and (answers_id is null or answers_id <> by_id)",
            name="four_eyes",
        ),
        CheckConstraint("amount > 0", name="more_than_nothing"),
        CheckConstraint("step <> 'enter' or reference <> ''", name="has_its_document"),
        CheckConstraint(
            "step not in ('decline', 'withdraw', 'return', 'take_back') or words <> ''", name="says_why"
        ),
        Index("ix_effect_entry_effect_id", "effect_id"),
        Index("ix_effect_entry_project_id", "project_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    effect_id: Mapped[int] = mapped_column(ForeignKey("budget_effect.id", ondelete="RESTRICT"))
    step: Mapped[str] = mapped_column(String(20))
    amount: Mapped[Decimal] = mapped_column(Money)
    """What is taken or taken back; of every other step the whole effect."""
    booked_on: Mapped[date]
    """The day of what the entry tells: a budget decision, a posting."""
    reference: Mapped[str] = mapped_column(String(200))
    """The document or the posting that it rests on."""
    words: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    """Whose step it answers: somebody else's."""
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    by: Mapped[Person] = relationship(foreign_keys=[by_id], lazy="raise")


class EffectBalance(Base):
    """Where an effect stands by its entries. The database refuses two that hold the same post of a budget."""

    __tablename__ = "effect_balance"
    __recorded__ = False  # told by the entries that it follows from
    __table_args__ = (
        CheckConstraint(
            "state in ('promised', 'agreed', 'in_budget', 'verified', 'taken_home', 'declined', 'withdrawn')",
            name="state_known",
        ),
        CheckConstraint("taken between 0 and amount and amount > 0", name="at_most_all"),
        CheckConstraint("(state = 'taken_home') = (taken = amount)", name="all_is_taken_home"),
        CheckConstraint("taken = 0 or state in ('agreed', 'verified', 'taken_home')", name="in_order"),
        Index(
            "uq_effect_balance_post",
            "cost_centre",
            "year",
            "item",
            unique=True,
            sqlite_where=text(HELD),
            postgresql_where=text(HELD),
        ),
    )

    effect_id: Mapped[int] = mapped_column(
        ForeignKey("budget_effect.id", ondelete="RESTRICT"), primary_key=True
    )
    cost_centre: Mapped[str] = mapped_column(String(40))
    """As `core.budget_effects.same` reads it."""
    year: Mapped[int]
    item: Mapped[str] = mapped_column(String(120))
    """Likewise."""
    state: Mapped[str] = mapped_column(String(20))
    amount: Mapped[Decimal] = mapped_column(Money)
    taken: Mapped[Decimal] = mapped_column(Money)
    """Taken home; of time that stays: kept."""
    early: Mapped[bool]
    """It came into the budget before anything was measured."""


class TakenBalance(Base):
    """What of a measured benefit is taken home, and what is kept: never more than what has come."""

    __tablename__ = "taken_balance"
    __recorded__ = False  # told by the entries and the measurements that it sums
    __table_args__ = (
        CheckConstraint("taken_home >= 0 and kept >= 0", name="not_negative"),
        CheckConstraint("taken_home + kept <= realised", name="at_most_what_came"),
    )

    benefit_id: Mapped[int] = mapped_column(ForeignKey("benefit.id", ondelete="RESTRICT"), primary_key=True)
    realised: Mapped[Decimal] = mapped_column(Money)
    """As the register of benefits has it."""
    taken_home: Mapped[Decimal] = mapped_column(Money)
    kept: Mapped[Decimal] = mapped_column(Money)
