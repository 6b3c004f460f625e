"""Putting into the outbox, gathering the daily mails, and sending anew what an administrator asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import ColumnElement, exists, select, update

from app.accounts.access import Viewer
from app.accounts.models import MailChoice, Person
from app.core.clock import LOCAL_TIME, local_day
from app.core.verdict import require
from app.db import db, insert, only_reading
from app.history.service import record
from app.mail import policy
from app.mail.models import Mail, MailItem, MailState, Reason

NEWS_FOR = timedelta(days=7)
"""What is older is no news: a worker that has stood still for weeks floods nobody."""


@dataclass(frozen=True, slots=True)
class Told:
    """A record that tells a person something."""

    person_id: int
    record_id: int


def put(kind: str, told: Sequence[Told], now: datetime) -> None:
    """Let these people have it by mail if they want it: in this transaction, or not at all."""
    wanted = dict(
        db.session.execute(
            select(Person.id, Person.mail_choice).where(
                Person.id.in_({one.person_id for one in told}),
                Person.active,
                Person.mail_choice != MailChoice.NEVER.value,
            )
        ).all()
    )
    items = [
        MailItem(person_id=one.person_id, kind=kind, record_id=one.record_id, created_at=now)
        for one in told
        if one.person_id in wanted
    ]
    at_once = [item for item in items if wanted[item.person_id] == MailChoice.AT_ONCE]
    mails = [Mail(person_id=item.person_id, created_at=now, next_at=now) for item in at_once]
    db.session.add_all(mails)
    db.session.flush()
    for item, mail in zip(at_once, mails, strict=True):
        item.mail_id = mail.id
    db.session.add_all(items)
    db.session.flush()


def anything_to_gather(now: datetime, morning_hour: int) -> bool:
    """Whether somebody waits for today's daily mail; asked without keeping anybody from writing."""
    morning = _morning_of(now, morning_hour)
    if now < morning:
        return False
    with only_reading():
        return bool(_with_news(morning))


def gather(now: datetime, morning_hour: int) -> int:
    """Make the daily mails of today, of what had come since the last when the morning began; how many.

    A person has one a day, whoever gathers and however often: the day is the city's, so the hour that an
    autumn night has twice makes no second mail, and the one that a spring night leaves out takes none away.
    """
    morning = _morning_of(now, morning_hour)
    if now < morning:
        return 0
    gathered = 0
    for person_id in _with_news(morning):
        mail_id = db.session.scalar(
            insert(Mail)
            .values(person_id=person_id, digest_on=local_day(morning), created_at=now, next_at=now)
            .on_conflict_do_nothing(index_elements=["person_id", "digest_on"])
            .returning(Mail.id)
        )
        if mail_id is not None:
            db.session.execute(
                update(MailItem)
                .where(MailItem.person_id == person_id, _is_news(morning))
                .values(mail_id=mail_id)
            )
            gathered += 1
    return gathered


def _morning_of(now: datetime, hour: int) -> datetime:
    """When the morning of this day begins, in the city."""
    return datetime.combine(local_day(now), time(hour), tzinfo=LOCAL_TIME).astimezone(UTC)


def _is_news(morning: datetime) -> ColumnElement[bool]:
    """Waits for a daily mail, and had come when the morning began."""
    return (
        MailItem.mail_id.is_(None)
        & (MailItem.created_at < morning)
        & (MailItem.created_at >= morning - NEWS_FOR)
    )


def _with_news(morning: datetime) -> Sequence[int]:
    """Whoever waits for a daily mail and has not got this day's."""
    has_it = exists().where(Mail.person_id == MailItem.person_id, Mail.digest_on == local_day(morning))
    query = select(MailItem.person_id).where(_is_news(morning), ~has_it)
    return db.session.scalars(query.distinct().order_by(MailItem.person_id)).all()


def send_again(actor: Viewer, mail: Mail, now: datetime) -> None:
    """Let a mail that failed, or of which nobody knows, be tried once more. Raises RefusedError."""
    require(policy.may_send_again(actor, mail))
    mail.state, mail.reason, mail.fault = MailState.WAITING.value, Reason.NONE.value, ""
    mail.attempts, mail.claim, mail.ended_at, mail.next_at = 0, "", None, now
    record(actor, "send_mail_again", mail, now=now)
