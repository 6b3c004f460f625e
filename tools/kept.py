"""A city with very many cases, on either database: made once for each state of what makes it, then copied.

What is made lies under build/ and may be removed at any time; the next run makes it again. A copy is brought
to the newest migration, as a city's own database is.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

from flask import Flask
from sqlalchemy import update

from app import create_app
from app.accounts.models import Person
from app.accounts.passwords import hashed
from app.db import db
from config import Config
from tools import copied, copying, crowd, trial
from tools.postgres_server import APPLICATION, FORGETFUL, OWNER, Server, copy, reserved

BUILD = Path("build")
IN_THE_MAKING = {**FORGETFUL, "max_wal_size": "4GB", "shared_buffers": "256MB"}
IN_EARNEST = {"autovacuum": "on", "shared_buffers": "256MB"}
"""What is measured is as durable as in a city: fsync and full_page_writes are on."""


@dataclass(frozen=True)
class Kind:
    """A kind of city."""

    name: str
    fill: Callable[[int, datetime], None]
    """Fills the empty database of the current app with so many cases."""
    made_by: tuple[ModuleType, ...]
    """What else than the demonstration it follows from."""


CROWD = Kind("crowd", crowd.fill, (crowd, copying, copied))


@contextmanager
def crowded(cases: int, database: str = "sqlite", kind: Kind = CROWD) -> Iterator[Flask]:
    """The product with so many cases, everybody with the same password, gone afterwards."""
    places = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}
    with places[database](cases, kind):
        app = create_app(Config.from_env())
        app.config["WTF_CSRF_ENABLED"] = False
        yield app
        _let_go(app)


@contextmanager
def _on_sqlite(cases: int, kind: Kind) -> Iterator[None]:
    kept = _place(cases, kind, "sqlite3")
    with tempfile.TemporaryDirectory() as folder:
        trial.use(folder)
        made = Path(folder) / "trial.sqlite3"
        if kept.exists():
            copy(kept, made)
            trial.migrate()
        else:
            _make(cases, kind)
            _keep(made, kept)
        yield


@contextmanager
def _on_postgresql(cases: int, kind: Kind) -> Iterator[None]:
    kept = _place(cases, kind, "postgresql")
    with tempfile.TemporaryDirectory() as folder, reserved(**IN_EARNEST) as server:
        os.environ["DATA_FOLDER"] = folder
        if kept.exists():
            server.continue_from(kept)
            os.environ["DATABASE_URL"] = server.url("crowd", OWNER)
            trial.migrate()
        else:
            _make_in_haste(server, cases, kind)
            _keep(server.data, kept)
            server.start()
        os.environ["DATABASE_URL"] = server.url("crowd", APPLICATION)
        yield


def _make_in_haste(server: Server, cases: int, kind: Kind) -> None:
    """Make the server's data; it stands still afterwards."""
    making = Server(server.folder, IN_THE_MAKING)
    making.ensure_started()
    making.create_database("crowd")
    os.environ["DATABASE_URL"] = making.url("crowd", OWNER)
    _make(cases, kind)
    making.run_alone("crowd", "vacuum analyze")
    making.stop()


def _make(cases: int, kind: Kind) -> None:
    trial.migrate()
    app = create_app(Config.from_env())
    with app.app_context():
        kind.fill(cases, datetime.now(UTC))
        db.session.execute(update(Person).values(password_hash=hashed(trial.PASSWORD)))
        db.session.commit()
    _let_go(app)


def _let_go(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _place(cases: int, kind: Kind, ending: str) -> Path:
    """Where such a city is kept; one that was made otherwise is thrown away."""
    sources = [
        *Path("app/demo").rglob("*.*"),
        *(Path(str(part.__file__)) for part in kind.made_by),
    ]
    read = (path.read_bytes() for path in sorted(sources) if path.suffix != ".pyc")
    digest = hashlib.sha256(b"".join(read)).hexdigest()[:12]
    kept = BUILD / f"{kind.name}-{cases}-{digest}.{ending}"
    for other in BUILD.glob(f"{kind.name}-{cases}-*.{ending}"):
        if other != kept:
            shutil.rmtree(other) if other.is_dir() else other.unlink()
    return kept


def _keep(made: Path, kept: Path) -> None:
    """Keep it whole, or not at all."""
    BUILD.mkdir(exist_ok=True)
    half = kept.with_suffix(".half")
    shutil.rmtree(half, ignore_errors=True)
    copy(made, half)
    half.rename(kept)
