"""Runs the migrations, with the application's own engine settings."""

from __future__ import annotations

import importlib
import os
from typing import Any, Literal

from alembic import context
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.pool import NullPool

from app import engine
from app.db import Base, FixedPoint, UTCDateTime
from config import Config

for package in (
    "history", "accounts", "notifications", "programmes", "projects",
    "benefits", "applications", "reviews", "decisions",
):  # fmt: skip
    importlib.import_module(f"app.{package}.models")


def render_item(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """Migrations say what the database stores, so that they do not change when the application does."""
    if kind == "type" and isinstance(item, FixedPoint):
        return "sa.BigInteger()"
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def compare_type(_context: Any, _inspected: Any, metadata: Any, *_types: Any) -> bool | None:
    """The exact types are whole numbers in the database: nothing to compare further."""
    return False if isinstance(metadata.type, (FixedPoint, UTCDateTime)) else None


def migrate(connection: Connection) -> None:
    """Run what is asked for on this connection, in its one transaction: all of it, or nothing."""
    sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_item=render_item,
        compare_type=compare_type,
        render_as_batch=sqlite,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    if sqlite:
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"foreign keys broken by a migration: {broken[:5]}")


def main() -> None:
    """Open the configured database as the application does, and migrate it."""
    given = context.config.attributes.get("address") or os.environ.get("DATABASE_URL")
    url = engine.driver_url(given or Config.from_env().database_url)
    options = engine.engine_options(url)
    database = create_engine(
        url, poolclass=NullPool, **{key: options[key] for key in ("module", "connect_args") if key in options}
    )
    engine.prepare(database)
    if database.dialect.name == "sqlite":
        # Rebuilding a parent table with foreign keys on would take its children with it.
        event.listen(database, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys=OFF"))
    else:
        # A large table takes the time that it takes.
        event.listen(
            database, "begin", lambda connection: connection.exec_driver_sql("SET statement_timeout=0")
        )
    with database.begin() as connection:
        migrate(connection)


main()
