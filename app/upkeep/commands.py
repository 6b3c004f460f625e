"""Commands for whoever looks after an installation: check the record, back it up, move it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from app.db import db
from app.engine import opened
from app.files import FileStore
from app.upkeep import backup as backups
from app.upkeep import restoring
from app.upkeep.archive import ArchiveError
from app.upkeep.commands_files import prune_files
from app.upkeep.commands_setup import add_administrator, migrate
from app.upkeep.commands_work import work
from app.upkeep.copying import CopyError, copy_everything, make_ready
from app.upkeep.heads import HeadFileError, head_of, read_head
from app.upkeep.tables import UnknownTableError, one_moment
from app.upkeep.verification import faults

MOST_FAULTS_TOLD = 100

A_FILE = click.Path(dir_okay=False, path_type=Path)


@contextmanager
def _refusals() -> Iterator[None]:
    """Say plainly what stands in the way, and end with 1."""
    try:
        yield
    except (ArchiveError, CopyError, HeadFileError, UnknownTableError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except SQLAlchemyError as error:
        click.echo(f"The database cannot be used: {getattr(error, 'orig', None) or error}", err=True)
        sys.exit(1)
    except OSError as error:
        click.echo(f"{error.strerror or error}: {error.filename or 'nothing was kept'}", err=True)
        sys.exit(1)


def _files() -> FileStore:
    store: FileStore = current_app.extensions["files"]
    return store


@click.command("verify-history")
@click.option(
    "--head",
    "head_file",
    type=A_FILE,
    help="A head that export-history-head wrote: the chain must contain it.",
)
@with_appcontext
def verify_history(head_file: Path | None) -> None:
    """Check that nothing fixed was changed, removed or inserted: the history, versions, files, ledger."""
    with _refusals():
        if not verified(db.engine, head_file):
            sys.exit(1)


def verified(engine: Engine, head_file: Path | None = None) -> bool:
    """Check a database against the files here, and say what was found."""
    known = read_head(head_file) if head_file else None
    count = 0
    with one_moment(engine) as connection:
        head = head_of(connection)
        for count, fault in enumerate(faults(connection, _files(), known), start=1):
            if count > MOST_FAULTS_TOLD:
                click.echo("… and more.")
                return False
            click.echo(str(fault))
    if count:
        click.echo(f"The record is broken in {count} place{'s' if count > 1 else ''}.")
        return False
    beyond = f", contains event {known.number} as exported" if known else ""
    click.echo(f"The record is whole: {head['number']} events, head {head['hash'][:12]}{beyond}.")
    return True


@click.command("export-history-head")
@click.argument("file", type=A_FILE, required=False)
@with_appcontext
def export_history_head(file: Path | None) -> None:
    """Write the history's newest event's number, hash and time, to be kept where the database is not."""
    with one_moment(db.engine) as connection:
        text = json.dumps(head_of(connection))
    if file is None:
        click.echo(text)
    else:
        with _refusals():
            file.write_text(text + "\n")


@click.command("backup")
@click.argument("target", type=click.Path(path_type=Path))
@with_appcontext
def backup(target: Path) -> None:
    """Write database and attachments to one archive, while the product is in use.

    TARGET is the archive's name, or a folder: then the archive is named by the time.
    """
    now = datetime.now(UTC)
    if target.is_dir():
        target /= f"hemtag-{now:%Y-%m-%dT%H%M%S}Z.zip"
    with _refusals():
        made = backups.back_up(db.engine, _files(), target, now)
    rows = sum(content.rows for content in made.tables.values())
    click.echo(f"{target}: {rows} rows, {made.files} attachments, history to event {made.head['number']}.")
    for sha256 in made.missing:
        click.echo(f"An attachment was lost or damaged before this backup: {sha256}", err=True)
    if made.missing:
        sys.exit(1)


@click.command("restore")
@click.argument("file", type=A_FILE)
@click.option(
    "--replace", is_flag=True, help="Throw away what the database holds. Make a backup of it first."
)
@with_appcontext
def restore(file: Path, *, replace: bool) -> None:
    """Bring a backup back into the configured database, which must be empty, and verify it."""
    with _refusals():
        made = restoring.restore(file, db.engine, _files(), datetime.now(UTC), replace=replace)
        click.echo(f"Restored from {made.made_at}: {made.files} attachments; everybody has to sign in anew.")
        if not verified(db.engine):
            sys.exit(1)


@click.command("copy-database")
@click.argument("target_url", envvar="TARGET_DATABASE_URL")
@with_appcontext
def copy_database(target_url: str) -> None:
    """Copy the configured database into another, empty one, and verify it there.

    The address can stand in TARGET_DATABASE_URL instead, where no list of processes shows its password.
    The attachments stay where they are.
    """
    with _refusals(), opened(target_url) as target:
        make_ready(target)
        copied = copy_everything(db.engine, target)
        rows = sum(content.rows for content in copied.values())
        click.echo(
            f"{rows} rows in {len(copied)} tables are in {target.url.render_as_string()}, proved equal."
        )
        if not verified(target):
            sys.exit(1)


COMMANDS: tuple[Any, ...] = (
    migrate,
    add_administrator,
    verify_history,
    export_history_head,
    backup,
    restore,
    copy_database,
    prune_files,
    work,
)
