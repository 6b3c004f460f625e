"""What can be done with departments, people and roles."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.accounts import policy, queries, sessions
from app.accounts.access import Viewer
from app.accounts.models import (
    DEPARTMENT_ROLES,
    Department,
    MailChoice,
    Person,
    Role,
    RoleGrant,
)
from app.core.verdict import require
from app.db import db
from app.history.service import Actor, record

DEMO_PASSWORD = "nyttan ska tas hem"  # noqa: S105 - printed on the sign-in page of a demonstration
"""What every person of the demonstration signs in with."""


class AlreadyThereError(ValueError):
    """Something with this name or address exists already."""


class WrongScopeError(ValueError):
    """The role is not one that is held for this: a department, or the whole programme."""


class LastAdministratorError(ValueError):
    """Nobody would be left who can give out roles."""


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
    password_hash: str,
    now: datetime,
) -> Person:
    """Add somebody who can sign in. A hash takes its time: make it (`passwords.hashed`) beforehand."""
    _for_administrators(actor)
    email = email.strip().lower()
    if queries.person_by_email(email):
        raise AlreadyThereError(email)
    person = Person(
        email=email,
        name=name,
        title=title,
        password_hash=password_hash,
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
        sessions.end_all(person.id, now)
    person.email, person.name, person.title, person.active = email, name, title, active
    record(actor, "change_person", person, now=now)


def set_password(actor: Actor, person: Person, password_hash: str, now: datetime) -> None:
    """Give a person a new password and end the sessions that knew the old one."""
    _for_administrators(actor)
    person.password_hash = password_hash
    sessions.end_all(person.id, now)
    record(actor, "set_password", person, now=now)


def set_language(actor: Actor, person: Person, language: str, now: datetime) -> None:
    """Keep the person's choice of language."""
    if person.language != language:
        person.language = language
        record(actor, "set_language", person, now=now)


def set_mail_choice(actor: Actor, person: Person, choice: MailChoice, now: datetime) -> None:
    """Keep when the person wants mail."""
    if person.mail_choice != choice:
        person.mail_choice = choice.value
        record(actor, "set_mail_choice", person, now=now)


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
    sessions.end_all(person.id, now)
    record(actor, "grant_role", grant, now=now)
    return grant


def end_role(actor: Actor, grant: RoleGrant, now: datetime) -> None:
    """Take a role away; the person signs in anew. The last administrator stays."""
    _for_administrators(actor)
    if grant.role == Role.ADMINISTRATOR:
        _keep_an_administrator(grant.person_id)
    grant.ended_at = now
    sessions.end_all(grant.person_id, now)
    record(actor, "end_role", grant, now=now)


def _keep_an_administrator(leaving_id: int) -> None:
    others = [person for person in queries.people_with_role(Role.ADMINISTRATOR) if person.id != leaving_id]
    if not others and (Role.ADMINISTRATOR, None) in queries.roles_of(leaving_id):
        raise LastAdministratorError


def _for_administrators(actor: Actor) -> None:
    """People ask the policy; the product itself (a command that sets up the first people) does not."""
    if isinstance(actor, Viewer):
        require(policy.may_administer(actor))
