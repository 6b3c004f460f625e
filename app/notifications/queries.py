"""Reading a person's notifications: only one's own, and only of projects that one may see today."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import ColumnElement, Select, func, or_, select

from app.accounts.access import Viewer
from app.db import db
from app.notifications.models import Notification
from app.projects.models import Project
from app.projects.queries import visible_to


def _readable(viewer: Viewer) -> ColumnElement[bool]:
    """The viewer's own. Whoever has left a department no longer reads what happened in its projects.

    Asked of each notification: the projects that somebody may see are far more than those that were told of.
    """
    seen = select(Project.id).where(Project.id == Notification.project_id, visible_to(viewer))
    return (Notification.person_id == viewer.id) & or_(Notification.project_id.is_(None), seen.exists())


def unread_count(viewer: Viewer, *, at_most: int | None = None) -> int:
    """How many the viewer has not read; no more than `at_most` are counted."""
    return db.session.connection().scalar(_unread(viewer, at_most)) or 0


@lru_cache(maxsize=512)
def _unread(viewer: Viewer, at_most: int | None) -> Select[int]:
    unread = select(Notification.id).where(_readable(viewer), Notification.read_at.is_(None)).limit(at_most)
    return select(func.count()).select_from(unread.subquery())


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


def readable(viewer: Viewer, numbers: Sequence[int]) -> Sequence[Notification]:
    """Those of these that the viewer may read now."""
    return db.session.scalars(
        select(Notification).where(Notification.id.in_(numbers), _readable(viewer)).order_by(Notification.id)
    ).all()
