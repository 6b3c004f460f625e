"""What the tests of upkeep share: another installation beside the app's own, and typing commands."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask, has_app_context
from sqlalchemy import select

from app.accounts.models import Department
from app.db import db
from app.files import FileStore
from app.programmes.models import Programme
from app.upkeep.archive import MANIFEST
from app.upkeep.tables import first_filled
from tests.apps import close_database, make_app
from tests.conftest import Cast
from tests.databases import Databases, Kind, address_of, owner_of
from tests.upkeep.forging import decided_case

Elsewhere = Callable[[Kind], Flask]


def run(app: Flask, *words: str | Path) -> Result:
    """A command, as somebody types it."""
    if has_app_context():
        db.session.rollback()  # the test holds nothing that the command would wait for
    with app.app_context():
        return app.test_cli_runner().invoke(args=[str(word) for word in words])


@pytest.fixture
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Elsewhere:
    """Another, empty installation, on a database of the kind that one asks for."""
    made: list[Flask] = []

    def install(kind: Kind) -> Flask:
        fixture = "sqlite_files" if kind == "sqlite" else "postgres_databases"
        databases: Databases = request.getfixturevalue(fixture)
        folder = tmp_path / f"elsewhere {len(made)}"
        folder.mkdir()
        app = make_app(owner_of(databases.empty()), folder)
        made.append(app)
        request.addfinalizer(lambda: closed(app))
        return app

    return install


def closed(app: Flask) -> None:
    with app.app_context():
        close_database()


@pytest.fixture
def files(app: Flask) -> FileStore:
    """The app's store of attachments."""
    store = app.extensions["files"]
    assert isinstance(store, FileStore)
    return store


def names_in(app: Flask) -> set[str]:
    with app.app_context():
        return set(db.session.scalars(select(Department.name)))


def is_empty(app: Flask) -> bool:
    with app.app_context(), db.engine.connect() as connection:
        return first_filled(connection) is None


_MADE: dict[str, bytes] = {}
"""By the address of what it is a backup of."""


@pytest.fixture
def archive(app: Flask, cast: Cast, programme: Programme, files: FileStore, tmp_path: Path) -> Path:
    """A backup of a decided case: for each test a copy of the first one."""
    decided_case(cast, programme, files)
    address, path = address_of(db.engine), tmp_path / "archive.zip"
    if address not in _MADE:
        assert run(app, "backup", tmp_path / "first.zip").exit_code == 0
        _MADE[address] = (tmp_path / "first.zip").read_bytes()
    path.write_bytes(_MADE[address])
    db.session.rollback()  # what the cast was asked for; who restores would wait for it
    return path


def rewritten(archive: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """The archive with other content, whole as a zip file."""
    with zipfile.ZipFile(archive) as content:
        parts = {name: content.read(name) for name in content.namelist()}
    change(parts)
    made = archive.with_name("rewritten.zip")
    with zipfile.ZipFile(made, "w") as content:
        for name, part in parts.items():
            content.writestr(name, part)
    return made


def said(parts: dict[str, bytes], **other: object) -> None:
    """Let the manifest say something else."""
    parts[MANIFEST] = json.dumps(json.loads(parts[MANIFEST]) | other).encode()
