"""Runs the migrations, with the application's own engine settings."""

from __future__ import annotations

import importlib
import os
from typing import Any, Literal

from alembic import context
from sqlalchemy import create_engine
from sqlalchemy.engine import Connection

from app.db import Base, FixedPoint, UTCDateTime, engine_options
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
    """Run what is asked for on this connection."""
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        # Rebuilding a parent table with foreign keys on would take its children with it.
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
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
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")


def main() -> None:
    """Use the connection that the caller gives, or open the configured database."""
    given = context.config.attributes.get("connection")
    if given is not None:
        migrate(given)
        return
    url = os.environ.get("DATABASE_URL") or Config.from_env().database_url
    engine = create_engine(url, **engine_options(url))
    with engine.connect() as connection:
        migrate(connection)
        connection.commit()


main()
