"""Reading a person's notifications: only one's own, and only of projects that one may see today."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select

from app.accounts.access import Viewer
from app.db import db
from app.notifications.models import Notification
from app.projects.models import Project
from app.projects.queries import visible_to


def _readable(viewer: Viewer) -> ColumnElement[bool]:
    """The viewer's own. Whoever has left a department no longer reads what happened in its projects."""
    seen = select(Project.id).where(visible_to(viewer))
    return (Notification.person_id == viewer.id) & Notification.project_id.in_(seen)


def unread_count(viewer: Viewer) -> int:
    """How many the viewer has not read."""
    query = select(func.count()).where(_readable(viewer), Notification.read_at.is_(None))
    return db.session.scalar(query) or 0


def count(viewer: Viewer) -> int:
    """How many the viewer has got."""
    return db.session.scalar(select(func.count()).where(_readable(viewer))) or 0


def newest_id(person_id: int) -> int:
    """The newest notification that the person has got; 0 when there is none."""
    return (
        db.session.scalar(select(func.max(Notification.id)).where(Notification.person_id == person_id)) or 0
    )


def inbox(viewer: Viewer, *, limit: int = 50, offset: int = 0) -> Sequence[Notification]:
    """The viewer's notifications: the unread first, then the newest."""
    query = (
        select(Notification)
        .where(_readable(viewer))
        .order_by(Notification.read_at.is_not(None), Notification.created_at.desc(), Notification.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return db.session.scalars(query).all()


def own(viewer: Viewer, notification_id: int) -> Notification | None:
    """One notification, if the viewer may read it."""
    return db.session.scalar(
        select(Notification).where(Notification.id == notification_id, _readable(viewer))
    )
