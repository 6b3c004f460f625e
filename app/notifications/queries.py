"""Reading a person's notifications: always only one's own."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from app.db import db
from app.notifications.models import Notification


def unread_count(person_id: int) -> int:
    """How many the person has not read."""
    query = select(func.count()).where(Notification.person_id == person_id, Notification.read_at.is_(None))
    return db.session.scalar(query) or 0


def count(person_id: int) -> int:
    """How many the person has got."""
    return db.session.scalar(select(func.count()).where(Notification.person_id == person_id)) or 0


def newest_id(person_id: int) -> int:
    """The person's newest notification; 0 when there is none."""
    return (
        db.session.scalar(select(func.max(Notification.id)).where(Notification.person_id == person_id)) or 0
    )


def inbox(person_id: int, *, limit: int = 50, offset: int = 0) -> Sequence[Notification]:
    """The person's notifications: the unread first, then the newest."""
    query = (
        select(Notification)
        .where(Notification.person_id == person_id)
        .order_by(Notification.read_at.is_not(None), Notification.created_at.desc(), Notification.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return db.session.scalars(query).all()


def own(person_id: int, notification_id: int) -> Notification | None:
    """One notification, if it is the person's own."""
    query = select(Notification).where(
        Notification.id == notification_id, Notification.person_id == person_id
    )
    return db.session.scalar(query)
