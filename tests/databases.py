"""The databases that tests run on: stages made once for each kind, and a copy of one for each test.

SQLite: a copy is a file. PostgreSQL: the run's one server copies a database. There the application signs in
as a user that may read and write rows and nothing more, as it should in earnest; the tables are the owner's.
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
from sqlalchemy.pool import NullPool

from app.engine import engine_options, prepare
from config import PROJECT_ROOT
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


class SqliteFiles(Databases):
    """Files in a folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder, self._numbers = folder, itertools.count()

    def empty(self) -> str:
        return f"sqlite:///{self._folder / str(next(self._numbers))}.sqlite3"

    def copy(self, address: str) -> str:
        made = self.empty()
        shutil.copy(path_of(address), path_of(made))
        return made

    def drop(self, address: str) -> None:
        for rest in ("", "-wal", "-shm"):
            Path(f"{path_of(address)}{rest}").unlink(missing_ok=True)


class PostgresDatabases(Databases):
    """Databases of the run's server."""

    def __init__(self, server: Server, worker: str) -> None:
        super().__init__()
        server.ensure_started()
        self._server, self._worker, self._numbers = server, worker, itertools.count()
        self._boss = create_engine(server.url(), isolation_level="AUTOCOMMIT", poolclass=NullPool).connect()

    def close(self) -> None:
        """Let go of the server."""
        self._boss.close()

    def empty(self) -> str:
        name = f"{self._worker}_{next(self._numbers)}"
        self._server.create_database(name)
        return self._server.url(name, APPLICATION)

    def copy(self, address: str) -> str:
        name = f"{self._worker}_{next(self._numbers)}"
        self._boss.exec_driver_sql(f"create database {name} template {make_url(address).database}")
        return self._server.url(name, APPLICATION)

    def drop(self, address: str) -> None:
        self._boss.exec_driver_sql(f"drop database {make_url(address).database} with (force)")


def address_of(engine: Engine) -> str:
    """Where an engine's database is."""
    return engine.url.render_as_string(hide_password=False)


def owner_of(address: str) -> str:
    """The same database, as the one that owns its tables."""
    url = make_url(address)
    return address if url.get_backend_name() == "sqlite" else url.set(username=OWNER).render_as_string()


@contextmanager
def as_owner(address: str) -> Iterator[Connection]:
    """A connection of the tables' owner, who may take triggers away; what it does stays."""
    # Never Python's own sqlite3: two libraries on one file in one process undo each other's locks.
    engine = create_engine(owner_of(address), **engine_options(address))
    prepare(engine)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def migrate(address: str) -> None:
    """Bring a database to the newest migration, as its owner."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", owner_of(address))
        command.upgrade(AlembicConfig(toml_file=PROJECT_ROOT / "pyproject.toml"), "head")


def path_of(address: str) -> str:
    """The file of a SQLite database."""
    path = make_url(address).database
    assert path is not None
    return path
