"""A database that one test after another works on: it remembers what it held, and can hold it again.

Much faster than a new database each time. It also spares what led to a moment: what has been remembered once
need not be entered again (see tests/remembered.py).
"""

from __future__ import annotations

import shutil
from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterator
from pathlib import Path

from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool

BEGINNING = "beginning"


class Working(ABC):
    """A database at one address. Nobody else may be at it while it remembers or goes back."""

    def __init__(self, address: str) -> None:
        self.address = address

    @abstractmethod
    def remember(self, moment: Hashable) -> None:
        """Remember what it holds now."""

    @abstractmethod
    def go_back(self, moment: Hashable = BEGINNING) -> None:
        """Hold what it held then."""


class WorkingFile(Working):
    """A SQLite database; its moments are files."""

    def __init__(self, address: str, path: Path, beginning: Path) -> None:
        super().__init__(address)
        self._path, self._moments = path, dict[Hashable, Path]({BEGINNING: beginning})

    def remember(self, moment: Hashable) -> None:
        kept = self._path.with_suffix(f".{len(self._moments)}")
        shutil.copy(self._path, kept)
        self._moments[moment] = kept

    def go_back(self, moment: Hashable = BEGINNING) -> None:
        # A new file, not the old one overwritten: whoever still has that open must not get at this one.
        for rest in ("", "-wal", "-shm"):
            Path(f"{self._path}{rest}").unlink(missing_ok=True)
        shutil.copy(self._moments[moment], self._path)


class WorkingDatabase(Working):
    """A PostgreSQL database; its moments are schemas in it, each with the rows of all tables."""

    _SWEEP_EVERY = 50
    """So often what tests have left behind is swept out; the server of tests does not do it by itself."""

    def __init__(self, address: str, owner: str) -> None:
        super().__init__(address)
        self._owner = lasting_connection(owner)
        # Neither a guard nor a reference then minds in which order the rows go and come.
        self._owner.exec_driver_sql("set session_replication_role = replica")
        self._ways: dict[Hashable, str] = {}
        self._gone_back = 0
        self.remember(BEGINNING)

    def close(self) -> None:
        """Let go of it."""
        self._owner.close()

    def remember(self, moment: Hashable) -> None:
        kept = f"kept_{len(self._ways)}"
        self._owner.exec_driver_sql(f"create schema {kept}")
        self._ways[moment] = ";".join([*self._rows(kept), *self._numbers()])

    def go_back(self, moment: Hashable = BEGINNING) -> None:
        self._owner.exec_driver_sql(self._ways[moment])
        self._gone_back += 1
        if self._gone_back % self._SWEEP_EVERY == 0:
            self._owner.exec_driver_sql("vacuum")

    def _rows(self, kept: str) -> Iterator[str]:
        tables = "select tablename from pg_tables where schemaname = 'public' order by 1"
        for table in self._owner.exec_driver_sql(tables).scalars().all():
            yield f"delete from public.{table}"
            if self._owner.exec_driver_sql(f"select exists (select from public.{table})").scalar():
                self._owner.exec_driver_sql(f"create table {kept}.{table} as table public.{table}")
                yield f"insert into public.{table} table {kept}.{table}"

    def _numbers(self) -> Iterator[str]:
        numbers = self._owner.exec_driver_sql(
            "select sequencename, coalesce(last_value, start_value), last_value is not null"
            " from pg_sequences where schemaname = 'public'"
        )
        for sequence, number, used in numbers.all():
            yield f"select setval('public.{sequence}', {number}, {used})"


def lasting_connection(address: str) -> Connection:
    """A connection that is kept, each of whose statements stays."""
    return create_engine(address, isolation_level="AUTOCOMMIT", poolclass=NullPool).connect()
