"""The database as models and services see it: base class, exact column types, a unit of work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, DateTime, Dialect, MetaData
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from app.engine import reading

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table. A class that sets `__recorded__ = False` is left out of the history (see app.history)."""

    metadata = MetaData(naming_convention=NAMING)
    __recorded__ = True
    __fixed__ = False
    """True for records that nobody may change or remove once they are written."""
    __derived__: tuple[str, ...] = ()
    """Columns that follow from others: the history tells of those."""
    __told_by__: str | None = None
    """The column that names the record which the history tells of instead, and which vouches for this one."""


db = SQLAlchemy(model_class=Base, disable_autonaming=True)


def insert(table: type[Base]) -> postgresql.Insert:
    """An INSERT that can say what to do when the row is there already; written alike on both databases."""
    # The two are classes of their own, with the same methods.
    made: Any = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    statement: postgresql.Insert = made(table)
    return statement


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


@contextmanager
def only_reading() -> Iterator[None]:
    """Look at one moment outside a request: nobody waits for it, and nothing is left open."""
    with reading():
        try:
            yield
        finally:
            db.session.rollback()


@contextmanager
def transaction() -> Iterator[None]:
    """One unit of work outside a request (commands, demo data): commits at the end or leaves no trace."""
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
