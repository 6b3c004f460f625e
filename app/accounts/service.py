"""What can be done with departments, people, roles and sessions."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, select, update

from app.accounts import queries
from app.accounts.models import Department, Person, Role, RoleGrant, SignIn, SignInAttempt
from app.db import db
from app.history.service import Actor, record

_hasher = PasswordHasher()
_NOBODY = _hasher.hash("nobody has this password")

ATTEMPTS_ALLOWED = 10
ATTEMPTS_WINDOW = timedelta(minutes=15)


class AlreadyThereError(ValueError):
    """Something with this name or address exists already."""


class LastAdministratorError(ValueError):
    """Nobody would be left who can give out roles."""


@dataclass(frozen=True)
class Started:
    """A session that has begun: whose, and the token for the cookie."""

    person: Person
    token: str


class TooManyAttemptsError(Exception):
    """Somebody is guessing: wait."""


def start_session(email: str, password: str, *, address: str, browser: str, now: datetime) -> Started | None:
    """Sign in; None when address and password do not belong together.

    Raises TooManyAttemptsError after ten failures for the account or from the address within 15 minutes.
    """
    email = email.strip().lower()
    if queries.failed_attempts(email, address, since=now - ATTEMPTS_WINDOW) >= ATTEMPTS_ALLOWED:
        raise TooManyAttemptsError
    person = queries.person_by_email(email)
    known = person is not None and person.active
    # Hash also when nobody has the address: an answer must not take longer for those that exist.
    fits = password_fits(person.password_hash if person is not None and known else _NOBODY, password)
    if person is None or not known or not fits:
        db.session.add(SignInAttempt(email=email[:254], address=address, at=now))
        return None
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.email == email))
    token = secrets.token_urlsafe(32)
    db.session.add(
        SignIn(
            token_hash=queries.token_hash(token),
            person_id=person.id,
            created_at=now,
            last_seen_at=now,
            browser=browser[:200],
        )
    )
    db.session.flush()
    return Started(person, token)


def password_fits(password_hash: str, password: str) -> bool:
    """Whether the password is the one that was hashed."""
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def hash_password(password: str) -> str:
    """Argon2id, with its parameters and salt."""
    return _hasher.hash(password)


def end_session(sign_in_id: int, person_id: int, now: datetime) -> None:
    """Sign a browser out. A person can only end sessions of their own."""
    db.session.execute(
        update(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.person_id == person_id, SignIn.ended_at.is_(None))
        .values(ended_at=now)
    )


def end_all_sessions(person_id: int, now: datetime) -> None:
    """Sign the person out everywhere: a new password, a role taken away."""
    db.session.execute(
        update(SignIn).where(SignIn.person_id == person_id, SignIn.ended_at.is_(None)).values(ended_at=now)
    )


def mark_seen(sign_in_id: int, now: datetime) -> None:
    """The session is in use."""
    db.session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(last_seen_at=now))


def create_department(actor: Actor, name: str) -> Department:
    """Add a department."""
    if db.session.scalar(select(Department.id).where(Department.name == name)):
        raise AlreadyThereError(name)
    department = Department(name=name, active=True)
    db.session.add(department)
    record(actor, "create_department", department)
    return department


def change_department(actor: Actor, department: Department, *, name: str, active: bool) -> None:
    """Rename a department, or close it."""
    taken = select(Department.id).where(Department.name == name, Department.id != department.id)
    if db.session.scalar(taken):
        raise AlreadyThereError(name)
    department.name, department.active = name, active
    record(actor, "change_department", department)


def create_person(
    actor: Actor,
    *,
    email: str,
    name: str,
    title: str,
    password: str,
    now: datetime,
    password_hash: str | None = None,
) -> Person:
    """Add somebody who can sign in."""
    email = email.strip().lower()
    if queries.person_by_email(email):
        raise AlreadyThereError(email)
    person = Person(
        email=email,
        name=name,
        title=title,
        password_hash=password_hash or hash_password(password),
        language="sv",
        active=True,
        created_at=now,
    )
    db.session.add(person)
    record(actor, "create_person", person)
    return person


def change_person(
    actor: Actor, person: Person, *, email: str, name: str, title: str, active: bool, now: datetime
) -> None:
    """Correct a person's particulars; somebody who is no longer active is signed out everywhere."""
    email = email.strip().lower()
    other = queries.person_by_email(email)
    if other is not None and other.id != person.id:
        raise AlreadyThereError(email)
    if person.active and not active:
        _keep_an_administrator(person.id)
        end_all_sessions(person.id, now)
    person.email, person.name, person.title, person.active = email, name, title, active
    record(actor, "change_person", person)


def set_password(actor: Actor, person: Person, password: str, now: datetime) -> None:
    """Give a person a new password and end the sessions that knew the old one."""
    person.password_hash = hash_password(password)
    end_all_sessions(person.id, now)
    record(actor, "set_password", person)


def set_language(actor: Actor, person: Person, language: str) -> None:
    """Keep the person's choice of language."""
    if person.language != language:
        person.language = language
        record(actor, "set_language", person)


def grant_role(
    actor: Actor, person: Person, role: Role, department_id: int | None, now: datetime
) -> RoleGrant:
    """Give a person a role, for a department or for the whole programme."""
    if (role, department_id) in queries.roles_of(person.id):
        raise AlreadyThereError(role)
    grant = RoleGrant(person_id=person.id, role=role.value, department_id=department_id, granted_at=now)
    db.session.add(grant)
    record(actor, "grant_role", grant)
    return grant


def end_role(actor: Actor, grant: RoleGrant, now: datetime) -> None:
    """Take a role away. The last administrator stays."""
    if grant.role == Role.ADMINISTRATOR:
        _keep_an_administrator(grant.person_id)
    grant.ended_at = now
    record(actor, "end_role", grant)


def _keep_an_administrator(leaving_id: int) -> None:
    others = [person for person in queries.people_with_role(Role.ADMINISTRATOR) if person.id != leaving_id]
    if not others and (Role.ADMINISTRATOR, None) in queries.roles_of(leaving_id):
        raise LastAdministratorError
