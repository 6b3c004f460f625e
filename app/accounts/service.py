"""What can be done with departments, people, roles and sessions."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, select, update

from app.accounts import policy, queries
from app.accounts.access import Viewer
from app.accounts.models import (
    DEPARTMENT_ROLES,
    Department,
    Person,
    Role,
    RoleGrant,
    SignIn,
    SignInAttempt,
)
from app.core.verdict import require
from app.db import db
from app.history.service import Actor, record

_hasher = PasswordHasher()
_NOBODY = _hasher.hash("nobody has this password")

SHORTEST_PASSWORD = 12
"""Length keeps a guesser out better than odd characters do."""
DEMO_PASSWORD = "nyttan ska tas hem"  # noqa: S105 - printed on the sign-in page of a demonstration
"""What every person of the demonstration signs in with."""
ATTEMPTS_ALLOWED = 10
ATTEMPTS_WINDOW = timedelta(minutes=15)


class AlreadyThereError(ValueError):
    """Something with this name or address exists already."""


class WrongScopeError(ValueError):
    """The role is not one that is held for this: a department, or the whole programme."""


class WrongPasswordError(ValueError):
    """The old password is not the one."""


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
    _refuse_guessing(email, address, now)
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


def _refuse_guessing(email: str, address: str, now: datetime) -> None:
    if queries.failed_attempts(email, address, since=now - ATTEMPTS_WINDOW) >= ATTEMPTS_ALLOWED:
        raise TooManyAttemptsError


def password_fits(password_hash: str, password: str) -> bool:
    """Whether the password is the one that was hashed."""
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def hash_password(password: str) -> str:
    """Argon2id, with its parameters and salt."""
    return _hasher.hash(password)


def end_session(sign_in_id: int, person_id: int, now: datetime) -> bool:
    """Sign a browser out; False when the person has no such open session. Nobody can end another's."""
    ended = db.session.scalar(
        update(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.person_id == person_id, SignIn.ended_at.is_(None))
        .values(ended_at=now)
        .returning(SignIn.id)
    )
    return ended is not None


def end_all_sessions(person_id: int, now: datetime, *, but: int | None = None) -> None:
    """Sign the person out everywhere: a new password, other roles. `but` is the session that goes on."""
    db.session.execute(
        update(SignIn)
        .where(SignIn.person_id == person_id, SignIn.ended_at.is_(None), SignIn.id != (but or 0))
        .values(ended_at=now)
    )


def mark_seen(sign_in_id: int, now: datetime) -> None:
    """The session is in use."""
    db.session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(last_seen_at=now))


def create_department(actor: Actor, name: str, now: datetime) -> Department:
    """Add a department."""
    _for_administrators(actor)
    if db.session.scalar(select(Department.id).where(Department.name == name)):
        raise AlreadyThereError(name)
    department = Department(name=name, active=True)
    db.session.add(department)
    record(actor, "create_department", department, now=now)
    return department


def change_department(
    actor: Actor, department: Department, *, name: str, active: bool, now: datetime
) -> None:
    """Rename a department, or close it."""
    _for_administrators(actor)
    taken = select(Department.id).where(Department.name == name, Department.id != department.id)
    if db.session.scalar(taken):
        raise AlreadyThereError(name)
    department.name, department.active = name, active
    record(actor, "change_department", department, now=now)


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
    _for_administrators(actor)
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
    record(actor, "create_person", person, now=now)
    return person


def change_person(
    actor: Actor, person: Person, *, email: str, name: str, title: str, active: bool, now: datetime
) -> None:
    """Correct a person's particulars; somebody who is no longer active is signed out everywhere."""
    _for_administrators(actor)
    email = email.strip().lower()
    other = queries.person_by_email(email)
    if other is not None and other.id != person.id:
        raise AlreadyThereError(email)
    if person.active and not active:
        _keep_an_administrator(person.id)
        end_all_sessions(person.id, now)
    person.email, person.name, person.title, person.active = email, name, title, active
    record(actor, "change_person", person, now=now)


def set_password(actor: Actor, person: Person, password: str, now: datetime) -> None:
    """Give a person a new password and end the sessions that knew the old one."""
    _for_administrators(actor)
    person.password_hash = hash_password(password)
    end_all_sessions(person.id, now)
    record(actor, "set_password", person, now=now)


def change_own_password(actor: Viewer, *, old: str, new: str, address: str, now: datetime) -> None:
    """Change one's own password. Other browsers are signed out; this one goes on.

    Guessing the old one is slowed down as at the sign-in. Raises WrongPasswordError, TooManyAttemptsError.
    """
    person = db.session.get_one(Person, actor.id)
    _refuse_guessing(person.email, address, now)
    if not password_fits(person.password_hash, old):
        db.session.add(SignInAttempt(email=person.email, address=address, at=now))
        raise WrongPasswordError
    person.password_hash = hash_password(new)
    end_all_sessions(person.id, now, but=actor.sign_in_id)
    record(actor, "change_own_password", person, now=now)


def set_language(actor: Actor, person: Person, language: str, now: datetime) -> None:
    """Keep the person's choice of language."""
    if person.language != language:
        person.language = language
        record(actor, "set_language", person, now=now)


def scope_fits(role: Role, department_id: int | None) -> bool:
    """Whether the role can be held for this department, or (None) for the whole programme."""
    if department_id is not None:
        return role in DEPARTMENT_ROLES
    return role is Role.CONTROLLER or role not in DEPARTMENT_ROLES


def grant_role(
    actor: Actor, person: Person, role: Role, department_id: int | None, now: datetime
) -> RoleGrant:
    """Give a person a role, for a department or for the whole programme; the person signs in anew."""
    _for_administrators(actor)
    if not scope_fits(role, department_id):
        raise WrongScopeError(role)
    if (role, department_id) in queries.roles_of(person.id):
        raise AlreadyThereError(role)
    grant = RoleGrant(person_id=person.id, role=role.value, department_id=department_id, granted_at=now)
    db.session.add(grant)
    end_all_sessions(person.id, now)
    record(actor, "grant_role", grant, now=now)
    return grant


def end_role(actor: Actor, grant: RoleGrant, now: datetime) -> None:
    """Take a role away; the person signs in anew. The last administrator stays."""
    _for_administrators(actor)
    if grant.role == Role.ADMINISTRATOR:
        _keep_an_administrator(grant.person_id)
    grant.ended_at = now
    end_all_sessions(grant.person_id, now)
    record(actor, "end_role", grant, now=now)


def _keep_an_administrator(leaving_id: int) -> None:
    others = [person for person in queries.people_with_role(Role.ADMINISTRATOR) if person.id != leaving_id]
    if not others and (Role.ADMINISTRATOR, None) in queries.roles_of(leaving_id):
        raise LastAdministratorError


def _for_administrators(actor: Actor) -> None:
    """People ask the policy; the product itself (a command that sets up the first people) does not."""
    if isinstance(actor, Viewer):
        require(policy.may_administer(actor))
