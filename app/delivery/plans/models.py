"""The plan of a project as it stands, and its baselines, which stay as they were fixed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Department, Person
from app.benefits.models import BenefitLine
from app.db import Base, Money, Quantity, Rate, UTCDateTime


class ProjectPlan(Base):
    """That a project has a plan, and the period that it covers."""

    __tablename__ = "project_plan"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="period_forward"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"), unique=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    scope: Mapped[str] = mapped_column(Text, default="")
    """How what the project does differs from the decided application, in words."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads a plain dict here


class PlanRow(Base):
    """A row of a list in the plan, which is saved as a whole."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"), index=True)
    position: Mapped[int]


class Milestone(PlanRow):
    """Something that is to be ready: as planned now, as expected, and as it came."""

    __tablename__ = "milestone"
    __table_args__ = (CheckConstraint("kind in ('milestone', 'delivery')", name="kind_known"),)

    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    planned_on: Mapped[date]
    """In the newest baseline, or in the plan that is being drawn up."""
    responsible: Mapped[str] = mapped_column(String(160), default="")
    """A role."""
    forecast_on: Mapped[date | None]
    """When it is expected now; None: as planned."""
    reached_on: Mapped[date | None]
    """The day that it was ready."""

    @property
    def expected_on(self) -> date:
        """The day that it was ready, else the forecast, else the plan."""
        return self.reached_on or self.forecast_on or self.planned_on


class BudgetLine(PlanRow):
    """A cost that the project is planned to have; what it has cost is entered against it."""

    __tablename__ = "budget_line"
    __table_args__ = (
        CheckConstraint(
            "kind in ('one_off', 'operation', 'internal_hours', 'change_management', 'contingency')",
            name="kind_known",
        ),
        CheckConstraint("financier in ('programme', 'own_budget')", name="financier_known"),
    )

    description: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id", ondelete="RESTRICT"))
    financier: Mapped[str] = mapped_column(String(20))

    department: Mapped[Department] = relationship(lazy="raise")
    amounts: Mapped[list[BudgetAmount]] = relationship(
        order_by="BudgetAmount.year", lazy="raise", cascade="all, delete-orphan"
    )


class BudgetAmount(Base):
    """What a budget line holds for one year."""

    __tablename__ = "budget_amount"
    __table_args__ = (
        UniqueConstraint("budget_line_id", "year"),
        CheckConstraint("year between 2000 and 2100", name="year_sensible"),
        CheckConstraint("amount > 0", name="positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    budget_line_id: Mapped[int] = mapped_column(ForeignKey("budget_line.id", ondelete="RESTRICT"))
    year: Mapped[int]
    amount: Mapped[Decimal] = mapped_column(Money)


class EffortLine(PlanRow):
    """The work that a role is planned to do, in hours, as a share of time, or both."""

    __tablename__ = "effort_line"
    __table_args__ = (
        CheckConstraint("(hours_low is null) = (hours_high is null)", name="range_whole"),
        CheckConstraint("hours_low is null or hours_low between 0 and hours_high", name="range_forward"),
        CheckConstraint("share is null or share between 0 and 1000000", name="share_sensible"),
    )

    role: Mapped[str] = mapped_column(String(200))
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id", ondelete="RESTRICT"))
    hours_low: Mapped[Decimal | None] = mapped_column(Quantity)
    hours_high: Mapped[Decimal | None] = mapped_column(Quantity)
    share: Mapped[Decimal | None] = mapped_column(Rate)

    department: Mapped[Department] = relationship(lazy="raise")


class PlannedBenefit(Base):
    """From which day a benefit of the application is expected, and what it is worth when not as decided."""

    __tablename__ = "planned_benefit"
    __table_args__ = (
        UniqueConstraint("project_id", "benefit_line_id"),
        CheckConstraint("yearly is null or yearly >= 0", name="not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    benefit_line_id: Mapped[int] = mapped_column(ForeignKey("benefit_line.id", ondelete="RESTRICT"))
    starts_on: Mapped[date | None]
    yearly: Mapped[Decimal | None] = mapped_column(Money)
    """Kronor a year at full effect, in the prices of the line; None: as the decided application says."""
    working: Mapped[str] = mapped_column(Text, default="")
    """How that amount was counted."""

    line: Mapped[BenefitLine] = relationship(lazy="raise")


class SteeringMember(PlanRow):
    """Who steers the project: a role, never a person's name, which would outlive the person's time."""

    __tablename__ = "steering_member"

    role: Mapped[str] = mapped_column(String(200))
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id", ondelete="RESTRICT"))
    chairs: Mapped[bool] = mapped_column(default=False)

    department: Mapped[Department] = relationship(lazy="raise")


class SteeringMeeting(PlanRow):
    """A meeting of the steering group, planned or held."""

    __tablename__ = "steering_meeting"

    planned_on: Mapped[date]
    held_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
    """What was decided, or where the minutes are."""


class Baseline(Base):
    """The plan as it was when a decision was made on it. Numbered from 1; the first follows the grant."""

    __tablename__ = "baseline"
    __hidden__ = ("content",)  # the history tells its fingerprint
    __fixed__ = True
    __table_args__ = (
        UniqueConstraint("project_id", "number"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("(decision_id is null) <> (change_number is null)", name="made_by_one_decision"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    number: Mapped[int]
    decision_id: Mapped[int | None] = mapped_column(
        ForeignKey("decision.id", ondelete="RESTRICT"), index=True
    )
    """The decision that granted the money: it made the first."""
    change_number: Mapped[int | None]
    """The project's request to change whose decision made a later one."""
    reason: Mapped[str] = mapped_column(Text, default="")
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The plan as a document that needs no other record to be read."""
    content_sha256: Mapped[str] = mapped_column(String(64))
    established_at: Mapped[datetime] = mapped_column(UTCDateTime)
    established_on: Mapped[date]
    """The same as a Swedish day: the project reports on periods that end on it or later."""
    established_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))

    established_by: Mapped[Person] = relationship(lazy="raise")
