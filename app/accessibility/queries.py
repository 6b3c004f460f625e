"""Reading what people have told about barriers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.accessibility.models import Feedback
from app.accessibility.policy import may_handle
from app.accounts.access import Viewer
from app.db import db


def page_of_feedback(*, limit: int, offset: int) -> Sequence[Feedback]:
    """What waits, the oldest first; then what is handled, the newest first."""
    query = (
        select(Feedback)
        .options(joinedload(Feedback.handled_by))
        .order_by(
            Feedback.handled_at.is_not(None), Feedback.handled_at.desc(), Feedback.received_at, Feedback.id
        )
    )
    return db.session.scalars(query.limit(limit).offset(offset)).all()


def count() -> int:
    """How much has come in."""
    return db.session.scalar(select(func.count()).select_from(Feedback)) or 0


def waiting() -> int:
    """How much waits to be handled."""
    return db.session.scalar(select(func.count()).where(Feedback.handled_at.is_(None))) or 0


def feedback_for(viewer: Viewer, feedback_id: int) -> Feedback | None:
    """One of them. Whoever reads none does not learn which numbers lead to one."""
    if not may_handle(viewer):
        return None
    query = select(Feedback).where(Feedback.id == feedback_id).options(joinedload(Feedback.handled_by))
    return db.session.scalar(query)


def sent_with(form_key: str) -> Feedback | None:
    """What came with this form."""
    return db.session.scalar(select(Feedback).where(Feedback.form_key == form_key))
