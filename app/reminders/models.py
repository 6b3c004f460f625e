"""What people have been reminded of."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UTCDateTime


class Reminder(Base):
    """A person has been reminded of a day. The key makes it once, however many remind at the same time."""

    __tablename__ = "reminder"
    __recorded__ = False
    __table_args__ = (UniqueConstraint("kind", "record_id", "part_id", "person_id", "due_on", "step"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    """The source that it came from."""
    record_id: Mapped[int]
    part_id: Mapped[int] = mapped_column(default=0)
    """Which part of the record: a project owes a report for each period. 0: the record itself."""
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    due_on: Mapped[date] = mapped_column(Date)
    """The day itself: when it is moved, people are reminded of the new one."""
    step: Mapped[str] = mapped_column(String(20))
    """Which of the reminders of that day (app.core.calendar)."""
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
