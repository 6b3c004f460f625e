"""The databases that tests run on: stages made once for each kind, and a copy of one for each test.

SQLite: a copy is a file. PostgreSQL: a working copy gets its rows back after each test, which is faster than
to copy a database; only where a test was the tables' owner is it made anew. There the application signs in as
a user that may read and write rows and nothing more, as it should in earnest.
"""

from __future__ import annotations

import itertools
import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, get_args

import pytest
from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Connection, Engine, create_engine, make_url

from app.engine import engine_options, prepare
from config import PROJECT_ROOT
from tests.working import Working, WorkingDatabase, WorkingFile, lasting_connection
from tools.postgres_server import APPLICATION, OWNER, Server

Kind = Literal["sqlite", "postgresql"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Fill = Callable[[str], None]


class Databases(ABC):
    """Makes databases of one kind. A stage is filled once, from another one, and then only copied."""

    def __init__(self) -> None:
        self._stages: dict[str, str] = {}

    def stage(self, name: str, fill: Fill, upon: str | None = None) -> str:
        """The address of a stage; made now, if nobody has needed it before."""
        if name not in self._stages:
            address = self.copy(self._stages[upon]) if upon else self.empty()
            fill(address)
            self._stages[name] = address
        return self._stages[name]

    @abstractmethod
    def empty(self) -> str:
        """A database without tables; its address for the application."""

    @abstractmethod
    def copy(self, address: str) -> str:
        """The address of a copy of a database that nobody is connected to."""

    @abstractmethod
    def drop(self, address: str) -> None:
        """Remove a copy: nothing of it is needed any more."""

    @abstractmethod
    def working(self, stage: str) -> Working:
        """The database that tests from this stage on work on, as it was in the beginning."""


class SqliteFiles(Databases):
    """Files in a folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder, self._numbers = folder, itertools.count()
        self._working: dict[str, WorkingFile] = {}

    def empty(self) -> str:
        return f"sqlite:///{self._folder / str(next(self._numbers))}.sqlite3"

    def copy(self, address: str) -> str:
        made = self.empty()
        shutil.copy(name_of(address), name_of(made))
        return made

    def drop(self, address: str) -> None:
        for rest in ("", "-wal", "-shm"):
            Path(f"{name_of(address)}{rest}").unlink(missing_ok=True)

    def working(self, stage: str) -> Working:
        if stage not in self._working:
            beginning = Path(name_of(stage))
            path = beginning.with_stem(f"{beginning.stem}-working")
            self._working[stage] = WorkingFile(f"sqlite:///{path}", path, beginning)
        self._working[stage].go_back()
        return self._working[stage]


class PostgresDatabases(Databases):
    """Databases of the run's server."""

    def __init__(self, server: Server, worker: str) -> None:
        super().__init__()
        server.ensure_started()
        self._server, self._worker, self._numbers = server, worker, itertools.count()
        self._boss = lasting_connection(server.url())
        self._working: dict[str, WorkingDatabase] = {}

    def close(self) -> None:
        """Let go of the server."""
        for working in self._working.values():
            working.close()
        self._boss.close()

    def empty(self) -> str:
        name = f"{self._worker}_{next(self._numbers)}"
        self._server.create_database(name)
        return self._server.url(name, APPLICATION)

    def copy(self, address: str) -> str:
        return self._copied(address, f"{self._worker}_{next(self._numbers)}")

    def drop(self, address: str) -> None:
        self._boss.exec_driver_sql(f"drop database {name_of(address)} with (force)")

    def working(self, stage: str) -> Working:
        known = self._working.get(stage)
        if known is not None and not is_spoiled(known.address):
            known.go_back()
            return known
        if known is not None:
            known.close()
            self.drop(known.address)
            _spoiled.discard(name_of(known.address))
        address = self._copied(stage, f"{name_of(stage)}_working")
        made = self._working[stage] = WorkingDatabase(address, owner_of(address))
        return made

    def _copied(self, address: str, name: str) -> str:
        self._boss.exec_driver_sql(f"create database {name} template {name_of(address)}")
        return self._server.url(name, APPLICATION)


_spoiled: set[str] = set()
"""The names of databases of which a test has been the owner: more than rows may have changed."""


def address_of(engine: Engine) -> str:
    """Where an engine's database is."""
    return engine.url.render_as_string(hide_password=False)


def is_spoiled(address: str) -> bool:
    """Whether more than the application has been at a database, so that its tables may have changed."""
    return name_of(address) in _spoiled


def owner_of(address: str) -> str:
    """The same database, as the one that owns its tables."""
    url = make_url(address)
    return address if url.get_backend_name() == "sqlite" else url.set(username=OWNER).render_as_string()


@contextmanager
def as_owner(address: str) -> Iterator[Connection]:
    """A connection of the tables' owner, who may take triggers away; what it does stays."""
    _spoiled.add(name_of(address))
    with _owning(address) as connection:
        yield connection


@contextmanager
def _owning(address: str) -> Iterator[Connection]:
    # Never Python's own sqlite3: two libraries on one file in one process undo each other's locks.
    engine = create_engine(owner_of(address), **engine_options(address))
    prepare(engine)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def past_the_guards(address: str) -> Iterator[Connection]:
    """A connection of the tables' owner that no guard stops; it changes rows, never tables, and what it does
    stays."""
    with _owning(address) as connection:
        if connection.dialect.name == "sqlite":
            names = "select name from sqlite_master where type = 'trigger'"
            for name in connection.exec_driver_sql(names).scalars().all():
                connection.exec_driver_sql(f"drop trigger {name}")
        else:
            connection.exec_driver_sql("set session_replication_role = replica")
        yield connection


def migrate(address: str) -> None:
    """Bring a database to the newest migration, as its owner."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", owner_of(address))
        command.upgrade(AlembicConfig(toml_file=PROJECT_ROOT / "pyproject.toml"), "head")


def name_of(address: str) -> str:
    """The name of a database; of SQLite the path of its file."""
    name = make_url(address).database
    assert name is not None
    return name
