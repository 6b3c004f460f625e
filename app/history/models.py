"""The append-only, hash-chained history."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UTCDateTime

BigId = BigInteger().with_variant(Integer, "sqlite")


class HistoryEvent(Base):
    """One change of one field of one record, or a record's beginning or end."""

    __tablename__ = "history_event"
    __recorded__ = False
    __fixed__ = True
    __table_args__ = (
        Index("uq_history_event_previous_hash", "previous_hash", unique=True),
        Index("ix_history_event_record_type", "record_type", "field", "record_id", "at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    """Place in the chain: 1, 2, 3 … without gaps."""
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    """None when the product itself acted (a command)."""
    actor_name: Mapped[str] = mapped_column(String(200))
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"), index=True)
    """The project whose timeline shows the event."""
    record_type: Mapped[str] = mapped_column(String(60))
    record_id: Mapped[int] = mapped_column(BigInteger)
    verb: Mapped[str] = mapped_column(String(60))
    field: Mapped[str | None] = mapped_column(String(120))
    """None for a record's beginning or end, and for an act that changes no field."""
    from_value: Mapped[str | None] = mapped_column(Text)
    to_value: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    """A person's own words about the change: a comment, a reason."""
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class HistoryHead(Base):
    """The chain's newest link: one row, locked while a link is added, so that the chain cannot fork."""

    __tablename__ = "history_head"
    __recorded__ = False
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_event_id: Mapped[int] = mapped_column(BigInteger)
    last_hash: Mapped[str] = mapped_column(String(64))
