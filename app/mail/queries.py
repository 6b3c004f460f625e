"""Reading the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import joinedload

from app.accounts.access import Viewer
from app.db import db
from app.mail.models import Mail, MailItem, MailState
from app.mail.policy import may_look_after


def _in(state: MailState | None) -> ColumnElement[bool]:
    return true() if state is None else Mail.state == state.value


def page_of_mails(state: MailState | None, *, limit: int, offset: int) -> Sequence[Mail]:
    """The mails in this state, or all, the newest first."""
    query = select(Mail).where(_in(state)).options(joinedload(Mail.person))
    return db.session.scalars(query.order_by(Mail.id.desc()).limit(limit).offset(offset)).all()


def count(state: MailState | None) -> int:
    """How many there are in this state, or in all."""
    return db.session.scalar(select(func.count()).select_from(Mail).where(_in(state))) or 0


def need_a_person() -> int:
    """How many nobody but an administrator can do anything about."""
    return count(MailState.FAILED) + count(MailState.UNKNOWN)


def mail_for(viewer: Viewer, mail_id: int) -> Mail | None:
    """One of them. Whoever looks after none does not learn which numbers lead to one."""
    if not may_look_after(viewer):
        return None
    return db.session.scalar(select(Mail).where(Mail.id == mail_id).options(joinedload(Mail.person)))


def items_of(mail_id: int) -> Sequence[MailItem]:
    """What a mail tells, in the order in which it happened."""
    query = select(MailItem).where(MailItem.mail_id == mail_id)
    return db.session.scalars(query.order_by(MailItem.created_at, MailItem.id)).all()


def waiting_since(now: datetime) -> datetime | None:
    """Since when the mail has waited that should have been sent first; None when none should."""
    return db.session.scalar(
        select(func.min(Mail.next_at)).where(Mail.state == MailState.WAITING.value, Mail.next_at <= now)
    )
