"""The worker beside the pages: started and ended as in earnest."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.db import db
from app.mail.models import MailState
from app.upkeep.worker import Worker
from config import PROJECT_ROOT
from tests.apps import close_database
from tests.conftest import Cast, make_cast, make_programme
from tests.mail.conftest import mails, tell
from tests.story import started

FLASK = Path(sys.executable).parent / "flask"


@pytest.fixture
def environment(app: Flask, tmp_path: Path) -> dict[str, str]:
    """Where a worker finds the database of this test, and a mail that waits there."""
    cast = make_cast()
    tell_now(cast, title="Bygglov på nätet")
    close_database()
    return os.environ | {
        "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "DATA_FOLDER": str(tmp_path),
    }


def tell_now(cast: Cast, title: str) -> None:
    from app.upkeep.worker import clock

    project = started(cast, make_programme(cast), title=title)
    tell(cast.leader, project=project, now=clock())


def said(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_once_does_what_there_is_and_ends(environment: dict[str, str], tmp_path: Path) -> None:
    command = [str(FLASK), "--app", "wsgi", "work", "--once"]
    done = subprocess.run(command, cwd=PROJECT_ROOT, env=environment, check=True, capture_output=True)
    assert done.stderr == b""
    assert [mail.state for mail in mails()] == [MailState.SENT]
    assert len(list((tmp_path / "mail").glob("*.eml"))) == 1


@pytest.fixture
def beside(environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A process that has started a worker beside itself, as `make run` does; and the worker's number."""
    script = f"{FLASK} --app wsgi work --beside $$ & echo $!; exec sleep 600"
    process = subprocess.Popen(
        ["/bin/sh", "-c", script], cwd=PROJECT_ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    worker = int(process.stdout.readline())
    try:
        assert "worker has begun" in process.stdout.readline()
        yield process, worker
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_worker_does_not_outlive_what_it_stands_beside(
    number: int, beside: tuple[subprocess.Popen[str], int]
) -> None:
    process, _worker = beside
    process.send_signal(number)
    process.wait()
    assert process.stdout is not None
    told = [line["event"] for line in said(process.stdout.read())]  # to its end: when the worker has let go
    assert told[-2:] == ["worker ends with what it stood beside", "worker has ended"]


def test_a_worker_that_is_told_to_stop_ends_what_it_does_and_says_so(
    beside: tuple[subprocess.Popen[str], int],
) -> None:
    process, worker = beside
    os.kill(worker, signal.SIGTERM)
    assert process.stdout is not None
    assert json.loads(process.stdout.readline())["event"] == "worker has ended"


def test_a_database_that_is_away_does_not_end_the_worker(app: Flask) -> None:
    worker = Worker(app)

    def away(_goes_on: object) -> int:
        raise ConnectionError

    assert worker._round("mail", [away]) > 2
    assert db.session.connection() is not None
