"""What every test shares: an app on a fresh database, a small cast of people, a browser for each of them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config as AlembicConfig
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from jinja2 import FileSystemBytecodeCache

from app import create_app
from app.accounts import passwords
from app.accounts import service as accounts
from app.accounts.access import Viewer
from app.accounts.models import Department, Role
from app.accounts.queries import departments, roles_of
from app.accounts.queries import people as everybody
from app.db import db, transaction
from app.history.service import System
from app.programmes.models import Programme
from app.programmes.queries import the_programme
from config import PROJECT_ROOT, Config

# A busy machine makes no test wrong: nothing here is timed, `make bench` is.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
TODAY = date(2027, 3, 1)
PASSWORD = "korrekt häst batteri"
passwords.hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Cheap on purpose: thousands of tests sign in."""
PASSWORD_HASH = passwords.hashed(PASSWORD)


_compiled = tempfile.TemporaryDirectory()
TEMPLATES = FileSystemBytecodeCache(_compiled.name)


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database without rows, made once and copied for each test."""
    path = tmp_path_factory.mktemp("database") / "empty.sqlite3"
    config = AlembicConfig(toml_file=PROJECT_ROOT / "pyproject.toml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", f"sqlite:///{path}")
        command.upgrade(config, "head")
    return path


@dataclass(frozen=True)
class Stages:
    """Databases to copy, each further on than the one before, so that no test waits for what all have."""

    empty: Path
    with_cast: Path
    with_programme: Path


@pytest.fixture(scope="session")
def stages(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Stages:
    """The empty database, one with the cast, and one with the cast and the programme."""
    folder = tmp_path_factory.mktemp("stages")
    stages = Stages(empty_database, folder / "cast.sqlite3", folder / "programme.sqlite3")
    shutil.copy(stages.empty, stages.with_cast)
    with make_app(stages.with_cast).app_context():
        make_cast()
        close_database()
    shutil.copy(stages.with_cast, stages.with_programme)
    with make_app(stages.with_programme).app_context():
        make_programme(the_cast())
        close_database()
    return stages


def make_app(database: Path) -> Flask:
    """The application on this database, with its files beside it."""
    app = create_app(
        Config(
            database_url=f"sqlite:///{database}",
            data_folder=database.parent,
            secret_key="for tests only",
            secure_cookies=False,
            demo=False,
            extra={"TESTING": True, "PROPAGATE_EXCEPTIONS": True, "WTF_CSRF_ENABLED": False},
        )
    )
    app.jinja_env.bytecode_cache = TEMPLATES  # each test has an app of its own; its templates are the same
    return app


def close_database() -> None:
    """Let go of the current app's database; SQLite then leaves everything in its one file."""
    db.session.remove()
    db.engine.dispose()


@pytest.fixture
def app(request: pytest.FixtureRequest, tmp_path: Path, stages: Stages) -> Iterator[Flask]:
    """The application on a database of its own, as far on as the test needs it."""
    path = tmp_path / "test.sqlite3"
    if "programme" in request.fixturenames:
        shutil.copy(stages.with_programme, path)
    else:
        shutil.copy(stages.with_cast if "cast" in request.fixturenames else stages.empty, path)
    app = make_app(path)
    with app.app_context():
        yield app
        close_database()


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


@pytest.fixture
def cast(app: Flask) -> Cast:
    """One person for each role; `other_…` belong to the other department."""
    return the_cast() if departments() else make_cast()


def the_cast() -> Cast:
    """The cast that is in the database of the current app."""
    people = {
        person.name.lower().replace(" ", "_"): Viewer(person.id, person.name, "sv", roles_of(person.id))
        for person in everybody()
    }
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
                password="",
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


class Browser(FlaskClient):
    """A test client that signs in as a person of the cast."""

    def sign_in(self, viewer: Viewer) -> Browser:
        """Sign in through the page, as a person would."""
        email = f"{viewer.name.lower().replace(' ', '_')}@staden.example"
        answer = self.post("/logga-in", data={"email": email, "password": PASSWORD})
        assert answer.status_code == 302, answer.text
        return self


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A browser that nobody has signed in with yet."""
    app.test_client_class = Browser
    client = app.test_client()
    assert isinstance(client, Browser)
    return client


@pytest.fixture
def programme(cast: Cast) -> Programme:
    """A programme with a frame of 100 million kronor and everything that an application needs."""
    return the_programme() or make_programme(cast)


def make_programme(cast: Cast) -> Programme:
    """The programme, in the database of the current app."""
    from app.programmes import service

    boss, first_day = cast.administrator, date(2026, 1, 1)
    with transaction():
        made = service.create_programme(
            boss,
            name="E-tjänstprogrammet",
            starts_on=first_day,
            ends_on=date(2029, 12, 31),
            decision_reference="KF 2025-11-03 § 12",
            frame=Decimal(100_000_000),
            goals=["Ökad medborgarnytta", "Ökad intern effektivitet"],
            now=NOW,
        )
        service.set_calculation(
            boss,
            made,
            valid_from=first_day,
            discount_rate=Decimal("0.035"),
            internal_rate=Decimal("0.025"),
            price_year=2026,
            payroll_overhead=Decimal("0.40"),
            horizon_years=10,
            reference="KF 2025-11-03 § 13",
            now=NOW,
        )
        service.set_hourly_rate(boss, made, "Handläggare", Decimal(450), first_day, now=NOW)
        for decider, limit in (
            ("Programdirektören", Decimal(3_000_000)),
            ("Stadsdirektören", Decimal(10_000_000)),
            ("Kommunstyrelsens utskott", None),
        ):
            service.set_delegation(boss, made, decider=decider, limit=limit, valid_from=first_day, now=NOW)
        for position, (name, weight) in enumerate((("Nytta", 60), ("Genomförbarhet", 40)), start=1):
            service.add_criterion(
                boss,
                made,
                position=position,
                name=name,
                weight=weight,
                valid_from=first_day,
                anchors=["Saknas", "Svag", "Godtagbar", "God", "Mycket god"],
                now=NOW,
            )
        service.open_round(
            boss,
            made,
            name="Löpande 2027",
            opens_on=first_day,
            closes_on=None,
            answer_within_days=60,
            now=NOW,
        )
        return made
