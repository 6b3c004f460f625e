"""The rest list: what remains, who has been asked to take it over, and what they answered."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Department, Person
from app.core.handover import HELD, Standing
from app.db import Base, UTCDateTime


class RestItem(Base):
    """One thing that remains. It lives on when the project has ended; what is closed changes no more, in the
    database neither."""

    __tablename__ = "rest_item"
    __table_args__ = (
        CheckConstraint(
            "kind in ('task', 'operation', 'follow_up', 'information', 'document')", name="kind_known"
        ),
        CheckConstraint(
            "standing in ('noted', 'asked', 'declined', 'accepted', 'taken_over')", name="standing_known"
        ),
        CheckConstraint("outcome is null or outcome in ('done', 'dropped')", name="outcome_known"),
        CheckConstraint(
            "(standing in ('accepted', 'taken_over')) = (held_by_id is not null)", name="held_by_somebody"
        ),
        CheckConstraint(
            "(outcome is null) = (closed_on is null) and (outcome is null) = (closed_by_id is null)",
            name="closed_with_outcome",
        ),
        CheckConstraint("outcome is null or outcome <> 'dropped' or note <> ''", name="dropped_with_reason"),
        Index("ix_rest_item_project_id", "project_id", "closed_on"),
        Index("ix_rest_item_due_on", "closed_on", "due_on"),
        Index("ix_rest_item_department_id", "department_id", "closed_on"),
        Index("ix_rest_item_person_id", "person_id", "closed_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id", ondelete="RESTRICT"))
    """The one that receives it."""
    owner: Mapped[str] = mapped_column(String(200))
    """The role that has it from then on."""
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    """Somebody who is asked by name to take it over."""
    due_on: Mapped[date]
    registered_on: Mapped[date]
    standing: Mapped[str] = mapped_column(String(20), default=Standing.NOTED.value)
    held_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    """Who accepted it, or took it over."""
    outcome: Mapped[str | None] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text, default="")
    """How it was done, or why it was dropped."""
    closed_on: Mapped[date | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    version: Mapped[int] = mapped_column(default=1)

    department: Mapped[Department] = relationship(lazy="raise")
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id], lazy="raise")
    held_by: Mapped[Person | None] = relationship(foreign_keys=[held_by_id], lazy="raise")
    closed_by: Mapped[Person | None] = relationship(foreign_keys=[closed_by_id], lazy="raise")
    answers: Mapped[list[RestAnswer]] = relationship(
        order_by="RestAnswer.id.desc()", lazy="raise", viewonly=True
    )
    """The newest first."""

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads a plain dict here

    @property
    def is_open(self) -> bool:
        """It is still to be done."""
        return self.closed_on is None

    def late(self, today: date) -> bool:
        """Its day has passed."""
        return self.is_open and self.due_on < today

    def held(self, leader_id: int) -> bool:
        """Somebody other than the project's leader has it."""
        return Standing(self.standing) in HELD and self.held_by_id != leader_id


class RestAnswer(Base):
    """What a receiver answered, and what the thing said then. Fixed once written."""

    __tablename__ = "rest_answer"
    __fixed__ = True
    __table_args__ = (
        CheckConstraint("answer in ('accepted', 'declined', 'taken_over')", name="answer_known"),
        CheckConstraint("answer <> 'declined' or words <> ''", name="declined_with_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("rest_item.id", ondelete="RESTRICT"), index=True)
    answer: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    department: Mapped[str] = mapped_column(String(120))
    """What it was called."""
    owner: Mapped[str] = mapped_column(String(200))
    due_on: Mapped[date]
    answered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    answered_at: Mapped[datetime] = mapped_column(UTCDateTime)

    answered_by: Mapped[Person] = relationship(lazy="raise")


class NothingLeft(Base):
    """The receiver has confirmed that nothing remains, of so many things as were known then. Fixed."""

    __tablename__ = "nothing_left"
    __fixed__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"), index=True)
    items_known: Mapped[int]
    words: Mapped[str] = mapped_column(Text)
    confirmed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    confirmed_at: Mapped[datetime] = mapped_column(UTCDateTime)

    confirmed_by: Mapped[Person] = relationship(lazy="raise")
