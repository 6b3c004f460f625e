"""What every test shares: an app on a fresh database, a small cast of people, a browser for each of them."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Container, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import refresh
from hypothesis import settings

from app.accounts.access import Viewer
from app.accounts.queries import departments
from app.db import db
from app.programmes.models import Programme
from app.programmes.queries import the_programme
from app.web.keys import FormKey
from tests import a_programme
from tests.advance import in_advance
from tests.apps import LentApps, close_database, make_app
from tests.cast import NOW, PASSWORD, PASSWORD_HASH, TODAY, Cast, make_cast, the_cast, the_people
from tests.databases import (
    KINDS,
    Databases,
    Kind,
    PostgresDatabases,
    SqliteFiles,
    address_of,
    is_spoiled,
    migrate,
    name_of,
)
from tests.remembered import remembering
from tools.postgres_server import FORGETFUL, Server, reserved

if TYPE_CHECKING:
    from tests.browser.gallery import Gallery

# A busy machine makes no test wrong: nothing here is timed, `make bench` is.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

__all__ = ["NOW", "PASSWORD", "PASSWORD_HASH", "TODAY", "Cast", "make_cast", "the_cast"]
"""Besides what is below, tests find the cast here."""

SERVER = pytest.StashKey[Server]()
PAPER = pytest.StashKey[Path]()
NEXT_CENTURY = 4_102_444_800
"""2100-01-01, in seconds: no test travels so far."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let one choose the databases."""
    parser.addoption("--database", choices=(*KINDS, "both"), default="both", help="what to run on")


def pytest_configure(config: pytest.Config) -> None:
    """Keep a PostgreSQL and a folder for paper ready; the first test that needs the server starts it."""
    forget_after_a_power_cut(config)
    if not hasattr(config, "workerinput"):
        reservation = ExitStack()
        config.stash[SERVER] = reservation.enter_context(reserved(**FORGETFUL))
        config.stash[PAPER] = never_pruned(Path(reservation.enter_context(tempfile.TemporaryDirectory())))
        config.add_cleanup(reservation.close)
    else:
        config.stash[SERVER] = Server(Path(config.workerinput["server"]), FORGETFUL)
        config.stash[PAPER] = Path(config.workerinput["paper"])


def never_pruned(paper: Path) -> Path:
    """The folder that all processes of a run share, as if it had been pruned in the next century.

    A test that travels in time would otherwise remove what the others' tests have kept meanwhile.
    """
    marker = paper / "pruned"
    marker.touch()
    os.utime(marker, (NEXT_CENTURY, NEXT_CENTURY))
    return paper


def forget_after_a_power_cut(config: pytest.Config) -> None:
    """Wait for no disk in this process: what tests write need not outlast the machine. The PostgreSQL of
    tests does not wait either; the workers that drills kill are processes of their own, and do."""
    patch = pytest.MonkeyPatch()
    patch.setattr("app.engine.SYNCHRONOUS", "OFF")
    patch.setattr(os, "fsync", lambda _descriptor: None)
    config.add_cleanup(patch.undo)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell each process of the run where the server and the paper are."""
    node.workerinput["server"] = str(node.config.stash[SERVER].folder)
    node.workerinput["paper"] = str(node.config.stash[PAPER])


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test that touches a database once on each kind.

    A module that says why in ONE_DATABASE_IS_ENOUGH is content with one; test_house.py says which may.
    """
    if "database" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--database")
        kinds = KINDS if chosen == "both" else (chosen,)
        if hasattr(metafunc.module, "ONE_DATABASE_IS_ENOUGH"):
            kinds = kinds[:1]
        metafunc.parametrize("database", kinds, indirect=True, scope="session")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest comes first: the processes of a run then end at the same time."""
    items.sort(key=lambda item: -in_advance(item.nodeid))


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    """SQLite's databases."""
    return SqliteFiles(tmp_path_factory.mktemp("databases"))


@pytest.fixture(scope="session")
def postgres_databases(request: pytest.FixtureRequest, worker_id: str) -> Iterator[PostgresDatabases]:
    """PostgreSQL's databases, of this process."""
    databases = PostgresDatabases(request.config.stash[SERVER], worker_id)
    yield databases
    databases.close()


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest) -> Databases:
    """The databases of the kind that tests run on now: all on one, then all on the other."""
    kind: Kind = request.param
    made: Databases = request.getfixturevalue("sqlite_files" if kind == "sqlite" else "postgres_databases")
    return made


@pytest.fixture(scope="session")
def empty_database(sqlite_files: SqliteFiles) -> Path:
    """A migrated database without rows, for tests that need no more than SQLite."""
    return Path(name_of(sqlite_files.stage("empty", migrate)))


@pytest.fixture(scope="session")
def first_gallery(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> tuple[Path, Gallery]:
    """The folder of a product with projects in every state, and what is in it: for others to copy."""
    from tests.browser.gallery import filled_gallery

    folder = tmp_path_factory.mktemp("gallery")
    shutil.copy(empty_database, folder / "test.sqlite3")
    with make_app(f"sqlite:///{folder / 'test.sqlite3'}", folder).app_context():
        made = filled_gallery()
        close_database()
    return folder, made


def stage_for(database: Databases, needed: Container[str]) -> str:
    """The stage that is as far on as what a test needs, so that no test waits for what all have."""
    empty = database.stage("empty", migrate)
    if "cast" not in needed and "programme" not in needed:
        return empty
    with_cast = database.stage("cast", lambda address: fill(address, make_cast), upon="empty")
    if "programme" not in needed:
        return with_cast
    return database.stage(
        "programme", lambda address: fill(address, lambda: make_programme(the_cast())), upon="cast"
    )


def fill(address: str, make: Callable[[], object]) -> None:
    """Make something in a database that will be a stage."""
    with tempfile.TemporaryDirectory() as folder, make_app(address, Path(folder)).app_context():
        make()
        close_database()


@pytest.fixture(scope="session")
def lent_apps(request: pytest.FixtureRequest) -> Iterator[LentApps]:
    """The applications of this process."""
    apps = LentApps(request.config.stash[PAPER])
    yield apps
    apps.close()


@pytest.fixture
def app(
    request: pytest.FixtureRequest, tmp_path: Path, database: Databases, lent_apps: LentApps
) -> Iterator[Flask]:
    """The application on a database that is as far on as the test needs it, and that nobody has been at."""
    working = database.working(stage_for(database, request.fixturenames))
    app = lent_apps.on(working.address, tmp_path)
    with app.app_context(), remembering(working):
        yield app
        db.session.remove()
        still_out = db.engine.pool.checkedout()  # type: ignore[attr-defined] # a pool of connections has it
        if still_out or is_spoiled(working.address) or working.address.startswith("sqlite"):
            db.engine.dispose()
    assert not still_out, "somebody has kept a connection"


@pytest.fixture
def cast(app: Flask) -> Cast:
    """One person for each role; `other_…` belong to the other department."""
    address = address_of(db.engine)
    if address not in _PEOPLE:
        if not departments():
            return make_cast()
        _PEOPLE[address] = the_people()
    return the_cast(_PEOPLE[address])


_PEOPLE: dict[str, dict[str, Viewer]] = {}
"""By the address of a database that has the cast from the beginning: they are asked for once."""


class Browser(FlaskClient):
    """A test client that signs in as a person of the cast, and sends each form with a key of its own."""

    viewer: Viewer | None = None
    opens_forms = True
    """False for whoever sends forms that no page of ours has shown."""

    def sign_in(self, viewer: Viewer) -> Browser:
        """Sign in through the page, as a person would."""
        email = f"{viewer.name.lower().replace(' ', '_')}@staden.example"
        answer = self.post("/logga-in", data={"email": email, "password": PASSWORD})
        assert answer.status_code == 302, answer.text
        self.viewer = viewer
        return self

    def key(
        self, page: str | None = None, *, written_in: bool = True, stands_on: str = "", about: str = ""
    ) -> str:
        """The key of a form that this person has opened; `page` names it, when it is sent again."""
        assert self.viewer is not None
        with self.application.app_context():
            return str(FormKey(self.viewer.id, page or secrets.token_hex(8), written_in, stands_on, about))

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Ask; a form that is sent without a key gets one, as every form on a page has."""
        sent = kwargs.get("data") or {}
        fills_in = self.opens_forms and self.viewer and "input_stream" not in kwargs
        if fills_in and kwargs.get("method") == "POST" and isinstance(sent, dict):
            kwargs["data"] = {"form_key": self.key(), **sent}
        refresh()  # the test's own context outlives the request: its language must not
        return super().open(*args, **kwargs)


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
    return a_programme.made_by(cast.administrator, NOW)
