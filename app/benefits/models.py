"""The lines of a project's benefit calculation: costs and benefits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Department
from app.db import Base, Money, Quantity, Rate


class CostLine(Base):
    """One cost of the project or of the service that it leaves behind."""

    __tablename__ = "cost_line"
    __table_args__ = (
        CheckConstraint(
            "kind in ('one_off', 'operation', 'internal_hours', 'change_management', 'contingency')",
            name="kind_known",
        ),
        CheckConstraint("treatment in ('expensed', 'invested')", name="treatment_known"),
        CheckConstraint("financier in ('programme', 'own_budget')", name="financier_known"),
        Index("ix_cost_line_project_id_position", "project_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    position: Mapped[int]
    description: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    treatment: Mapped[str] = mapped_column(String(10), default="expensed")
    depreciation_years: Mapped[int | None]
    """Only for what is invested."""
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id", ondelete="RESTRICT"))
    """Whose cost it is."""
    financier: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(Text, default="")
    """Where the amount comes from: a tender, an agreement, an estimate and whose."""
    version: Mapped[int] = mapped_column(default=1)
    form_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    """The page that the line was first written on: a form sent twice adds one line."""

    department: Mapped[Department] = relationship(lazy="raise")
    amounts: Mapped[list[CostAmount]] = relationship(
        order_by="CostAmount.year", lazy="raise", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads a plain dict here


class CostAmount(Base):
    """What a cost line costs in one year, in kronor of the price year."""

    __tablename__ = "cost_amount"
    __table_args__ = (
        UniqueConstraint("cost_line_id", "year"),
        CheckConstraint("year between 2000 and 2100", name="year_sensible"),
        CheckConstraint("amount >= 0", name="not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cost_line_id: Mapped[int] = mapped_column(ForeignKey("cost_line.id", ondelete="RESTRICT"))
    year: Mapped[int]
    amount: Mapped[Decimal] = mapped_column(Money)


class BenefitLine(Base):
    """One benefit: what becomes better, for whom, from when, and how it is counted."""

    __tablename__ = "benefit_line"
    __table_args__ = (
        CheckConstraint("category in ('financial', 'redistribution', 'quality')", name="category_known"),
        CheckConstraint(
            "beneficiary in ('residents', 'companies', 'staff', 'department', 'city')",
            name="beneficiary_known",
        ),
        CheckConstraint("method in ('fixed', 'saved_time', 'unit_price', 'described')", name="method_known"),
        CheckConstraint(
            "evidence is null or evidence in ('measured', 'comparable', 'estimate', 'assumption')",
            name="evidence_known",
        ),
        Index("ix_benefit_line_project_id_position", "project_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    position: Mapped[int]
    description: Mapped[str] = mapped_column(String(200))
    category: Mapped[str] = mapped_column(String(20))
    beneficiary: Mapped[str] = mapped_column(String(20))
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id", ondelete="RESTRICT"))
    """Where the benefit falls."""
    method: Mapped[str] = mapped_column(String(20))
    fixed_amount: Mapped[Decimal | None] = mapped_column(Money)
    """Kronor a year at full effect, for the method fixed."""
    volume: Mapped[Decimal | None] = mapped_column(Quantity)
    """Cases a year, for the method saved_time."""
    minutes_saved: Mapped[Decimal | None] = mapped_column(Quantity)
    """Per case."""
    share: Mapped[Decimal | None] = mapped_column(Rate)
    """Share of the cases that will use the service, 0 to 1."""
    hourly_rate: Mapped[Decimal | None] = mapped_column(Money)
    quantity: Mapped[Decimal | None] = mapped_column(Quantity)
    """Units a year, for the method unit_price."""
    unit_price: Mapped[Decimal | None] = mapped_column(Money)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    ramp: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Share of full effect in the first, second, … year after the start, as decimal strings."""
    price_year: Mapped[int | None]
    """None: the price year of the programme's settings."""
    taken_home_how: Mapped[str] = mapped_column(Text, default="")
    """How the benefit is to be taken home (hemtagning)."""
    owner_role: Mapped[str] = mapped_column(String(160), default="")
    """The role that answers for the benefit: it survives a person's leaving."""
    indicator: Mapped[str] = mapped_column(String(200), default="")
    source: Mapped[str] = mapped_column(Text, default="")
    """Where every input comes from."""
    evidence: Mapped[str | None] = mapped_column(String(20))
    """How sure its figures are (values.Evidence); None: nobody has stated it."""
    version: Mapped[int] = mapped_column(default=1)
    form_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    """The page that the line was first written on: a form sent twice adds one line."""

    department: Mapped[Department] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads a plain dict here
