"""A backup comes back whole into either database, and what is not a whole backup is refused."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable
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
from app.files import FileStore
from app.history.service import System
from app.mail.models import MailState, Reason
from app.mail.sending import send_what_waits
from app.programmes.models import Programme
from app.upkeep import migrations
from app.upkeep.archive import DATABASE, FILES, MANIFEST
from config import PROJECT_ROOT
from tests.conftest import NOW, Browser, Cast
from tests.databases import KINDS, Kind, address_of, owner_of
from tests.mail.conftest import mails, tell
from tests.story import started
from tests.upkeep.conftest import Elsewhere, closed, is_empty, names_in, run
from tests.upkeep.forging import decided_case
from tools.drill.dying import died

_MADE: dict[str, bytes] = {}
"""By the address of what it is a backup of."""


@pytest.fixture
def archive(app: Flask, cast: Cast, programme: Programme, files: FileStore, tmp_path: Path) -> Path:
    """A backup of a decided case: for each test a copy of the first one."""
    address, path = address_of(db.engine), tmp_path / "archive.zip"
    if address not in _MADE:
        decided_case(cast, programme, files)
        assert run(app, "backup", tmp_path / "first.zip").exit_code == 0
        _MADE[address] = (tmp_path / "first.zip").read_bytes()
    path.write_bytes(_MADE[address])
    db.session.rollback()  # what the cast was asked for; who restores would wait for it
    return path


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


Change = Callable[[dict[str, bytes]], object]
DAMAGES: dict[str, Change] = {
    "is not what the manifest says": lambda parts: parts.update(
        {DATABASE: parts[DATABASE][:5000] + b"!" + parts[DATABASE][5001:]}
    ),
    "is damaged": lambda parts: parts.update({a_file(parts): b"%PDF-1.7 something else"}),
    "its manifest says 1": lambda parts: parts.pop(a_file(parts)),
    "has no manifest": lambda parts: parts.pop(MANIFEST),
    "was made by a newer release": lambda parts: said(parts, migration="9999"),
    "has format 2": lambda parts: said(parts, format=2),
    "The table decision in the archive is not": lambda parts: tables(parts, "decision"),
}


def a_file(parts: dict[str, bytes]) -> str:
    return next(name for name in parts if name.startswith(FILES))


def said(parts: dict[str, bytes], **other: object) -> None:
    parts[MANIFEST] = json.dumps(json.loads(parts[MANIFEST]) | other).encode()


def tables(parts: dict[str, bytes], name: str) -> None:
    manifest = json.loads(parts[MANIFEST])
    manifest["tables"][name]["sha256"] = "0" * 64
    parts[MANIFEST] = json.dumps(manifest).encode()


def rewritten(archive: Path, change: Change) -> Path:
    """The archive with other content, whole as a zip file."""
    with zipfile.ZipFile(archive) as content:
        parts = {name: content.read(name) for name in content.namelist()}
    change(parts)
    made = archive.with_name("rewritten.zip")
    with zipfile.ZipFile(made, "w") as content:
        for name, part in parts.items():
            content.writestr(name, part)
    return made


@pytest.mark.parametrize("told", DAMAGES)
def test_an_archive_that_is_not_what_it_says_is_refused(
    told: str, archive: Path, elsewhere: Elsewhere
) -> None:
    other = elsewhere("sqlite")
    refused = run(other, "restore", rewritten(archive, DAMAGES[told]))
    assert refused.exit_code == 1
    assert told in refused.output
    assert is_empty(other)


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_an_archive_that_was_cut_off_is_refused(part: float, archive: Path, elsewhere: Elsewhere) -> None:
    content = archive.read_bytes()
    archive.write_bytes(content[: int(len(content) * part)])
    other = elsewhere("sqlite")
    refused = run(other, "restore", archive)
    assert refused.exit_code == 1
    assert "is not a whole archive" in refused.output
    assert is_empty(other)


@pytest.mark.parametrize("place", range(1, 10))
def test_a_damaged_byte_anywhere_in_the_content_is_noticed(
    place: int, archive: Path, elsewhere: Elsewhere
) -> None:
    content = bytearray(archive.read_bytes())
    with zipfile.ZipFile(archive) as parts:
        length = parts.getinfo(DATABASE).compress_size
    content[100 + (length - 200) * place // 10] ^= 0xFF
    archive.write_bytes(content)
    other = elsewhere("sqlite")
    refused = run(other, "restore", archive)
    assert refused.exit_code == 1, refused.output
    assert is_empty(other)


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


def test_what_is_no_archive_is_refused(app: Flask, elsewhere: Elsewhere, tmp_path: Path) -> None:
    other = elsewhere("sqlite")
    (tmp_path / "text.zip").write_text("no archive")
    assert "is not a whole archive" in run(other, "restore", tmp_path / "text.zip").output
    assert "does not exist" in run(other, "restore", tmp_path / "nothing.zip").output
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as content:
        content.writestr("readme.txt", "something else")
    assert "has no manifest" in run(other, "restore", tmp_path / "other.zip").output
