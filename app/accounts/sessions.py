"""Beginning and ending sessions: what is done with a password.

The one place where a request is more than one transaction. An attempt is counted and committed before the
password is looked at: otherwise guesses sent at the same time would not see each other, and the database
would be held for as long as a hash takes.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, update

from app.accounts import guessing, passwords, queries
from app.accounts.access import Viewer
from app.accounts.guessing import BROWSER_REMEMBERED, Origin
from app.accounts.models import Person, SignIn
from app.db import db, transaction
from app.engine import unrecorded
from app.history.service import System, record


class WrongPasswordError(ValueError):
    """The old password is not the one."""


@dataclass(frozen=True)
class Started:
    """A session that has begun: whose, the token for the cookie, and the one to know the browser by."""

    person: Person
    token: str
    browser_token: str


def start(email: str, password: str, *, origin: Origin, now: datetime) -> Started | None:
    """Sign in; None when address and password do not belong together. Raises TooManyAttemptsError."""
    email = email.strip().lower()
    with unrecorded(), transaction():
        guessing.use_up(email, origin, now)
        person = queries.person_by_email(email)
        password_hash = person.password_hash if person is not None and person.active else None
    # Hash also when nobody has the address: an answer must not take longer for those that exist.
    fits = passwords.fits(password_hash or passwords.of_nobody(), password)
    if password_hash is None or not fits:
        return None
    renewed = passwords.hashed(password) if passwords.is_outdated(password_hash) else None
    person = queries.person_by_email(email)
    if person is None or not person.active or person.password_hash != password_hash:
        return None  # changed while we were hashing
    guessing.give_back(email, origin, now)
    if renewed is not None:
        person.password_hash = renewed
        record(System(), "renew_password_hash", person, now=now)
    return _started(person, origin, now)


def _started(person: Person, origin: Origin, now: datetime) -> Started:
    token, browser_token = secrets.token_urlsafe(32), origin.browser_token or secrets.token_urlsafe(32)
    db.session.add(
        SignIn(
            token_hash=queries.token_hash(token),
            person_id=person.id,
            created_at=now,
            last_seen_at=now,
            browser=origin.browser[:200],
            address=origin.address[:45],
            browser_key=queries.token_hash(browser_token),
        )
    )
    db.session.flush()
    db.session.execute(delete(SignIn).where(SignIn.created_at < now - BROWSER_REMEMBERED))
    return Started(person, token, browser_token)


def end(sign_in_id: int, person_id: int, now: datetime) -> bool:
    """Sign a browser out; False when the person has no such open session. Nobody can end another's."""
    ended = db.session.scalar(
        update(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.person_id == person_id, SignIn.ended_at.is_(None))
        .values(ended_at=now)
        .returning(SignIn.id)
    )
    return ended is not None


def end_all(person_id: int, now: datetime, *, but: int | None = None) -> None:
    """Sign the person out everywhere: a new password, other roles. `but` is the session that goes on."""
    db.session.execute(
        update(SignIn)
        .where(SignIn.person_id == person_id, SignIn.ended_at.is_(None), SignIn.id != (but or 0))
        .values(ended_at=now)
    )


def mark_seen(sign_in_id: int | None, now: datetime) -> None:
    """The session is in use. Time never goes back, whatever order requests come in."""
    db.session.execute(
        update(SignIn).where(SignIn.id == sign_in_id, SignIn.last_seen_at < now).values(last_seen_at=now)
    )


def change_own_password(actor: Viewer, *, old: str, new: str, origin: Origin, now: datetime) -> None:
    """Change one's own password. Other browsers are signed out; this one goes on.

    Guessing the old one is slowed down as at the sign-in. Raises WrongPasswordError, TooManyAttemptsError.
    """
    with unrecorded(), transaction():
        person = db.session.get_one(Person, actor.id)
        email, password_hash = person.email, person.password_hash
        guessing.use_up(email, origin, now)
    if not passwords.fits(password_hash, old):
        raise WrongPasswordError
    changed = passwords.hashed(new)
    guessing.give_back(email, origin, now)
    person = db.session.get_one(Person, actor.id)
    person.password_hash = changed
    end_all(person.id, now, but=actor.sign_in_id)
    record(actor, "change_own_password", person, now=now)
