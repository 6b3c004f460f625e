"""A backup comes back whole into either database, and what is not a whole backup is refused."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config as AlembicConfig
from flask import Flask
from sqlalchemy import func, select

from app.accounts import service as accounts
from app.accounts.models import SignIn
from app.db import db, transaction
from app.engine import opened
from app.history.service import System
from app.mail.models import MailState, Reason
from app.mail.sending import send_what_waits
from app.programmes.models import Programme
from app.upkeep import migrations
from app.upkeep.archive import DATABASE
from config import PROJECT_ROOT
from tests.conftest import NOW, Browser, Cast
from tests.databases import KINDS, Kind, owner_of
from tests.mail.conftest import mails, tell
from tests.story import started
from tests.upkeep.conftest import Elsewhere, closed, names_in, rewritten, run, said
from tools.drill.dying import died


def test_a_database_that_holds_something_is_left_alone(app: Flask, archive: Path) -> None:
    with app.app_context(), transaction():
        accounts.create_department(System(), "Efteråt", NOW)
    refused = run(app, "restore", archive)
    assert refused.exit_code == 1
    assert "The database is not empty" in refused.output
    assert "Efteråt" in names_in(app)


@pytest.mark.parametrize("kind", KINDS)
def test_a_database_is_replaced_when_one_says_so(kind: Kind, archive: Path, elsewhere: Elsewhere) -> None:
    other = elsewhere(kind)
    assert run(other, "restore", archive).exit_code == 0
    with other.app_context(), transaction():
        accounts.create_department(System(), "Efteråt", NOW)
    closed(other)
    assert run(other, "restore", "--replace", archive).exit_code == 0
    assert "Efteråt" not in names_in(other)
    with other.app_context(), transaction():
        accounts.create_department(System(), "Nästa", NOW)
    assert run(other, "verify-history").exit_code == 0


@pytest.mark.parametrize("step", ["DROP TABLE", "INSERT INTO decision ", "UPDATE sign_in"])
def test_a_restore_that_is_killed_half_way_leaves_the_database_as_it_was(
    step: str, app: Flask, archive: Path, tmp_path: Path
) -> None:
    with app.app_context(), transaction():
        accounts.create_department(System(), "Efteråt", NOW)
    address = app.config["SQLALCHEMY_DATABASE_URI"]
    closed(app)
    here = os.environ | {"DATABASE_URL": owner_of(address), "DATA_FOLDER": str(tmp_path)}
    assert died(here, step, 0, "restore", "--replace", archive)
    assert "Efteråt" in names_in(app)
    assert run(app, "verify-history").exit_code == 0


def test_everybody_signs_in_anew_after_a_restore(
    app: Flask, cast: Cast, browser: Browser, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    browser.sign_in(cast.leader)
    assert run(app, "backup", tmp_path / "made.zip").exit_code == 0
    other = elsewhere("sqlite")
    assert run(other, "restore", tmp_path / "made.zip").exit_code == 0
    with other.app_context():
        still_open = select(func.count()).select_from(SignIn).where(SignIn.ended_at.is_(None))
        assert db.session.scalar(still_open) == 0
        assert db.session.scalar(select(func.count()).select_from(SignIn)) == 1


def test_a_mail_that_waited_when_the_backup_was_made_is_not_sent_by_itself(
    app: Flask, cast: Cast, programme: Programme, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    tell(cast.leader, project=started(cast, programme, title="Bygglov på nätet"))
    assert run(app, "backup", tmp_path / "made.zip").exit_code == 0
    other = elsewhere("sqlite")
    assert run(other, "restore", tmp_path / "made.zip").exit_code == 0
    with other.app_context():
        assert send_what_waits(lambda: NOW) == 0
        assert [(mail.state, mail.reason) for mail in mails()] == [(MailState.UNKNOWN, Reason.RESTORED)]


def test_an_archive_of_an_older_release_is_migrated(
    archive: Path, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    """Its last migration is taken back, as if the archive had been made before it."""

    def older(parts: dict[str, bytes]) -> None:
        path = tmp_path / "older.sqlite3"
        path.write_bytes(parts[DATABASE])
        config = AlembicConfig(toml_file=PROJECT_ROOT / "pyproject.toml")
        config.attributes["address"] = f"sqlite:///{path}"
        command.downgrade(config, "-1")
        with opened(f"sqlite:///{path}") as engine, engine.connect() as connection:
            at = migrations.reached(connection)
        parts[DATABASE] = path.read_bytes()
        said(parts, migration=at, database_sha256=sha256(parts[DATABASE]).hexdigest())

    other = elsewhere("sqlite")
    restored = run(other, "restore", rewritten(archive, older))
    assert restored.exit_code == 0, restored.output
    with other.app_context(), db.engine.connect() as connection:
        assert migrations.reached(connection) == migrations.newest()
