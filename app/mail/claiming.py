"""A worker's short transactions around one mail. Each says what the mail has come to, and whose it is.

A mail is never sent twice by itself. Until a worker has said its last word to the mail server nothing has
been accepted, so whatever happens before that may be tried again. That last word is announced here first; a
worker whose claim has been given to another is told so, and keeps quiet.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select, update

from app.db import db, only_reading, transaction
from app.engine import unrecorded
from app.mail.models import Mail, MailState, Reason
from app.mail.service import NEWS_FOR

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 480, 720, 1440))
"""Between one attempt and the next. After the last of them, two days in all, a mail has failed."""

LEASE = timedelta(minutes=5)
"""So long a worker may be silent; much longer than the longest conversation with a mail server."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A mail that is this worker's."""

    mail_id: int
    sign: str
    attempts: int


def anything_to_do(now: datetime) -> bool:
    """Whether some mail waits for a worker; asked without keeping anybody from writing."""
    with only_reading():
        found = db.session.scalar(select(Mail.id).where(or_(_due(now), _left_behind(now))).limit(1))
        return found is not None


def claim_next(now: datetime) -> Claim | None:
    """Take the mail that has waited longest; None when none is due."""
    with unrecorded(), transaction():
        mail = db.session.scalar(
            select(Mail)
            .where(_due(now))
            .order_by(Mail.next_at, Mail.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if mail is None:
            return None
        mail.state, mail.claim = MailState.CLAIMED.value, secrets.token_hex(16)
        mail.lease_until = now + LEASE
        mail.attempts += 1
        return Claim(mail.id, mail.claim, mail.attempts)


def take_back(now: datetime, *, repeatable: bool) -> None:
    """See to the mails of workers that are gone, and to those that are no news any more.

    One that was not handed over waits anew. One that was may have arrived: nobody sends it again but an
    administrator who says so; unless to send it again changes nothing (`repeatable`).
    """
    gone = Mail.lease_until <= now
    tired = Mail.attempts > len(PAUSES)
    again = [MailState.CLAIMED.value, *([MailState.HANDED_OVER.value] if repeatable else [])]
    with unrecorded(), transaction():
        db.session.execute(
            update(Mail)
            .where(gone, Mail.state.in_(again), ~tired)
            .values(state=MailState.WAITING.value, lease_until=None, next_at=now)
        )
        db.session.execute(
            update(Mail)
            .where(gone, Mail.state.in_(again), tired)
            .values(state=MailState.FAILED.value, reason=Reason.GAVE_UP.value, lease_until=None, ended_at=now)
        )
        db.session.execute(
            update(Mail)
            .where(gone, Mail.state == MailState.HANDED_OVER.value)
            .values(state=MailState.UNKNOWN.value, lease_until=None, ended_at=now)
        )
        db.session.execute(
            update(Mail)
            .where(
                Mail.state == MailState.WAITING.value, Mail.created_at <= now - NEWS_FOR, Mail.attempts == 0
            )
            .values(state=MailState.CLOSED.value, reason=Reason.OLD.value, ended_at=now)
        )


def hand_over(claim: Claim, address: str, now: datetime) -> bool:
    """Announce the last word to the mail server; False when the mail is another's by now."""
    values = {"state": MailState.HANDED_OVER.value, "lease_until": now + LEASE, "address": address}
    return _changed(claim, values, MailState.CLAIMED)


def sent(claim: Claim, now: datetime) -> None:
    """The mail server has taken it; also when that was given up for lost meanwhile."""
    _end(claim, MailState.SENT, now, MailState.HANDED_OVER, MailState.UNKNOWN)


def refused(claim: Claim, address: str, fault: str, now: datetime) -> None:
    """Nothing changes by trying again."""
    given = {"reason": Reason.REFUSED.value, "fault": fault, "address": address}
    _end(claim, MailState.FAILED, now, MailState.CLAIMED, MailState.HANDED_OVER, **given)


def in_doubt(claim: Claim, fault: str, now: datetime) -> None:
    """The answer to the last word never came."""
    _end(claim, MailState.UNKNOWN, now, MailState.HANDED_OVER, fault=fault)


def close(claim: Claim, reason: Reason, now: datetime) -> None:
    """It shall not be sent."""
    _end(claim, MailState.CLOSED, now, MailState.CLAIMED, reason=reason.value)


def later(claim: Claim, fault: str, now: datetime) -> None:
    """Try again after a while, ever longer; at last it has failed."""
    if claim.attempts > len(PAUSES):
        given = {"reason": Reason.GAVE_UP.value, "fault": fault}
        _end(claim, MailState.FAILED, now, MailState.CLAIMED, MailState.HANDED_OVER, **given)
        return
    values = {
        "state": MailState.WAITING.value,
        "lease_until": None,
        "next_at": now + PAUSES[claim.attempts - 1],
        "fault": fault,
    }
    _changed(claim, values, MailState.CLAIMED, MailState.HANDED_OVER)


def _end(claim: Claim, state: MailState, now: datetime, *before: MailState, **given: str) -> None:
    _changed(claim, {"state": state.value, "lease_until": None, "ended_at": now, **given}, *before)


def _changed(claim: Claim, values: Mapping[str, object], *before: MailState) -> bool:
    """Whether the mail was still this worker's."""
    with unrecorded(), transaction():
        changed = db.session.execute(
            update(Mail)
            .where(Mail.id == claim.mail_id, Mail.claim == claim.sign, Mail.state.in_(before))
            .values(**values)
            .returning(Mail.id)
        )
        return changed.first() is not None


def _due(now: datetime) -> ColumnElement[bool]:
    return (Mail.state == MailState.WAITING.value) & (Mail.next_at <= now)


def _left_behind(now: datetime) -> ColumnElement[bool]:
    return Mail.lease_until <= now
