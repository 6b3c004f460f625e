"""Reading departments, people, roles and sessions."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.access import Viewer
from app.accounts.models import Department, Person, Role, RoleGrant, SignIn
from app.alphabet import alphabetical
from app.db import db

DEMO_ADDRESS = "@demo.hemtag.example"
"""How the addresses of the demonstration's people end."""


def token_hash(token: str) -> str:
    """What the table keeps of a session's token."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class OpenSession:
    """The signed-in person behind a token, when that began, and when it was last noted to be in use."""

    viewer: Viewer
    began_at: datetime
    seen_at: datetime


_OPEN_SESSION = (
    select(
        SignIn.id, SignIn.created_at, SignIn.last_seen_at, Person.id, Person.name, Person.language,
        RoleGrant.role, RoleGrant.department_id,
    )
    .join(Person, Person.id == SignIn.person_id)
    .outerjoin(RoleGrant, (RoleGrant.person_id == Person.id) & RoleGrant.ended_at.is_(None))
    .where(
        SignIn.token_hash == bindparam("token_hash"),
        SignIn.ended_at.is_(None),
        SignIn.last_seen_at > bindparam("seen_after"),
        SignIn.created_at > bindparam("began_after"),
        Person.active,
    )
)  # fmt: skip
"""A row for each role that the person holds now, and one for whoever holds none. Every request asks it."""


def session_by_token(
    token: str, *, now: datetime, idle: timedelta, lifetime: timedelta
) -> OpenSession | None:
    """The open session that the token belongs to; None when it is over or the person left."""
    rows = (
        db.session.connection()
        .execute(
            _OPEN_SESSION,
            {"token_hash": token_hash(token), "seen_after": now - idle, "began_after": now - lifetime},
        )
        .all()
    )
    if not rows:
        return None
    sign_in_id, began_at, seen_at, person_id, name, language, *_role = rows[0]
    roles = frozenset((Role(role), department_id) for *_session, role, department_id in rows if role)
    return OpenSession(Viewer(person_id, name, language, roles, sign_in_id), began_at, seen_at)


def roles_of(person_id: int) -> frozenset[tuple[Role, int | None]]:
    """The roles that the person holds now."""
    rows = db.session.execute(
        select(RoleGrant.role, RoleGrant.department_id).where(
            RoleGrant.person_id == person_id, RoleGrant.ended_at.is_(None)
        )
    )
    return frozenset((Role(role), department) for role, department in rows)


def viewer_of(person_id: int) -> Viewer | None:
    """The person as one who reads now, without a session; None for somebody who has left."""
    found = person(person_id)
    if found is None or not found.active:
        return None
    return Viewer(found.id, found.name, found.language, roles_of(found.id))


def person_by_email(email: str) -> Person | None:
    """The person with this address, active or not."""
    return db.session.scalar(select(Person).where(Person.email == email.strip().lower()))


def person(person_id: int) -> Person | None:
    """One person."""
    return db.session.get(Person, person_id)


def people(search: str = "") -> Sequence[Person]:
    """Everybody, by name, those who have left last; with a search, those whose name or address has it."""
    everybody = db.session.scalars(
        select(Person).order_by(Person.active.desc(), alphabetical(Person.name), Person.id)
    ).all()
    # Compared here: SQLite's lower() knows no Å, Ä and Ö.
    wanted = search.strip().casefold()
    return [row for row in everybody if wanted in row.name.casefold() or wanted in row.email]


def demo_people() -> Sequence[Person]:
    """The people that a visitor of a demonstration can sign in as, by name."""
    query = select(Person).where(Person.active, Person.email.endswith(DEMO_ADDRESS, autoescape=True))
    return db.session.scalars(query.order_by(alphabetical(Person.name), Person.id)).all()


def people_with_role(role: Role, department_id: int | None = None) -> Sequence[Person]:
    """Active people who hold the role for this department or for the whole programme, by name."""
    where: ColumnElement[bool] = RoleGrant.department_id.is_(None)
    if department_id is not None:
        where = or_(where, RoleGrant.department_id == department_id)
    holders = select(RoleGrant.person_id).where(
        RoleGrant.role == role.value, RoleGrant.ended_at.is_(None), where
    )
    query = select(Person).where(Person.active, Person.id.in_(holders))
    return db.session.scalars(query.order_by(alphabetical(Person.name), Person.id)).all()


def holders_by_department(role: Role) -> dict[int, set[int]]:
    """The active people who hold the role for a department, by the department."""
    query = (
        select(RoleGrant.department_id, RoleGrant.person_id)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(
            RoleGrant.role == role.value,
            RoleGrant.ended_at.is_(None),
            Person.active,
        )
    )
    found: dict[int, set[int]] = {}
    for department_id, person_id in db.session.execute(query):
        if department_id is not None:
            found.setdefault(department_id, set()).add(person_id)
    return found


def grants_by_person() -> dict[int, list[RoleGrant]]:
    """Everybody's current roles with their departments."""
    query = (
        select(RoleGrant)
        .where(RoleGrant.ended_at.is_(None))
        .options(joinedload(RoleGrant.department))
        .order_by(RoleGrant.role, RoleGrant.id)
    )
    found: dict[int, list[RoleGrant]] = {}
    for grant in db.session.scalars(query):
        found.setdefault(grant.person_id, []).append(grant)
    return found


def current_grant(grant_id: int) -> RoleGrant | None:
    """A role that somebody holds now, with the person."""
    query = select(RoleGrant).where(RoleGrant.id == grant_id, RoleGrant.ended_at.is_(None))
    return db.session.scalar(query.options(joinedload(RoleGrant.person), joinedload(RoleGrant.department)))


def grants_of(person_id: int) -> Sequence[RoleGrant]:
    """The person's current roles with their departments."""
    query = (
        select(RoleGrant)
        .where(RoleGrant.person_id == person_id, RoleGrant.ended_at.is_(None))
        .options(joinedload(RoleGrant.department))
        .order_by(RoleGrant.role, RoleGrant.id)
    )
    return db.session.scalars(query).all()


def departments(*, active_only: bool = True) -> Sequence[Department]:
    """The departments, by name."""
    query = select(Department).order_by(alphabetical(Department.name), Department.id)
    if active_only:
        query = query.where(Department.active)
    return db.session.scalars(query).all()


def department(department_id: int) -> Department | None:
    """One department."""
    return db.session.get(Department, department_id)


_DEPARTMENT_NAMES = select(Department.id, Department.name).order_by(
    alphabetical(Department.name), Department.id
)


def department_names() -> dict[int, str]:
    """What every department is called, also those that are no more, by name."""
    return {row.id: row.name for row in db.session.connection().execute(_DEPARTMENT_NAMES)}


def sign_ins_of(person_id: int, *, now: datetime, idle: timedelta, lifetime: timedelta) -> Sequence[SignIn]:
    """The person's open sessions, the newest first."""
    query = (
        select(SignIn)
        .where(
            SignIn.person_id == person_id,
            SignIn.ended_at.is_(None),
            SignIn.last_seen_at > now - idle,
            SignIn.created_at > now - lifetime,
        )
        .order_by(SignIn.last_seen_at.desc(), SignIn.id.desc())
    )
    return db.session.scalars(query).all()


def has_signed_in_with(browser_key: str, email: str, *, since: datetime) -> bool:
    """Whether the account has been signed in to with this browser."""
    query = (
        select(SignIn.id)
        .join(Person, Person.id == SignIn.person_id)
        .where(Person.email == email, SignIn.browser_key == browser_key, SignIn.created_at > since)
    )
    return bool(browser_key) and db.session.scalar(query.limit(1)) is not None
