"""Runs the migrations, with the application's own engine settings."""

from __future__ import annotations

import importlib
import os
from typing import Any, Literal

from alembic import context
from sqlalchemy.engine import Connection

from app import engine
from app.db import Base, FixedPoint, UTCDateTime
from config import Config

for package in (
    "history", "accounts", "mail", "notifications", "reminders", "jobs", "programmes", "projects",
    "benefits", "applications", "reviews", "decisions", "delivery.conditions",
    "delivery.plans", "delivery.funds", "delivery.costs", "delivery.risks", "delivery.changes",
    "delivery.reports", "portfolio.saved",
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
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_item=render_item,
        compare_type=compare_type,
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    if broken := engine.broken_references(connection):
        raise RuntimeError(f"foreign keys broken by a migration: {', '.join(broken[:5])}")


def main() -> None:
    """Migrate on the connection that is given, in its transaction; else the configured database in one."""
    attributes = context.config.attributes
    if (given := attributes.get("connection")) is not None:
        migrate(given)
        return
    address = attributes.get("address") or os.environ.get("DATABASE_URL") or Config.from_env().database_url
    with engine.for_migrations(address) as database, database.begin() as connection:
        migrate(connection)


main()
