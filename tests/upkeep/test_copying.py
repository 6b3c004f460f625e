"""A database is copied into the other kind, all of it and proved equal, or nothing is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from app.accounts import service as accounts
from app.db import db, transaction
from app.engine import opened
from app.files import FileStore
from app.history.service import System
from app.programmes.models import Programme
from app.upkeep.copying import address_of
from app.upkeep.tables import all_tables, content_of, first_filled, one_moment
from tests.apps import make_app
from tests.conftest import NOW, Cast, stage_for
from tests.databases import KINDS, Databases, Kind, as_owner, owner_of
from tests.upkeep.conftest import closed, run
from tests.upkeep.forging import decided_case


@pytest.fixture(params=KINDS)
def others(request: pytest.FixtureRequest) -> Databases:
    """Databases of each kind, to copy into."""
    kind: Kind = request.param
    made: Databases = request.getfixturevalue("sqlite_files" if kind == "sqlite" else "postgres_databases")
    return made


@pytest.fixture
def target(others: Databases) -> Iterator[Engine]:
    """A database that holds nothing, as its owner sees it. Its tables are there: to make them takes long."""
    with opened(owner_of(others.copy(stage_for(others, ())))) as engine:
        yield engine


@pytest.fixture
def bare(others: Databases) -> Iterator[Engine]:
    """A database without tables, as its owner sees it."""
    with opened(owner_of(others.empty())) as engine:
        yield engine


def contents(engine: Engine) -> dict[str, object]:
    with one_moment(engine) as connection:
        return {table.name: content_of(connection, table) for table in all_tables(connection)}


def test_everything_arrives_and_is_whole(
    app: Flask, cast: Cast, programme: Programme, files: FileStore, bare: Engine
) -> None:
    decided_case(cast, programme, files)
    copied = run(app, "copy-database", address_of(bare))
    assert copied.exit_code == 0, copied.output
    assert "proved equal" in copied.output
    assert "The record is whole" in copied.output
    assert contents(bare) == contents(db.engine)


def test_what_is_fixed_is_guarded_where_it_arrives(
    app: Flask, cast: Cast, programme: Programme, files: FileStore, target: Engine
) -> None:
    decided_case(cast, programme, files)
    assert run(app, "copy-database", address_of(target)).exit_code == 0
    for statement in ("update decision set amount = 1", "delete from history_event"):
        with pytest.raises(DBAPIError, match="is fixed once written"), target.begin() as connection:
            connection.exec_driver_sql(statement)


def test_new_rows_are_numbered_after_those_that_came(
    app: Flask, cast: Cast, target: Engine, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    last = max(cast.department.id, cast.other_department.id)
    assert run(app, "copy-database", address_of(target)).exit_code == 0
    there = make_app(address_of(target), tmp_path)
    request.addfinalizer(lambda: closed(there))
    with there.app_context(), transaction():
        assert accounts.create_department(System(), "Efter flytten", NOW).id > last


def test_a_postgresql_knows_what_it_has_been_filled_with(app: Flask, cast: Cast, target: Engine) -> None:
    assert run(app, "copy-database", address_of(target)).exit_code == 0
    if target.dialect.name == "postgresql":
        with target.connect() as connection:
            asked = "select reltuples, (select count(*) from person) from pg_class where relname = 'person'"
            known, there = connection.exec_driver_sql(asked).one()
        assert known == there > 0


def test_a_target_that_holds_something_is_left_alone(app: Flask, cast: Cast, target: Engine) -> None:
    assert run(app, "copy-database", address_of(target)).exit_code == 0
    before = contents(target)
    with app.app_context(), transaction():
        accounts.create_department(System(), "Senare", NOW)
    again = run(app, "copy-database", address_of(target))
    assert again.exit_code == 1
    assert "The target is not empty" in again.output
    assert contents(target) == before


def test_a_copy_that_fails_on_the_way_leaves_nothing(app: Flask, cast: Cast, target: Engine) -> None:
    """The target asks more of a table than the source does: somebody has been at it."""
    with target.begin() as connection:
        connection.exec_driver_sql("create unique index one_title on person (title)")
    refused = run(app, "copy-database", address_of(target))
    assert refused.exit_code == 1
    assert "The database cannot be used" in refused.output
    with target.connect() as connection:
        assert first_filled(connection) is None


def test_a_table_that_the_product_does_not_know_is_not_left_behind_in_silence(
    app: Flask, cast: Cast, target: Engine
) -> None:
    db.session.rollback()
    with as_owner(app.config["SQLALCHEMY_DATABASE_URI"]) as connection:
        connection.execute(text("create table own_notes (id integer)"))
    refused = run(app, "copy-database", address_of(target))
    assert refused.exit_code == 1
    assert "own_notes" in refused.output


def test_a_password_is_not_told(app: Flask, cast: Cast, tmp_path: Path) -> None:
    refused = run(app, "copy-database", "postgresql://hemtag:hemligt@127.0.0.1:1/hemtag")
    assert refused.exit_code == 1
    assert "hemligt" not in refused.output


def test_a_target_can_stand_in_the_environment(
    app: Flask, cast: Cast, target: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TARGET_DATABASE_URL", address_of(target))
    assert run(app, "copy-database").exit_code == 0
