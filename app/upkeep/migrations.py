"""How far a database has come along the migrations, and bringing it further."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from config import PROJECT_ROOT

if TYPE_CHECKING:
    from alembic.config import Config


@cache
def newest() -> str:
    """The migration that this release of the product ends with."""
    from alembic.script import ScriptDirectory

    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise LookupError("there are no migrations")
    return head


def known(revision: str) -> bool:
    """Whether the migration is one of this release's: a newer release's is not."""
    from alembic.script import ScriptDirectory

    return any(
        script.revision == revision for script in ScriptDirectory.from_config(_config()).walk_revisions()
    )


def reached(connection: Connection) -> str | None:
    """The migration that the database has come to; None when it has no tables yet."""
    from alembic.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision()


def bring_to_newest(address: str) -> None:
    """Run the migrations that the database has not had, in one transaction: all of them, or none."""
    from alembic import command

    command.upgrade(_config(address=address), "head")


def begin_anew(connection: Connection) -> None:
    """Take every table away with all that is in it, and make this release's, in the connection's transaction.

    The connection is one of `engine.for_migrations`.
    """
    from alembic import command

    config = _config(connection=connection)
    command.downgrade(config, "base")
    command.upgrade(config, "head")


def _config(**attributes: Any) -> Config:
    from alembic.config import Config

    config = Config(toml_file=PROJECT_ROOT / "pyproject.toml")
    config.attributes.update(attributes)
    return config
