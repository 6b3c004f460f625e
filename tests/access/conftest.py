"""A city for the whole run: made once, read by many, gone back to for those who change it.

On SQLite, unless PostgreSQL is asked for by name, as `make drill-access` does: the rules are the same code on
both, and the queries are held to the policies on both by `tests/projects/test_visibility.py` and
`test_interests.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from tests.access.city import City, build
from tests.access.paper import words_instead_of_pages
from tests.access.visitor import Visitor, count_questions
from tests.apps import close_database, make_app
from tests.conftest import stage_for
from tests.databases import Databases
from tests.review_clock import set_clock


@dataclass(frozen=True)
class Original:
    """The city, in a database that nobody opens again, and the folder of its attachments."""

    city: City
    databases: Databases
    address: str
    folder: Path


@dataclass(frozen=True)
class Place:
    """The application on a city's database."""

    app: Flask
    city: City

    def visitor(self, key: str) -> Visitor:
        """A browser in which this person is signed in."""
        return Visitor(self.app, self.city, key)


class Copies:
    """The same city again and again, for forms that change it."""

    def __init__(self, original: Original) -> None:
        self._original = original
        address = original.databases.working(original.address).address
        self.place = Place(make_app(address, original.folder), original.city)

    def fresh(self) -> Place:
        """The city as it was."""
        if self.place.app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
            self.close()  # the file is replaced
        self._original.databases.working(self._original.address)
        return self.place

    def close(self) -> None:
        """Let go of the database."""
        with self.place.app.app_context():
            close_database()


@pytest.fixture(autouse=True)
def _its_time_and_its_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """For each test anew: the city outlives them, and other tests of the same run want pages."""
    set_clock(monkeypatch)
    words_instead_of_pages(monkeypatch)


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest) -> Databases:
    """The databases that the city is in."""
    asked_for = request.config.getoption("--database") == "postgresql"
    made: Databases = request.getfixturevalue("postgres_databases" if asked_for else "sqlite_files")
    return made


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory, databases: Databases) -> Original:
    """The city, entered once."""
    address = databases.copy(stage_for(databases, {"programme"}))
    folder = tmp_path_factory.mktemp("city")
    with make_app(address, folder).app_context():
        city = build()
        close_database()
    return Original(city, databases, address, folder)


@pytest.fixture(scope="session")
def place(original: Original) -> Iterator[Place]:
    """The city as it stands. Nobody changes anything here."""
    app = make_app(original.databases.copy(original.address), original.folder)
    count_questions(app)
    yield Place(app, original.city)
    with app.app_context():
        close_database()


@pytest.fixture(scope="session")
def copies(original: Original) -> Iterator[Copies]:
    """For each form that is allowed, the city as it was."""
    copies = Copies(original)
    yield copies
    copies.close()
