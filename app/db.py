"""The database: base class, exact column types, SQLite's settings and the rules of a transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, DateTime, Dialect, MetaData, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

FIRST_SAFE_WAL = (3, 51, 3)
"""Older SQLite can corrupt a database in WAL mode when several processes use it (the WAL-reset bug)."""


class Base(DeclarativeBase):
    """Every table. A class that sets `__recorded__ = False` is left out of the history (see app.history)."""

    metadata = MetaData(naming_convention=NAMING)
    __recorded__ = True
    __fixed__ = False
    """True for records that nobody may change or remove once they are written."""


db = SQLAlchemy(model_class=Base, disable_autonaming=True)


class FixedPoint(TypeDecorator[Decimal]):
    """A decimal with a fixed number of places, stored as a whole number: exact, sortable and summable on
    every database."""

    impl = BigInteger
    cache_ok = True

    def __init__(self, places: int) -> None:
        super().__init__()
        self.places = places

    def process_bind_param(self, value: Any, dialect: Dialect) -> int | None:
        if value is None:
            return None
        scaled = Decimal(value).scaleb(self.places)
        if scaled != scaled.to_integral_value():
            raise ValueError(f"{value} has more than {self.places} decimal places")
        return int(scaled)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        # SUM() of whole numbers comes back as Decimal from PostgreSQL and as int from SQLite.
        return None if value is None else Decimal(int(value)).scaleb(-self.places)


class Money(FixedPoint):
    """Kronor, exact to the öre."""

    cache_ok = True

    def __init__(self) -> None:
        super().__init__(2)


class Rate(FixedPoint):
    """A share or an interest rate: 0.035 is 3,5 %. Six places."""

    cache_ok = True

    def __init__(self) -> None:
        super().__init__(6)


class Quantity(FixedPoint):
    """A volume, a number of minutes, a number of units. Four places."""

    cache_ok = True

    def __init__(self) -> None:
        super().__init__(4)


class UTCDateTime(TypeDecorator[datetime]):
    """A moment. Only aware values go in; values in UTC come out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


_reading: ContextVar[bool] = ContextVar("reading", default=False)


@contextmanager
def reading() -> Iterator[None]:
    """Transactions begun inside only read. SQLite then takes no write lock for them."""
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


@contextmanager
def transaction() -> Iterator[None]:
    """One unit of work outside a request (commands, demo data): commits at the end or leaves no trace."""
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


def engine_options(database_url: str) -> dict[str, Any]:
    """Options for create_engine: on SQLite the bundled library instead of the system's."""
    if not database_url.startswith("sqlite"):
        return {"pool_pre_ping": True}
    from pysqlite3 import dbapi2

    return {"module": dbapi2, "connect_args": {"timeout": 30}}


def prepare_sqlite(engine: Engine) -> None:
    """Give each new connection durable, checked and concurrent settings."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _settings(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we send BEGIN ourselves, below
        from pysqlite3 import dbapi2

        if dbapi2.sqlite_version_info < FIRST_SAFE_WAL:
            raise RuntimeError(
                f"SQLite {dbapi2.sqlite_version_info} is too old for WAL with several processes"
            )
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA busy_timeout=30000")
        # INSERT OR REPLACE then asks the triggers that guard what is fixed before it removes a row.
        connection.execute("PRAGMA recursive_triggers=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A deferred BEGIN that later wants to write fails at once when another writer came between.
        connection.exec_driver_sql("BEGIN" if _reading.get() else "BEGIN IMMEDIATE")
