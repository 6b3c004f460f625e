"""What people have told about barriers in the product."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.db import Base, UTCDateTime

ANSWERED_WITHIN = timedelta(days=14)
"""What the statement promises."""


class Feedback(Base):
    """What somebody, signed in or not, has told about a barrier; and what became of it."""

    __tablename__ = "accessibility_feedback"
    __hidden__ = ("reply_to", "form_key")
    __table_args__ = (
        CheckConstraint("(handled_at is null) = (handled_by_id is null)", name="handled_by_somebody"),
        Index("ix_accessibility_feedback_handled_at_received_at", "handled_at", "received_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(String(300), default="")
    """The page on which it happened, in the sender's words."""
    reply_to: Mapped[str] = mapped_column(String(254), default="")
    """The sender's address, if an answer is wanted; not kept in the history."""
    received_at: Mapped[datetime] = mapped_column(UTCDateTime)
    form_key: Mapped[str] = mapped_column(String(64), unique=True)
    """A digest of the form that it came with, which may be sent twice."""
    handled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    handled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    outcome: Mapped[str] = mapped_column(Text, default="")
    """What was done or answered, in the administrator's words."""

    handled_by: Mapped[Person | None] = relationship(lazy="raise")

    @property
    def answer_by(self) -> datetime:
        """When the statement promises an answer."""
        return self.received_at + ANSWERED_WITHIN
