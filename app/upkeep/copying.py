"""One database's whole content into another, empty one: all of it, proved equal, or nothing."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, Engine, text

from app.engine import take_time
from app.upkeep import migrations
from app.upkeep.tables import (
    Content,
    all_tables,
    content_of,
    continue_numbers,
    copy_table,
    first_filled,
    one_moment,
)


class CopyError(RuntimeError):
    """The copy was not made, and the message says why; the target is as it was."""


def address_of(engine: Engine) -> str:
    """The engine's address, with its password: for programs, never for people."""
    return engine.url.render_as_string(hide_password=False)


def make_ready(target: Engine) -> None:
    """See that the target is empty and has every table."""
    with target.connect() as connection:
        filled = first_filled(connection)
        at = migrations.reached(connection)
    if filled is not None:
        raise CopyError(f"The target is not empty: its table {filled} holds something.")
    if at != migrations.newest():
        migrations.bring_to_newest(address_of(target))


def copy_everything(source: Engine, target: Engine) -> Mapping[str, Content]:
    """Copy every table in one transaction of the target, and compare before it is committed."""
    with target.begin() as write:
        return copy_into(source, write)


def copy_into(source: Engine, write: Connection) -> Mapping[str, Content]:
    """Copy every table in the transaction of `write`, and compare: whoever began it commits it.

    The source is read as it is at one moment; people may go on working in it.
    """
    take_time(write)
    with one_moment(source) as read:
        see_that_it_is_at_newest(read)
        copied = {table.name: copy_table(read, write, table) for table in all_tables(read)}
        continue_numbers(write)
        for table in all_tables(write):
            arrived = content_of(write, table)
            if arrived != copied[table.name]:
                raise CopyError(f"The table {table.name} did not arrive as it was sent; nothing is kept.")
    get_to_know(write)
    return copied


def get_to_know(write: Connection) -> None:
    """Let PostgreSQL look at what it was filled with: until it has, it searches as if there were nothing."""
    if write.dialect.name == "postgresql":
        write.execute(text("analyze"))


def see_that_it_is_at_newest(connection: Connection) -> None:
    """Refuse a database whose tables are not this release's."""
    at = migrations.reached(connection)
    if at != migrations.newest():
        raise CopyError(
            f"The database is at migration {at}, the product at {migrations.newest()}: migrate it."
        )
