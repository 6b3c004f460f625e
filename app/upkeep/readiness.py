"""Can this installation do its work now? What stands in the way, in words that tell nothing secret."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from flask import current_app
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from app.db import db
from app.files import FileStore
from app.upkeep import migrations


def obstacles_here() -> list[str]:
    """What stands in the way of this installation."""
    files: FileStore = current_app.extensions["files"]
    free: int = current_app.config["LEAST_FREE_SPACE"]
    return list(obstacles(db.engine, files.folder.parent, least_free=free))


def obstacles(engine: Engine, folder: Path, *, least_free: int) -> Iterator[str]:
    """Everything that keeps the product from working, as it is found."""
    yield from _database(engine)
    yield from _folder(folder, least_free)


def _database(engine: Engine) -> Iterator[str]:
    try:
        with engine.connect() as connection:
            at = migrations.reached(connection)
    except SQLAlchemyError:
        yield "The database does not answer."
        return
    if at != migrations.newest():
        yield "The database is at another migration than the product."


def _folder(folder: Path, least_free: int) -> Iterator[str]:
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"ready")
        free = shutil.disk_usage(folder).free
    except OSError:
        yield "The data folder cannot be written to."
        return
    if free < least_free:
        yield f"Less than {least_free // 1_000_000} MB are left for the data folder."
