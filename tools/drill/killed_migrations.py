"""Migrations that are killed between each other and inside, on a filled database, and run again.

All that a database has not had run in one transaction, tables and all. So whatever stops them leaves the
database as it was, and the way on is to run them again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from app.engine import opened
from app.upkeep import migrations
from config import PROJECT_ROOT
from tools import trial
from tools.check_migrations import (
    Rows,
    Schema,
    differences,
    line_of_revisions,
    lost,
    rows_of,
    same_rows,
    schema_of,
)
from tools.drill import must_hold
from tools.drill.dying import COMMIT, died
from tools.grounds import Ground

TITLE = "Migrations killed in the middle, and run again"
NOTHING = "no statement has this in it"
FROM = ("0004", "0010", "0015")
"""Where the databases stand that are migrated: of an old release, of an older, of a new one."""


@dataclass(frozen=True)
class Standing:
    """What a database holds."""

    schema: Schema
    rows: Rows

    @classmethod
    def of(cls, engine: Engine) -> Standing:
        """Look."""
        return cls(schema_of(engine), rows_of(engine))

    def must_stand_in(self, engine: Engine, when: str) -> None:
        """Raises AssertionError when the database holds anything else."""
        found = differences(self.schema, schema_of(engine)) + lost(self.rows, rows_of(engine))
        must_hold(not found, f"{when}: {'; '.join(found)}")


@dataclass(frozen=True)
class Finished:
    """What the whole command leaves: after the migrations it catches up with what this release keeps of what
    was there before, and says when it did."""

    migrated: Standing
    caught_up: dict[str, int]
    """The tables that are written then, with their numbers of rows."""

    @classmethod
    def of(cls, migrated: Standing, engine: Engine) -> Finished:
        """Look, when the command has come to its end."""
        before, after = migrated.rows, rows_of(engine)
        return cls(
            migrated, {name: len(after[name]) for name in after if not same_rows(before[name], after[name])}
        )

    def must_be_begun_in(self, engine: Engine, when: str) -> None:
        """Raises AssertionError when anything is missing but what is caught up with."""
        others = {name: rows for name, rows in self.migrated.rows.items() if name not in self.caught_up}
        Standing(self.migrated.schema, others).must_stand_in(engine, when)

    def must_stand_in(self, engine: Engine, when: str) -> None:
        """Raises AssertionError when the database holds anything else."""
        self.must_be_begun_in(engine, when)
        found = {name: len(rows) for name, rows in rows_of(engine).items() if name in self.caught_up}
        must_hold(found == self.caught_up, f"{when}: {found} instead of {self.caught_up}")


@dataclass(frozen=True)
class Point:
    """Where a migration is killed: so many steps after the first statement in which this is found."""

    found: str
    steps: int

    @classmethod
    def after(cls, revision: str, steps: int) -> Point:
        """So many steps after a migration has been noted as done: 0 is inside its note."""
        return cls(rf"alembic_version SET version_num='{revision}'", steps)


LAST = Point(COMMIT, 0)
"""Everything is done, and nothing has been committed."""


def points(revisions: Sequence[str]) -> Iterator[Point]:
    """Between every two migrations, and inside each of them; at last before the commit."""
    for revision in revisions:
        yield from (Point.after(revision, steps) for steps in (0, 2))
    yield LAST


def stretches(revisions: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """From where it is migrated, and the migrations that are killed then: each from the newest such place.

    They are the ones between two places, as where they begin and end in the line of all.
    """
    begins = [revisions.index(base) + 1 for base in FROM]
    yield from zip(FROM, begins, [*begins[1:], len(revisions)], strict=True)


def config_of(address: str) -> Config:
    """Alembic's, for a database."""
    config = Config(toml_file=PROJECT_ROOT / "pyproject.toml")
    config.attributes["address"] = address
    return config


def is_migrated(engine: Engine) -> bool:
    """The migrations were committed, all of them."""
    with engine.connect() as connection:
        return migrations.reached(connection) == migrations.newest()


def killed_and_run_again(address: str, base: str, where: Sequence[Point]) -> int:
    """Take a filled database back to an older migration; kill the way up at each point, then go it.

    Answers how often it was killed. Raises AssertionError.
    """
    config = config_of(address)
    here = os.environ | {"DATABASE_URL": address}
    with opened(address) as engine:
        command.downgrade(config, base)
        before = Standing.of(engine)
        command.upgrade(config, "head")
        migrated = Standing.of(engine)
        must_hold(not died(here, NOTHING, 0, "migrate"), "it does not come to its end")
        wanted = Finished.of(migrated, engine)
        command.downgrade(config, base)
        before.must_stand_in(engine, "before anything was killed")
        killed = 0
        for point in where:
            if died(here, point.found, point.steps, "migrate"):
                killed += 1
                if is_migrated(engine):  # it was catching up
                    wanted.must_be_begun_in(engine, f"killed at {point}")
                    command.downgrade(config, base)
                else:
                    before.must_stand_in(engine, f"killed at {point}")
            else:  # the point lies beyond the end
                wanted.must_stand_in(engine, f"not killed at {point}")
                command.downgrade(config, base)
        must_hold(killed > 0, "nothing was killed")
        must_hold(not died(here, NOTHING, 0, "migrate"), "it does not come to its end")
        wanted.must_stand_in(engine, "run again")
    return killed


def drill(ground: Ground) -> str:
    """The demo data, from three older releases."""
    config = config_of(ground.owner)
    command.upgrade(config, "head")
    os.environ |= ground.environment
    trial.fill()
    revisions = line_of_revisions(config)
    killed = sum(
        killed_and_run_again(ground.owner, base, [*points(revisions[older:newer])])
        for base, older, newer in stretches(revisions)
    )
    return f"killed {killed} times on the way up; as before each time, and whole when run again"
