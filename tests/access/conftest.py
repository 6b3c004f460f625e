"""A city for the whole run: made once, read by many, copied for those who change it.

On SQLite: the rules are the same code on both databases, and the conditions of the queries are held to the
policies on both by `tests/projects/test_visibility.py` and `test_interests.py`.
"""

from __future__ import annotations

import shutil
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
from tests.databases import SqliteFiles, name_of
from tests.review_clock import set_clock


@dataclass(frozen=True)
class Original:
    """The city, in a file that nobody opens again, and the folder of its attachments."""

    city: City
    database: Path
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

    def __init__(self, original: Original, name: str) -> None:
        self.original, self.path = original, original.database.with_name(name)
        self.place = Place(make_app(f"sqlite:///{self.path}", original.folder), original.city)

    def fresh(self) -> Place:
        """The city as it was."""
        self.close()
        for ending in ("-wal", "-shm"):
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
        shutil.copy(self.original.database, self.path)
        return self.place

    def close(self) -> None:
        """Let go of the file."""
        with self.place.app.app_context():
            close_database()


@pytest.fixture(autouse=True)
def _its_time_and_its_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """For each test anew: the city outlives them, and other tests of the same run want pages."""
    set_clock(monkeypatch)
    words_instead_of_pages(monkeypatch)


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory, sqlite_files: SqliteFiles) -> Original:
    """The city, entered once."""
    address = sqlite_files.copy(stage_for(sqlite_files, {"programme"}))
    folder = tmp_path_factory.mktemp("city")
    with make_app(address, folder).app_context():
        city = build()
        close_database()
    return Original(city, Path(name_of(address)), folder)


@pytest.fixture(scope="session")
def place(original: Original) -> Iterator[Place]:
    """The city as it stands. Nobody changes anything here."""
    copies = Copies(original, "read.sqlite3")
    count_questions(copies.place.app)
    yield copies.fresh()
    copies.close()


@pytest.fixture(scope="session")
def copies(original: Original) -> Iterator[Copies]:
    """For each form that is allowed, the city as it was."""
    copies = Copies(original, "changed.sqlite3")
    yield copies
    copies.close()
