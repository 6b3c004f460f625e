"""Promised benefits and what comes of them: how each is to be measured, and every measurement."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Department, Person
from app.core.realisation import BenefitStanding
from app.db import Base, Money, Quantity, Rate, UTCDateTime


class Benefit(Base):
    """A benefit that a project with a plan has promised, as decided requests have changed it since."""

    __tablename__ = "benefit"
    __derived__ = ("measured_until", "next_due_on", "fulfilment", "realised")
    __table_args__ = (
        CheckConstraint("category in ('financial', 'redistribution', 'quality')", name="category_known"),
        CheckConstraint("method in ('fixed', 'saved_time', 'unit_price', 'described')", name="method_known"),
        CheckConstraint("realised >= 0", name="realised_not_negative"),
        CheckConstraint(
            "evidence is null or evidence in ('measured', 'comparable', 'estimate', 'assumption')",
            name="evidence_known",
        ),
        CheckConstraint("standing in ('open', 'proposed', 'closed')", name="standing_known"),
        CheckConstraint(
            "(standing = 'closed') = (outcome is not null)"
            " and (outcome is null or outcome in ('realised', 'partly', 'abandoned'))",
            name="closed_with_outcome",
        ),
        Index("ix_benefit_project_id", "project_id", "position"),
        Index("ix_benefit_department_id", "department_id"),
        Index("ix_benefit_next_due_on", "next_due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    benefit_line_id: Mapped[int] = mapped_column(
        ForeignKey("benefit_line.id", ondelete="RESTRICT"), unique=True
    )
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    category: Mapped[str] = mapped_column(String(20))
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id", ondelete="RESTRICT"))
    """Where it falls."""
    evidence: Mapped[str | None] = mapped_column(String(20))
    """How sure the decided application says that its figures are; None: it does not say."""
    method: Mapped[str] = mapped_column(String(20))
    """What of it is counted in a period."""
    unit_value: Mapped[Decimal | None] = mapped_column(Money)
    """Kronor for an hour or for a unit; None where kronor are counted, and for what is told in words."""
    price_factor: Mapped[str] = mapped_column(String(60), default="1")
    """What kronor of its own price year are multiplied by to be those of the calculation, as a decimal."""
    counted: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """What the calculation counts with in a year, by the name of the input, as decimals."""
    price_year: Mapped[int]
    """Of every amount here."""
    yearly: Mapped[Decimal | None] = mapped_column(Money)
    """Kronor a year at full effect; None: told in words."""
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    ramp: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Share of full effect in the first, second, … year, as decimals."""
    promised: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """Whole kronor by calendar year, over the calculation's years."""
    promised_total: Mapped[Decimal | None] = mapped_column(Money)
    standing: Mapped[str] = mapped_column(String(20), default=BenefitStanding.OPEN.value)
    outcome: Mapped[str | None] = mapped_column(String(20))
    """How it ended."""
    measured_until: Mapped[date | None]
    """The last day of the last period that is measured."""
    next_due_on: Mapped[date | None]
    """The day by which the next period is to be measured; None: nothing is to be measured."""
    fulfilment: Mapped[Decimal | None] = mapped_column(Rate)
    """Of what was expected, by the last measurement."""
    realised: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    """Kronor, by all measurements that stand."""

    department: Mapped[Department] = relationship(lazy="raise")


class Indicator(Base):
    """Something that is counted the same way every time; benefits of several projects may claim it."""

    __tablename__ = "indicator"
    __fixed__ = True
    __table_args__ = (
        UniqueConstraint("department_id", "name"),
        CheckConstraint("direction in ('rise', 'fall')", name="direction_known"),
        CheckConstraint("name <> '' and unit <> ''", name="named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id", ondelete="RESTRICT"))
    """Where it is counted."""
    name: Mapped[str] = mapped_column(String(200))
    unit: Mapped[str] = mapped_column(String(60))
    direction: Mapped[str] = mapped_column(String(10))
    """Which way it moves when things become better."""

    department: Mapped[Department] = relationship(lazy="raise")


class IndicatorBalance(Base):
    """How much of an indicator's movement benefits have claimed: never more than all of it."""

    __tablename__ = "indicator_balance"
    __recorded__ = False
    __table_args__ = (CheckConstraint("claimed between 0 and 1000000", name="at_most_all"),)

    indicator_id: Mapped[int] = mapped_column(
        ForeignKey("indicator.id", ondelete="RESTRICT"), primary_key=True
    )
    claimed: Mapped[Decimal] = mapped_column(Rate)


class BenefitPlan(Base):
    """Who answers for a benefit, by what it is seen, and how it is measured."""

    __tablename__ = "benefit_plan"
    __table_args__ = (
        CheckConstraint("share > 0 and share <= 1000000", name="share_of_one"),
        CheckConstraint("every_months in (1, 3, 6, 12)", name="often_enough"),
        CheckConstraint("owner_role <> '' and measurer_role <> ''", name="answered_for"),
        Index("ix_benefit_plan_indicator_id", "indicator_id"),
        Index("ix_benefit_plan_department_id", "department_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"), index=True)
    benefit_id: Mapped[int] = mapped_column(ForeignKey("benefit.id", ondelete="RESTRICT"), unique=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id", ondelete="RESTRICT"))
    """The department that owns the benefit."""
    owner_role: Mapped[str] = mapped_column(String(160))
    """The role in it that answers for the benefit: it survives a person's leaving."""
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    """Who holds the role now."""
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id", ondelete="RESTRICT"))
    share: Mapped[Decimal] = mapped_column(Rate)
    """The part of the indicator's movement that is this benefit's."""
    baseline: Mapped[Decimal] = mapped_column(Quantity)
    baseline_on: Mapped[date]
    baseline_source: Mapped[str] = mapped_column(Text)
    target: Mapped[Decimal] = mapped_column(Quantity)
    target_on: Mapped[date]
    how: Mapped[str] = mapped_column(Text)
    """How it is measured, and from where the figures come."""
    every_months: Mapped[int]
    measurer_role: Mapped[str] = mapped_column(String(160))
    measurer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    department: Mapped[Department] = relationship(lazy="raise")
    indicator: Mapped[Indicator] = relationship(lazy="raise")
    owner: Mapped[Person | None] = relationship(foreign_keys=[owner_id], lazy="raise")
    measurer: Mapped[Person | None] = relationship(foreign_keys=[measurer_id], lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads a plain dict here


class Measurement(Base):
    """What was measured of a benefit in a period. Fixed: a mistake is put right by another that replaces it.

    The database refuses two that stand and have a month in common.
    """

    __tablename__ = "measurement"
    __fixed__ = True
    __table_args__ = (
        UniqueConstraint("replaces_id"),
        CheckConstraint("ends_on > begins_on", name="period_forward"),
        CheckConstraint("(replaces_id is null) = (correction = '')", name="replaced_with_reason"),
        CheckConstraint("value is null or value >= 0", name="value_not_negative"),
        CheckConstraint("source <> ''", name="has_its_source"),
        Index("ix_measurement_benefit_id", "benefit_id", "begins_on"),
        Index("ix_measurement_project_id", "project_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    benefit_id: Mapped[int] = mapped_column(ForeignKey("benefit.id", ondelete="RESTRICT"))
    begins_on: Mapped[date]
    ends_on: Mapped[date]
    """Whole months of one calendar year."""
    indicator_value: Mapped[Decimal] = mapped_column(Quantity)
    amount: Mapped[Decimal | None] = mapped_column(Money)
    """Kronor in the period, for the method fixed."""
    volume: Mapped[Decimal | None] = mapped_column(Quantity)
    """Cases in the period, for the method saved_time."""
    minutes_saved: Mapped[Decimal | None] = mapped_column(Quantity)
    share: Mapped[Decimal | None] = mapped_column(Rate)
    quantity: Mapped[Decimal | None] = mapped_column(Quantity)
    """Units in the period, for the method unit_price."""
    value: Mapped[Decimal | None] = mapped_column(Money)
    """Kronor in the period before the benefit's own share; None: told in words."""
    source: Mapped[str] = mapped_column(Text)
    explanation: Mapped[str] = mapped_column(Text)
    """Why it falls short of what was expected."""
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("measurement.id", ondelete="RESTRICT"))
    correction: Mapped[str] = mapped_column(Text)
    """Why it replaces another."""
    measured_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    measured_at: Mapped[datetime] = mapped_column(UTCDateTime)

    measured_by: Mapped[Person] = relationship(lazy="raise")
