"""The engine below the database: the drivers, their settings, and how a transaction begins.

Three kinds of transaction, the same on both databases:

- one that **reads** sees one moment, and the database itself refuses whatever it tries to write;
- one that **writes records** has the pen: nobody else writes records until it ends, so that whatever it has
  read still holds when it writes;
- one that writes only what **no history tells of** (a session's last sign of life) goes on beside the pen.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum
from functools import lru_cache
from random import uniform
from time import monotonic, sleep
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.pool import NullPool

from app.core import alphabet

FIRST_SAFE_WAL = (3, 51, 3)
"""Older SQLite can corrupt a database in WAL mode when several processes use it (the WAL-reset bug)."""

LONGEST_WAIT = 30
"""Seconds that a transaction waits for another."""

LONGEST_STATEMENT = 45
"""Seconds that one statement may take; longer than a wait, so that a wait is told as what it is."""

LONGEST_PAUSE = 60
"""Seconds that a transaction may stand open and do nothing; then PostgreSQL ends it, and the pen is free."""

SYNCHRONOUS = "FULL"
"""SQLite has written a commit to the disk before it says that it is done: "Sparat" is said after that."""

_ASK_AGAIN = (0.001, 0.006)
"""Seconds between two questions whether it is one's turn to write, on SQLite."""

_PEN = 4_836_024
"""The number of PostgreSQL's advisory lock that is the pen. Any number; it only must stay the same."""


class UnsafeSQLiteError(RuntimeError):
    """The library that was found must not be let near a database."""


class Purpose(Enum):
    """What a transaction is begun for."""

    READING = "reading"
    RECORDS = "records"
    UNRECORDED = "unrecorded"


_purpose: ContextVar[Purpose] = ContextVar("purpose", default=Purpose.RECORDS)


@contextmanager
def reading() -> Iterator[None]:
    """Transactions begun inside only read: they wait for nobody, and nobody waits for them."""
    token = _purpose.set(Purpose.READING)
    try:
        yield
    finally:
        _purpose.reset(token)


@contextmanager
def unrecorded() -> Iterator[None]:
    """Transactions begun inside write nothing that the history tells of."""
    token = _purpose.set(Purpose.UNRECORDED)
    try:
        yield
    finally:
        _purpose.reset(token)


def has_the_pen(connection: Connection) -> bool:
    """Whether the connection's transaction may write records."""
    return connection.info.get("purpose") is Purpose.RECORDS


def sees_one_moment(connection: Connection) -> bool:
    """Whether the connection's transaction only reads: all that it finds is what had been committed at one
    moment, and nothing of its own."""
    return connection.info.get("purpose") is Purpose.READING


def driver_url(address: str) -> str:
    """The address with our driver in it: `postgresql://` as everybody writes it means psycopg here."""
    scheme, separator, rest = address.partition("://")
    return f"postgresql+psycopg{separator}{rest}" if scheme in ("postgresql", "postgres") else address


def is_sqlite(address: str) -> bool:
    """Whether the address is a file's."""
    return make_url(address).get_backend_name() == "sqlite"


def engine_options(address: str, *, connections: int = 5) -> dict[str, Any]:
    """Options for create_engine: how to connect, and how many connections a process keeps and may have."""
    options: dict[str, Any] = {"pool_size": connections, "max_overflow": connections}
    if is_sqlite(address):
        from pysqlite3 import dbapi2  # the bundled library instead of the system's

        return options | {"module": dbapi2, "connect_args": {"timeout": LONGEST_WAIT}}
    return options | {
        "pool_pre_ping": True,  # after a restart of the database the first request must not pay for it
        "connect_args": {
            "application_name": "hemtag",
            "connect_timeout": 10,
            "keepalives_idle": 30,
            "options": " ".join(
                f"-c {name}={value}"
                for name, value in {
                    "timezone": "UTC",
                    "jit": "off",  # to compile what a page asks takes longer than to answer it
                    "synchronous_commit": "on",  # "Sparat" is said after the commit has reached the disk
                    "lock_timeout": f"{LONGEST_WAIT}s",
                    "statement_timeout": f"{LONGEST_STATEMENT}s",
                    "idle_in_transaction_session_timeout": f"{LONGEST_PAUSE}s",
                }.items()
            ),
        },
    }


@contextmanager
def opened(address: str) -> Iterator[Engine]:
    """The engine of a database that is not the application's own, with the application's settings."""
    address = driver_url(address)
    options = engine_options(address)
    kept = {name: options[name] for name in ("module", "connect_args") if name in options}
    engine = create_engine(address, poolclass=NullPool, **kept, hide_parameters=True)
    prepare(engine)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def for_migrations(address: str) -> Iterator[Engine]:
    """The engine that migrations run on: they change tables, and take the time that they take."""
    with opened(address) as engine:
        if engine.dialect.name == "sqlite":
            # Rebuilding a parent table with foreign keys on would take its children with it.
            event.listen(engine, "connect", _leave_foreign_keys)
        else:
            event.listen(engine, "begin", take_time)
        yield engine


def _leave_foreign_keys(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA foreign_keys=OFF")


def take_time(connection: Connection) -> None:
    """Let this transaction last: the limits that guard a page are not for work on whole tables."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")


def broken_references(connection: Connection) -> list[str]:
    """Rows that refer to what is not there, and their tables. PostgreSQL never lets it come so far."""
    if connection.dialect.name != "sqlite":
        return []
    found = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    return [f"row {row[1]} of {row[0]}" for row in found]


def prepare(engine: Engine) -> None:
    """Give the engine's connections their settings and its transactions their beginning."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    """Durable, checked and concurrent."""
    _refuse_unsafe_wal(connection)
    connection.isolation_level = None  # we send BEGIN ourselves
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(f"PRAGMA synchronous={SYNCHRONOUS}")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute(f"PRAGMA busy_timeout={LONGEST_WAIT}000")
    connection.create_function("alphabet_key", 1, _alphabet_key, deterministic=True)
    # INSERT OR REPLACE then asks the triggers that guard what is fixed before it removes a row.
    connection.execute("PRAGMA recursive_triggers=ON")


def _refuse_unsafe_wal(connection: Any) -> None:
    """Before anything is done with the file: the library itself says which version it is."""
    version = connection.execute("SELECT sqlite_version()").fetchone()[0]
    if tuple(map(int, version.split("."))) < FIRST_SAFE_WAL:
        wanted = ".".join(map(str, FIRST_SAFE_WAL))
        raise UnsafeSQLiteError(
            f"SQLite {version} can corrupt a database that several processes use. "
            f"Install {wanted} or later: make install brings one."
        )


@lru_cache(maxsize=20_000)
def _alphabet_key(text: str | None) -> str | None:
    """A list is sorted and searched by the same titles again and again; a key follows from its text alone."""
    return None if text is None else alphabet.key(text)


def _begin_sqlite(connection: Connection) -> None:
    purpose = connection.info["purpose"] = _purpose.get()
    only_reads = purpose is Purpose.READING
    connection.exec_driver_sql(f"PRAGMA query_only={int(only_reads)}")
    if only_reads:
        connection.exec_driver_sql("BEGIN")
    else:
        _wait_for_turn(connection)


def _wait_for_turn(connection: Connection) -> None:
    """Begin to write: a deferred BEGIN that wants to write later fails when another writer came between.

    SQLite itself asks ever more seldom for its turn, at last every tenth of a second, so that those who never
    pause keep whoever has waited long from it. Here everybody asks alike, however long they have waited.
    """
    driver: Any = connection.connection.driver_connection
    patience = driver.execute("PRAGMA busy_timeout").fetchone()[0]
    until = monotonic() + patience / 1000
    driver.execute("PRAGMA busy_timeout=0")
    try:
        while _is_anothers_turn(driver) and monotonic() < until:
            sleep(uniform(*_ASK_AGAIN))  # noqa: S311 - chance, not a secret
        if not driver.in_transaction:
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # fails as before, and is told as what it is
    finally:
        driver.execute(f"PRAGMA busy_timeout={patience}")


def _is_anothers_turn(driver: Any) -> bool:
    """Try to begin; whether it is worth waiting for what stood in the way."""
    from pysqlite3 import dbapi2

    refusal: Any = dbapi2.OperationalError  # type: ignore[attr-defined] # it comes without types
    try:
        driver.execute("BEGIN IMMEDIATE")
    except refusal as error:
        return bool(error.sqlite_errorname.startswith("SQLITE_BUSY"))
    return False


def _begin_postgresql(connection: Connection) -> None:
    from psycopg import IsolationLevel

    purpose = connection.info["purpose"] = _purpose.get()
    only_reads = purpose is Purpose.READING
    driver: Any = connection.connection.driver_connection
    # Psycopg sends them with its BEGIN. A writer must see what was committed while it waited for the pen.
    driver.read_only = only_reads
    driver.isolation_level = IsolationLevel.REPEATABLE_READ if only_reads else IsolationLevel.READ_COMMITTED
    if purpose is Purpose.RECORDS:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_PEN})")
