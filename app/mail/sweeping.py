"""Making room in the outbox: what old mails told, and where they went.

That a mail was sent stays, with its day and its receiver: what a person has got once is never made anew. What
it told stands in the inbox all the same. A mail that an administrator may still send again keeps everything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, update

from app.db import db, only_reading, transaction
from app.engine import unrecorded
from app.mail.models import Mail, MailItem, MailState
from app.mail.posts import Folder

AT_A_TIME = 500
"""Mails in one transaction: nobody waits long for their turn to write."""

_OVER = (MailState.SENT.value, MailState.CLOSED.value)


def sweep(folder: Folder, now: datetime, kept_for: timedelta, goes_on: Callable[[], bool]) -> int:
    """Forget what mails told that ended so long ago, and what nobody ever fetched; how many mails."""
    before, swept = now - kept_for, 0
    while goes_on() and (found := _full_before(before)):
        # The files first: a row without its file is found again, a file without its row is not.
        for number in found:
            folder.remove(number)
        _forget(found)
        swept += len(found)
    if _left_before(before):
        _forget_left(before)
    return swept


def _ended_before(before: datetime) -> ColumnElement[bool]:
    return and_(Mail.state.in_(_OVER), Mail.ended_at <= before)


def _full_before(before: datetime) -> Sequence[int]:
    """The mails that still say something; asked without keeping anybody from writing."""
    told = exists().where(MailItem.mail_id == Mail.id)
    query = select(Mail.id).where(_ended_before(before), or_(told, Mail.address != "", Mail.fault != ""))
    with only_reading():
        return db.session.scalars(query.order_by(Mail.id).limit(AT_A_TIME)).all()


def _forget(numbers: Sequence[int]) -> None:
    with unrecorded(), transaction():
        db.session.execute(delete(MailItem).where(MailItem.mail_id.in_(numbers)))
        db.session.execute(update(Mail).where(Mail.id.in_(numbers)).values(address="", fault=""))


def _is_left(before: datetime) -> ColumnElement[bool]:
    """It waits for a daily mail that its receiver did not want in the end, and is no news any more."""
    return and_(MailItem.mail_id.is_(None), MailItem.created_at <= before)


def _left_before(before: datetime) -> bool:
    with only_reading():
        return db.session.scalar(select(MailItem.id).where(_is_left(before)).limit(1)) is not None


def _forget_left(before: datetime) -> None:
    with unrecorded(), transaction():
        db.session.execute(delete(MailItem).where(_is_left(before)))
