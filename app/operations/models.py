"""A service, who answers for it and what it costs; what was accepted, and who held which role, is fixed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Department, Person
from app.core.operation import Standing, YearlyCost, YearlyKind
from app.db import Base, Money, UTCDateTime

_LEVELS = (
    "(confidentiality is null or confidentiality between 1 and 4)"
    " and (integrity is null or integrity between 1 and 4)"
    " and (availability is null or availability between 1 and 4)"
)
_COMPLETE = (
    "standing <> 'accepted' or (owner_role <> '' and business_role <> '' and it_role <> '' and payer <> ''"
    " and financed_until is not null and launched_on is not null and accepted_on is not null"
    " and review_due_on is not null)"
)


class OperatedService(Base):
    """A service that is launched, or soon will be. Roles answer for it; persons hold them for a time."""

    __tablename__ = "operated_service"
    __table_args__ = (
        CheckConstraint(
            "standing in ('planned', 'asked', 'declined', 'accepted', 'decommissioned')",
            name="standing_known",
        ),
        CheckConstraint(_LEVELS, name="levels_known"),
        CheckConstraint(_COMPLETE, name="accepted_complete"),
        CheckConstraint(
            "standing <> 'decommissioned' or decommission_on is not null", name="decommissioned_on_a_day"
        ),
        CheckConstraint("notice_months is null or notice_months >= 0", name="notice_forward"),
        Index("ix_operated_service_department_id", "department_id", "standing"),
        Index("ix_operated_service_review_due_on", "standing", "review_due_on"),
        Index("ix_operated_service_owner_id", "owner_id"),
        Index("ix_operated_service_payer_department_id", "payer_department_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"), unique=True)
    """The project that launches it; None: it is older than the programme."""
    title: Mapped[str] = mapped_column(String(200))
    standing: Mapped[str] = mapped_column(String(20), default=Standing.PLANNED.value)

    department_id: Mapped[int] = mapped_column(ForeignKey("department.id", ondelete="RESTRICT"))
    """The one that owns it: its manager accepts."""
    owner_role: Mapped[str] = mapped_column(String(200), default="")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    """Who holds the role now."""
    business_role: Mapped[str] = mapped_column(String(200), default="")
    """Maintenance manager on the side of those who use it."""
    business_department_id: Mapped[int | None] = mapped_column(
        ForeignKey("department.id", ondelete="RESTRICT")
    )
    business_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    it_role: Mapped[str] = mapped_column(String(200), default="")
    """Maintenance manager on the side of IT."""
    it_department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id", ondelete="RESTRICT"))
    it_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))

    object_family: Mapped[str] = mapped_column(String(200), default="")
    platform: Mapped[str] = mapped_column(String(200), default="")
    service_level: Mapped[str] = mapped_column(Text, default="")
    confidentiality: Mapped[int | None]
    """1 to 4, as the application classifies information; the two that follow likewise."""
    integrity: Mapped[int | None]
    availability: Mapped[int | None]
    supplier: Mapped[str] = mapped_column(String(200), default="")
    contract_ends_on: Mapped[date | None]
    notice_months: Mapped[int | None]

    payer_department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id", ondelete="RESTRICT"))
    payer: Mapped[str] = mapped_column(String(200), default="")
    """Which budget."""
    financed_until: Mapped[date | None]
    """The last day for which money is promised."""

    launched_on: Mapped[date | None]
    decommission_on: Mapped[date | None]
    """The day on which it is to end, or has ended."""
    registered_on: Mapped[date]
    accepted_on: Mapped[date | None]
    """The first time; its anniversaries are those of its reviews."""
    review_due_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    department: Mapped[Department] = relationship(foreign_keys=[department_id], lazy="raise")
    business_department: Mapped[Department | None] = relationship(
        foreign_keys=[business_department_id], lazy="raise"
    )
    it_department: Mapped[Department | None] = relationship(foreign_keys=[it_department_id], lazy="raise")
    payer_department: Mapped[Department | None] = relationship(
        foreign_keys=[payer_department_id], lazy="raise"
    )
    owner: Mapped[Person | None] = relationship(foreign_keys=[owner_id], lazy="raise")
    business: Mapped[Person | None] = relationship(foreign_keys=[business_id], lazy="raise")
    it: Mapped[Person | None] = relationship(foreign_keys=[it_id], lazy="raise")
    costs: Mapped[list[ServiceCost]] = relationship(
        order_by="(ServiceCost.kind, ServiceCost.from_year)", lazy="raise", cascade="all, delete-orphan"
    )
    dependencies: Mapped[list[ServiceDependency]] = relationship(
        foreign_keys="ServiceDependency.service_id",
        order_by="ServiceDependency.id",
        lazy="raise",
        cascade="all, delete-orphan",
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads a plain dict here

    @property
    def yearly(self) -> list[YearlyCost]:
        """What it is planned to cost."""
        return [row.value for row in self.costs]


class ServiceCost(Base):
    """What a service is planned to cost, the same in each of some years. The service's history tells it."""

    __tablename__ = "service_cost"
    __table_args__ = (
        CheckConstraint(
            "kind in ('operation', 'licences', 'maintenance', 'capital', 'other')", name="kind_known"
        ),
        CheckConstraint("to_year >= from_year", name="years_forward"),
        CheckConstraint("amount > 0", name="amount_positive"),
        UniqueConstraint("service_id", "kind", "from_year"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("operated_service.id", ondelete="RESTRICT"))
    kind: Mapped[str] = mapped_column(String(20))
    from_year: Mapped[int]
    to_year: Mapped[int]
    amount: Mapped[Decimal] = mapped_column(Money)
    """Kronor each year, in the prices of the day when it was written."""

    @property
    def value(self) -> YearlyCost:
        """As the core counts with it."""
        return YearlyCost(YearlyKind(self.kind), self.from_year, self.to_year, self.amount)


class ServiceDependency(Base):
    """What a service cannot do without: another one of the register, or a platform named in words."""

    __tablename__ = "service_dependency"
    __table_args__ = (
        CheckConstraint("(on_service_id is null) <> (platform = '')", name="one_of_two"),
        CheckConstraint("on_service_id is null or on_service_id <> service_id", name="not_itself"),
        UniqueConstraint("service_id", "on_service_id", "platform"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("operated_service.id", ondelete="RESTRICT"))
    on_service_id: Mapped[int | None] = mapped_column(
        ForeignKey("operated_service.id", ondelete="RESTRICT"), index=True
    )
    platform: Mapped[str] = mapped_column(String(200), default="")

    on_service: Mapped[OperatedService | None] = relationship(foreign_keys=[on_service_id], lazy="raise")


class ServiceHolder(Base):
    """From which day somebody holds a role in a service, until the next row of the same part. Fixed."""

    __tablename__ = "service_holder"
    __fixed__ = True
    __table_args__ = (CheckConstraint("part in ('owner', 'business', 'it')", name="part_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(
        ForeignKey("operated_service.id", ondelete="RESTRICT"), index=True
    )
    part: Mapped[str] = mapped_column(String(20))
    role: Mapped[str] = mapped_column(String(200))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id", ondelete="RESTRICT"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    """None: nobody holds the role from this day."""
    from_on: Mapped[date]
    entered_at: Mapped[datetime] = mapped_column(UTCDateTime)
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))

    person: Mapped[Person | None] = relationship(foreign_keys=[person_id], lazy="raise")
    department: Mapped[Department | None] = relationship(lazy="raise")


class ServiceAcceptance(Base):
    """What the owning department's manager answered, and everything that the service said then. Fixed."""

    __tablename__ = "service_acceptance"
    __hidden__ = ("content",)  # the history tells its fingerprint
    __fixed__ = True
    __table_args__ = (
        CheckConstraint("answer in ('accepted', 'declined')", name="answer_known"),
        CheckConstraint("answer <> 'declined' or words <> ''", name="declined_with_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(
        ForeignKey("operated_service.id", ondelete="RESTRICT"), index=True
    )
    answer: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The service in words, as a document (see frozen.py)."""
    content_sha256: Mapped[str] = mapped_column(String(64))
    answered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    answered_at: Mapped[datetime] = mapped_column(UTCDateTime)

    answered_by: Mapped[Person] = relationship(lazy="raise")


class ServiceReview(Base):
    """What those who answer for a service said when its review was due, and what it said then. Fixed."""

    __tablename__ = "service_review"
    __hidden__ = ("content",)  # the history tells its fingerprint
    __fixed__ = True
    __table_args__ = (
        CheckConstraint(
            "(holders_right and cost_right and contract_right and class_right) or words <> ''",
            name="wrong_with_words",
        ),
        UniqueConstraint("service_id", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("operated_service.id", ondelete="RESTRICT"))
    due_on: Mapped[date]
    holders_right: Mapped[bool]
    cost_right: Mapped[bool]
    """And the financing."""
    contract_right: Mapped[bool]
    class_right: Mapped[bool]
    """The information class, and the service level."""
    use: Mapped[str] = mapped_column(Text)
    """How much it is used, and whether it is needed still."""
    words: Mapped[str] = mapped_column(Text)
    """What is wrong, and what is done about it."""
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The service in words, as a document (see frozen.py)."""
    content_sha256: Mapped[str] = mapped_column(String(64))
    reviewed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    reviewed_at: Mapped[datetime] = mapped_column(UTCDateTime)

    reviewed_by: Mapped[Person] = relationship(lazy="raise")


class ServiceCarried(Base):
    """What a service has cost in a year, by kind, as it stands in the books."""

    __tablename__ = "service_carried"
    __table_args__ = (
        CheckConstraint(
            "kind in ('operation', 'licences', 'maintenance', 'capital', 'other')", name="kind_known"
        ),
        CheckConstraint("amount >= 0", name="amount_positive"),
        UniqueConstraint("service_id", "year", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("operated_service.id", ondelete="RESTRICT"))
    year: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    amount: Mapped[Decimal] = mapped_column(Money)
    source: Mapped[str] = mapped_column(String(200))
    """Where the amounts of the year come from."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads a plain dict here
