"""Telling people what has happened, and noting what they have read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from app.db import db
from app.mail import service as mail
from app.notifications.models import MAIL_KIND, Kind, Notification


@dataclass(frozen=True, slots=True)
class Telling:
    """Something to tell one person."""

    person_id: int
    kind: str
    project_id: int | None
    """None: of work that the person has asked for."""
    details: Mapping[str, object]
    """What the text needs, the project's title always: it is kept as it was when sent."""


def notify(person_ids: Iterable[int], kind: str, project_id: int, now: datetime, **details: object) -> None:
    """Tell each of these people, once, about the project."""
    tell([Telling(person_id, kind, project_id, details) for person_id in sorted(set(person_ids))], now)


def tell(tellings: Sequence[Telling], now: datetime) -> None:
    """Tell people things; whoever wants it gets each by mail, too."""
    made = [
        Notification(
            person_id=one.person_id,
            kind=Kind(one.kind).value,
            project_id=one.project_id,
            details=_kept(one.details),
            created_at=now,
        )
        for one in tellings
    ]
    db.session.add_all(made)
    db.session.flush()
    mail.put(MAIL_KIND, [mail.Told(row.person_id, row.id) for row in made], now)


def _kept(details: Mapping[str, object]) -> dict[str, object]:
    return {key: value if isinstance(value, int) else str(value) for key, value in details.items()}


def mark_read(person_id: int, notification_id: int, now: datetime) -> None:
    """The person has read one; nobody can mark another's."""
    db.session.execute(
        update(Notification)
        .where(
            Notification.id == notification_id,
            Notification.person_id == person_id,
            Notification.read_at.is_(None),
        )
        .values(read_at=now)
    )


def mark_all_read(person_id: int, newest_id: int, now: datetime) -> None:
    """The person has read everything up to the newest that was shown; what came since stays unread."""
    db.session.execute(
        update(Notification)
        .where(
            Notification.person_id == person_id,
            Notification.read_at.is_(None),
            Notification.id <= newest_id,
        )
        .values(read_at=now)
    )
