"""What a programme has decided that calculations, decisions and follow-ups rest on, each from a day on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.calibration import Assumption, Expectation
from app.core.follow_up import Schedule
from app.db import Base, Money, Quantity, Rate


class CalculationSettings(Base):
    """What every benefit calculation assumes, from a date on. Old calculations keep the row they used."""

    __tablename__ = "calculation_settings"
    __table_args__ = (
        UniqueConstraint("programme_id", "valid_from"),
        CheckConstraint("horizon_years between 1 and 30", name="horizon_sensible"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="RESTRICT"))
    valid_from: Mapped[date]
    discount_rate: Mapped[Decimal] = mapped_column(Rate)
    """Kalkylränta: 0.035 is 3,5 % a year, real."""
    internal_rate: Mapped[Decimal] = mapped_column(Rate)
    """Internränta: the interest on invested capital."""
    price_year: Mapped[int]
    payroll_overhead: Mapped[Decimal] = mapped_column(Rate)
    """Personalomkostnadspålägg on a salary."""
    horizon_years: Mapped[int]
    """Kalkylperiod: how many years a calculation runs."""
    reference: Mapped[str] = mapped_column(String(200), default="")


class PriceIndex(Base):
    """What prices were in each year, against each other, from a date on: carries amounts between years."""

    __tablename__ = "price_index"
    __table_args__ = (UniqueConstraint("programme_id", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="RESTRICT"))
    valid_from: Mapped[date]
    name: Mapped[str] = mapped_column(String(120))
    """Which index, and its base year."""
    values: Mapped[dict[str, str]] = mapped_column(JSON)
    """Year -> index as a decimal string: one row, since an index is published and replaced as a whole."""
    reference: Mapped[str] = mapped_column(String(200), default="")

    @property
    def by_year(self) -> dict[int, Decimal]:
        """Calendar year -> index, the first year first."""
        return {int(year): Decimal(value) for year, value in sorted(self.values.items())}


class HourlyRate(Base):
    """What an hour of a kind of staff costs, overhead included, from a date on."""

    __tablename__ = "hourly_rate"
    __table_args__ = (UniqueConstraint("programme_id", "staff_category", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="RESTRICT"))
    staff_category: Mapped[str] = mapped_column(String(120))
    valid_from: Mapped[date]
    rate: Mapped[Decimal] = mapped_column(Money)


class DelegationLimit(Base):
    """How much a decision-maker may decide on, per agreement, from a date on."""

    __tablename__ = "delegation_limit"
    __table_args__ = (UniqueConstraint("programme_id", "decider", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="RESTRICT"))
    decider: Mapped[str] = mapped_column(String(160))
    """The office that decides, never a person's name."""
    limit: Mapped[Decimal | None] = mapped_column("limit_amount", Money)
    """None: no limit (the political committee)."""
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    reference: Mapped[str] = mapped_column(String(200), default="")


class FollowUpSettings(Base):
    """When what projects have left is followed up, from a date on. What was planned before keeps its days."""

    __tablename__ = "follow_up_settings"
    __table_args__ = (
        UniqueConstraint("programme_id", "valid_from"),
        CheckConstraint("working_days between 0 and 120", name="working_days_sensible"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="RESTRICT"))
    valid_from: Mapped[date]
    months: Mapped[list[int]] = mapped_column(JSON)
    """After the hand-over, rising."""
    working_days: Mapped[int]
    """From the day of a follow-up until it is due."""
    reference: Mapped[str] = mapped_column(String(200), default="")

    @property
    def schedule(self) -> Schedule:
        """The same, to count with."""
        return Schedule(tuple(self.months), self.working_days)


class OutcomeSettings(Base):
    """What is believed of benefits before any has been measured, from a date on."""

    __tablename__ = "outcome_settings"
    __table_args__ = (
        UniqueConstraint("programme_id", "valid_from"),
        CheckConstraint("share >= 0", name="share_sensible"),
        CheckConstraint("share_spread > 0 and months_spread > 0", name="spreads_positive"),
        CheckConstraint("cases between 1 and 1000", name="cases_sensible"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="RESTRICT"))
    valid_from: Mapped[date]
    share: Mapped[Decimal] = mapped_column(Rate)
    """So much of what is promised comes: 0.7 is 70 %."""
    share_spread: Mapped[Decimal] = mapped_column(Rate)
    """Its standard deviation."""
    months: Mapped[Decimal] = mapped_column(Quantity)
    """So late it comes."""
    months_spread: Mapped[Decimal] = mapped_column(Quantity)
    cases: Mapped[int]
    """So many measured projects weigh as much."""
    reference: Mapped[str] = mapped_column(String(200), default="")

    @property
    def assumption(self) -> Assumption:
        """The same, to count with."""
        return Assumption(
            share=Expectation(self.share, self.share_spread, self.cases),
            months_late=Expectation(self.months, self.months_spread, self.cases),
        )


class Criterion(Base):
    """A criterion that applications are assessed by, from a date on."""

    __tablename__ = "criterion"
    __table_args__ = (CheckConstraint("weight > 0", name="weight_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="RESTRICT"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(160))
    weight: Mapped[int]
    """Per cent of the whole."""
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]

    anchors: Mapped[list[CriterionAnchor]] = relationship(order_by="CriterionAnchor.score", lazy="raise")


class CriterionAnchor(Base):
    """What a score from 1 to 5 on a criterion means, in words."""

    __tablename__ = "criterion_anchor"
    __table_args__ = (
        UniqueConstraint("criterion_id", "score"),
        CheckConstraint("score between 1 and 5", name="score_in_scale"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id", ondelete="RESTRICT"))
    score: Mapped[int]
    text: Mapped[str] = mapped_column(String(400))
