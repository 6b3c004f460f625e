"""How a benefit ends, what was said of that, what is expected of it meanwhile, and what is decided to be
promised of it when its project has ended. All of it fixed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.db import Base, Money, UTCDateTime


class BenefitClosing(Base):
    """Its department proposes how a benefit ends."""

    __tablename__ = "benefit_closing"
    __fixed__ = True
    __table_args__ = (
        CheckConstraint("outcome in ('realised', 'partly', 'abandoned')", name="outcome_known"),
        CheckConstraint("reason <> ''", name="has_its_reason"),
        CheckConstraint("lost is null or lost >= 0", name="lost_not_negative"),
        CheckConstraint("outcome <> 'realised' or lost is null", name="nothing_lost_of_all"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"), index=True)
    benefit_id: Mapped[int] = mapped_column(ForeignKey("benefit.id", ondelete="RESTRICT"), index=True)
    outcome: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    lost: Mapped[Decimal | None] = mapped_column(Money)
    """Kronor a year that will not come; None: all of it comes, or it has no price."""
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    proposed_at: Mapped[datetime] = mapped_column(UTCDateTime)

    proposed_by: Mapped[Person] = relationship(lazy="raise")


class BenefitVerdict(Base):
    """The secretariat verifies it, or sends it back: never the person who proposed it."""

    __tablename__ = "benefit_verdict"
    __fixed__ = True
    __table_args__ = (
        CheckConstraint("judged_by_id <> proposed_by_id", name="four_eyes"),
        CheckConstraint("verified or words <> ''", name="sent_back_with_words"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"), index=True)
    closing_id: Mapped[int] = mapped_column(
        ForeignKey("benefit_closing.id", ondelete="RESTRICT"), unique=True
    )
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    judged_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    verified: Mapped[bool]
    words: Mapped[str] = mapped_column(Text)
    judged_at: Mapped[datetime] = mapped_column(UTCDateTime)

    judged_by: Mapped[Person] = relationship(foreign_keys=[judged_by_id], lazy="raise")


class BenefitForecast(Base):
    """What is expected of the benefit, beside what was promised: the newest holds."""

    __tablename__ = "benefit_forecast"
    __fixed__ = True
    __table_args__ = (
        CheckConstraint("yearly >= 0", name="not_negative"),
        CheckConstraint("reason <> ''", name="has_its_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"), index=True)
    benefit_id: Mapped[int] = mapped_column(ForeignKey("benefit.id", ondelete="RESTRICT"), index=True)
    yearly: Mapped[Decimal] = mapped_column(Money)
    """Kronor a year at full effect, in the price year of the promise."""
    starts_on: Mapped[date]
    """From when it comes."""
    reason: Mapped[str] = mapped_column(Text)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)

    made_by: Mapped[Person] = relationship(lazy="raise")


class BenefitDecision(Base):
    """Another promise, decided when the project has ended. The newest holds; what was promised is kept."""

    __tablename__ = "benefit_decision"
    __fixed__ = True
    __table_args__ = (
        CheckConstraint("yearly >= 0", name="not_negative"),
        CheckConstraint("reason <> '' and reference <> ''", name="has_its_ground"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"), index=True)
    benefit_id: Mapped[int] = mapped_column(ForeignKey("benefit.id", ondelete="RESTRICT"), index=True)
    yearly: Mapped[Decimal] = mapped_column(Money)
    """Kronor a year at full effect, in the price year of the benefit."""
    starts_on: Mapped[date]
    promised_total: Mapped[Decimal] = mapped_column(Money)
    """Over the calculation's years, by the calculation."""
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What was promised until then, by the names of the benefit's columns."""
    reason: Mapped[str] = mapped_column(Text)
    reference: Mapped[str] = mapped_column(String(200))
    """Where the decision is found."""
    decided_on: Mapped[date]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)

    decided_by: Mapped[Person] = relationship(lazy="raise")

    @property
    def yearly_before(self) -> Decimal:
        """Kronor a year that were promised until then."""
        return Decimal(self.before["yearly"])
