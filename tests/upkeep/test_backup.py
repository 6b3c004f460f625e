"""A backup that is made while people write comes back whole; half a backup never looks whole."""

from __future__ import annotations

import json
import os
import resource
import stat
import subprocess
import sys
import zipfile
from pathlib import Path
from threading import Event, Thread
from typing import Self

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import service as accounts
from app.applications.models import Attachment
from app.db import db, transaction
from app.files import FileStore
from app.history.service import System
from app.programmes.models import Programme
from app.projects.models import Project
from app.upkeep import migrations
from app.upkeep.archive import DATABASE, FILES, MANIFEST
from config import PROJECT_ROOT
from tests import story
from tests.conftest import NOW, Browser, Cast
from tests.databases import KINDS, Kind
from tests.upkeep.conftest import Elsewhere, names_in, run
from tests.upkeep.forging import attach, decided_case, other_pdf

# --- the drill -------------------------------------------------------------------------------------------


class Writers:
    """People who go on writing; each act is noted when it has been acknowledged."""

    def __init__(self, app: Flask, count: int = 3) -> None:
        self.acknowledged: list[str] = []
        self._app, self._stop = app, Event()
        self._threads = [Thread(target=self._write, args=(number,)) for number in range(count)]

    def _write(self, number: int) -> None:
        act = 0
        while not self._stop.is_set():
            act += 1
            with self._app.app_context():
                with transaction():
                    accounts.create_department(System(), f"Förvaltning {number}.{act}", NOW)
                self.acknowledged.append(f"Förvaltning {number}.{act}")
                db.session.remove()

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        while len(self.acknowledged) < 20:
            self._threads[0].join(0.01)
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_acknowledged_before_the_backup_is_in_what_is_restored(
    kind: Kind,
    app: Flask,
    cast: Cast,
    programme: Programme,
    files: FileStore,
    elsewhere: Elsewhere,
    tmp_path: Path,
) -> None:
    decided_case(cast, programme, files)
    archive = tmp_path / "backup.zip"
    with Writers(app) as writers:
        before = set(writers.acknowledged)
        made = run(app, "backup", archive)
        after = set(writers.acknowledged)
    assert made.exit_code == 0, made.output
    assert after > before, "nobody was kept waiting until the backup was done"
    other = elsewhere(kind)
    restored = run(other, "restore", archive)
    assert restored.exit_code == 0, restored.output
    assert "The record is whole" in restored.output
    assert before <= names_in(other)
    with other.app_context():
        kept: FileStore = other.extensions["files"]
        (sha256,) = db.session.scalars(select(Attachment.sha256))
        assert kept.fingerprint(sha256) == sha256


# --- the archive -----------------------------------------------------------------------------------------


def test_only_its_owner_may_read_an_archive(app: Flask, tmp_path: Path) -> None:
    archive = tmp_path / "made.zip"
    assert run(app, "backup", archive).exit_code == 0
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600


def test_an_archive_is_named_by_the_time_and_never_written_over(
    app: Flask, cast: Cast, archive: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    assert run(app, "backup", folder).exit_code == 0
    (made,) = folder.iterdir()
    assert made.name.startswith("hemtag-20")
    again = run(app, "backup", archive)
    assert (again.exit_code, again.output) == (1, f"{archive} exists already.\n")


def test_the_manifest_says_what_is_in_it(archive: Path, cast: Cast) -> None:
    with zipfile.ZipFile(archive) as content:
        manifest = json.loads(content.read(MANIFEST))
        names = content.namelist()
    assert manifest["migration"] == migrations.newest()
    assert manifest["tables"]["decision"]["rows"] == 1
    assert manifest["head"]["number"] == manifest["tables"]["history_event"]["rows"]
    assert [name for name in names if name.startswith(FILES)] == [f"{FILES}{sha}" for sha in manifest_files()]
    assert names[-1] == MANIFEST


def test_finished_documents_are_left_out_and_made_again_where_it_is_restored(
    app: Flask, archive: Path, cast: Cast, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    kept = tmp_path / "paper" / "ab" / "abcd"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"%PDF-1.7 a finished document")
    case = db.session.scalars(select(Project.id).where(Project.state == "approved")).one()
    path = tmp_path / "later.zip"
    assert run(app, "backup", path).exit_code == 0
    with zipfile.ZipFile(path) as content:
        names = [name for name in content.namelist() if not name.startswith(FILES)]
    assert names == [DATABASE, MANIFEST]
    other = elsewhere("sqlite")
    assert run(other, "restore", path).exit_code == 0
    other.config["PAPER_FOLDER"] = tmp_path / "paper elsewhere"
    other.test_client_class = Browser
    browser = other.test_client()
    assert isinstance(browser, Browser)
    answer = browser.sign_in(cast.leader).get(f"/projekt/{case}/ansokan.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")


def manifest_files() -> list[str]:
    return list(db.session.scalars(select(Attachment.sha256)))


def test_the_same_record_has_the_same_fingerprints_on_both_databases(
    archive: Path, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    for kind in KINDS:
        other = elsewhere(kind)
        assert run(other, "restore", archive).exit_code == 0
        assert run(other, "backup", tmp_path / f"{kind}.zip").exit_code == 0
    said = []
    for path in (archive, *(tmp_path / f"{kind}.zip" for kind in KINDS)):
        with zipfile.ZipFile(path) as content:
            said.append(json.loads(content.read(MANIFEST))["tables"])
    for tables in said:
        assert tables.pop("mail")["rows"] > 0, "what had waited was ended by the restore, each at its time"
    assert said[0] == said[1] == said[2]


def test_a_lost_attachment_does_not_stop_a_backup_but_is_told(
    app: Flask, cast: Cast, programme: Programme, files: FileStore, tmp_path: Path
) -> None:
    decided_case(cast, programme, files)
    (sha256,) = manifest_files()
    files.path(sha256).unlink()
    made = run(app, "backup", tmp_path / "made.zip")
    assert made.exit_code == 1
    assert f"An attachment was lost or damaged before this backup: {sha256}" in made.output
    assert (tmp_path / "made.zip").exists()


# --- a full disk -----------------------------------------------------------------------------------------


def size_limited(app: Flask, limit: int, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """The command in a process that cannot write a larger file: the kernel refuses, as on a full disk."""
    return subprocess.run(
        [Path(sys.executable).parent / "flask", "--app", "wsgi", *map(str, words)],
        cwd=PROJECT_ROOT,
        env=os.environ
        | {
            "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
            "DATA_FOLDER": str(app.extensions["files"].folder.parent),
        },
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("limit", [100_000, 2_000_000])
def test_a_full_disk_leaves_nothing_that_looks_like_a_backup(
    limit: int, app: Flask, cast: Cast, programme: Programme, files: FileStore, tmp_path: Path
) -> None:
    """First the copy of the database does not find room, then the archive with the attachments."""
    attach(cast, story.started(cast, programme), files, other_pdf(os.urandom(500_000).hex().encode()))
    attach(cast, story.started(cast, programme), files, other_pdf(os.urandom(500_000).hex().encode()))
    folder = tmp_path / "backups"
    folder.mkdir()
    refused = size_limited(app, limit, "backup", folder)
    assert refused.returncode == 1
    assert refused.stderr
    assert "Traceback" not in refused.stderr
    assert list(folder.iterdir()) == []
    assert run(app, "backup", folder).exit_code == 0, "with room it is made"
