"""Commands for the contents of files."""

from __future__ import annotations

from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import with_appcontext

from app.db import db
from app.engine import reading
from app.files import FileStore
from app.upkeep.contents import contents_told_of


@click.command("prune-files")
@with_appcontext
def prune_files() -> None:
    """Remove files that no record refers to: halves that a killed process left, uploads that failed."""
    store: FileStore = current_app.extensions["files"]
    with reading():
        removed = store.prune(frozenset(contents_told_of(db.session.connection())), datetime.now(UTC))
    click.echo(f"{removed} files are removed.")
