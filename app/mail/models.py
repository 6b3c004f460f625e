"""The outbox: what people are to be told by mail, and the mails that tell it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.db import Base, UTCDateTime


class MailState(StrEnum):
    """How far a mail has come."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    """A worker has it, and nothing of it has been accepted by anybody."""
    HANDED_OVER = "handed_over"
    """The worker has said its last word to the mail server, and waits for the answer."""
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    """The answer never came: the mail may have arrived, or not."""
    CLOSED = "closed"


class Reason(StrEnum):
    """Why a mail was not sent."""

    NONE = ""
    LEFT = "left"
    UNSEEN = "unseen"
    UNWANTED = "unwanted"
    OLD = "old"
    REFUSED = "refused"
    GAVE_UP = "gave_up"
    RESTORED = "restored"


class Mail(Base):
    """One mail to one person. What it says is made when it is sent."""

    __tablename__ = "mail"
    __recorded__ = False
    __table_args__ = (
        CheckConstraint(
            "state in ('waiting', 'claimed', 'handed_over', 'sent', 'failed', 'unknown', 'closed')",
            name="state_known",
        ),
        CheckConstraint("(state in ('claimed', 'handed_over')) = (lease_until is not null)", name="leased"),
        CheckConstraint(
            "(state in ('sent', 'failed', 'unknown', 'closed')) = (ended_at is not null)", name="ended"
        ),
        UniqueConstraint("person_id", "digest_on"),
        Index("ix_mail_state_next_at", "state", "next_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    digest_on: Mapped[date | None] = mapped_column(Date)
    """The day that a daily mail belongs to; a person has one for each day."""
    state: Mapped[str] = mapped_column(String(12), default=MailState.WAITING.value)
    reason: Mapped[str] = mapped_column(String(12), default=Reason.NONE.value)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    next_at: Mapped[datetime] = mapped_column(UTCDateTime)
    """When it may be tried, or tried again."""
    attempts: Mapped[int] = mapped_column(default=0)
    claim: Mapped[str] = mapped_column(String(32), default="")
    """The worker's own sign: whoever has another one has lost the mail."""
    lease_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When a worker that has not been heard of is taken to be gone."""
    address: Mapped[str] = mapped_column(String(254), default="")
    """Where it was last sent."""
    fault: Mapped[str] = mapped_column(String(300), default="")
    """What the last attempt met, in the mail server's words."""
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    person: Mapped[Person] = relationship(lazy="raise")


class MailItem(Base):
    """One thing to tell one person: written in the transaction of what it tells of."""

    __tablename__ = "mail_item"
    __recorded__ = False
    __table_args__ = (
        UniqueConstraint("kind", "record_id"),
        Index("ix_mail_item_mail_id", "mail_id"),
        Index("ix_mail_item_person_id_created_at", "person_id", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    kind: Mapped[str] = mapped_column(String(20))
    """Who knows what it says (see `letters.tells`)."""
    record_id: Mapped[int]
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("mail.id", ondelete="RESTRICT"))
    """None: it waits for the daily mail."""
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
