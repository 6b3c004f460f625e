"""A small cast of people, one for each role, and the time that it lives in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from argon2 import PasswordHasher

from app.accounts import passwords
from app.accounts import service as accounts
from app.accounts.access import Viewer
from app.accounts.models import Department, Role
from app.accounts.queries import departments, roles_of
from app.accounts.queries import people as everybody
from app.db import transaction
from app.history.service import System

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
TODAY = date(2027, 3, 1)
PASSWORD = "korrekt häst batteri"
passwords.hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Cheap on purpose: thousands of tests sign in."""
PASSWORD_HASH = passwords.hashed(PASSWORD)


@dataclass(frozen=True)
class Cast:
    """The people of a test, by what they do. Everybody's password is PASSWORD."""

    administrator: Viewer
    leader: Viewer
    other_leader: Viewer
    manager: Viewer
    other_manager: Viewer
    controller: Viewer
    secretary: Viewer
    other_secretary: Viewer
    council: Viewer
    decider: Viewer
    auditor: Viewer
    nobody: Viewer
    """Signed in, but without any role."""
    department: Department
    other_department: Department


def the_people() -> dict[str, Viewer]:
    """Everybody in the database of the current app, by name."""
    return {
        person.name.lower().replace(" ", "_"): Viewer(person.id, person.name, "sv", roles_of(person.id))
        for person in everybody()
    }


def the_cast(people: dict[str, Viewer] | None = None) -> Cast:
    """The cast that is in the database of the current app."""
    people = people or the_people()
    by_name = {department.name: department for department in departments()}
    return Cast(
        **people, department=by_name["Miljöförvaltningen"], other_department=by_name["Kulturförvaltningen"]
    )


def make_cast() -> Cast:
    """The cast, in the database of the current app."""
    system = System()
    with transaction():
        own = accounts.create_department(system, "Miljöförvaltningen", NOW)
        other = accounts.create_department(system, "Kulturförvaltningen", NOW)

        def person(key: str, role: Role | None, department: Department | None = None) -> Viewer:
            someone = accounts.create_person(
                system,
                email=f"{key}@staden.example",
                name=key.replace("_", " ").capitalize(),
                title="",
                password_hash=PASSWORD_HASH,
                now=NOW,
            )
            if role is not None:
                accounts.grant_role(system, someone, role, department.id if department else None, NOW)
            return Viewer(someone.id, someone.name, "sv", roles_of(someone.id))

        return Cast(
            administrator=person("administrator", Role.ADMINISTRATOR),
            leader=person("leader", Role.PROJECT_LEADER, own),
            other_leader=person("other_leader", Role.PROJECT_LEADER, other),
            manager=person("manager", Role.MANAGER, own),
            other_manager=person("other_manager", Role.MANAGER, other),
            controller=person("controller", Role.CONTROLLER, own),
            secretary=person("secretary", Role.SECRETARIAT),
            other_secretary=person("other_secretary", Role.SECRETARIAT),
            council=person("council", Role.COUNCIL),
            decider=person("decider", Role.DECISION_MAKER),
            auditor=person("auditor", Role.AUDITOR),
            nobody=person("nobody", None),
            department=own,
            other_department=other,
        )
