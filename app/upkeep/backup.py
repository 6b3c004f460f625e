"""Backing everything up while the product is in use."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from app.engine import opened
from app.files import FileStore
from app.upkeep import archive as archives
from app.upkeep import migrations
from app.upkeep.archive import Manifest
from app.upkeep.contents import contents_told_of
from app.upkeep.copying import CopyError, copy_everything, see_that_it_is_at_newest
from app.upkeep.heads import head_of
from app.upkeep.tables import all_tables, content_of, one_moment


def back_up(engine: Engine, files: FileStore, target: Path, now: datetime) -> Manifest:
    """Write the whole record, as it is at one moment, to an archive at `target`.

    The attachments are those of that moment: a content is in the store before a row tells of it, and never
    leaves it.
    """
    with one_moment(engine) as connection:
        see_that_it_is_at_newest(connection)
    with (
        tempfile.TemporaryDirectory(dir=target.parent, prefix=".hemtag-backup-") as folder,
        archives.new_archive(target) as archive,
    ):
        copy = Path(folder) / archives.DATABASE
        _copy_database(engine, copy)
        with copy.open("rb") as source:
            sha256 = archives.put(archive, archives.DATABASE, source, squeeze=True)
        with opened(f"sqlite:///{copy}") as copied, one_moment(copied) as connection:
            contents = {table.name: content_of(connection, table) for table in all_tables(connection)}
            head = head_of(connection)
            wanted = contents_told_of(connection)
        missing = tuple(_put_files(archive, files, wanted))
        manifest = Manifest(
            made_at=now.isoformat(),
            made_from=engine.dialect.name,
            migration=migrations.newest(),
            head=head,
            database_sha256=sha256,
            tables=contents,
            files=len(wanted) - len(missing),
            missing=missing,
        )
        archives.seal(archive, manifest)
    return manifest


def _copy_database(engine: Engine, target: Path) -> None:
    """The database as one SQLite file: by SQLite itself, or row by row from PostgreSQL."""
    if engine.dialect.name == "sqlite":
        _vacuum_into(engine, target)
        return
    rows = target.with_name("rows.sqlite3")
    address = f"sqlite:///{rows}"
    migrations.bring_to_newest(address)
    with opened(address) as copied:
        copy_everything(engine, copied)
        _vacuum_into(copied, target)


def _vacuum_into(engine: Engine, target: Path) -> None:
    """Let SQLite write itself into a new file: one moment, without holes, and nobody waits."""
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        if driver is None:
            raise RuntimeError("the database is not connected")
        try:
            driver.execute("PRAGMA query_only=0")  # as the last page that only read may have left it
            driver.execute("VACUUM INTO ?", (str(target),))
        except engine.dialect.loaded_dbapi.Error as error:
            raise CopyError(f"The database could not be copied: {error}.") from error


def _put_files(archive: zipfile.ZipFile, files: FileStore, wanted: Sequence[str]) -> Iterator[str]:
    """Put the attachments' contents in; those that are lost or damaged are told, not kept back."""
    for sha256 in wanted:
        path = files.path(sha256)
        if not path.is_file() or files.fingerprint(sha256) != sha256:
            yield sha256
            continue
        with path.open("rb") as source:
            archives.put(archive, f"{archives.FILES}{sha256}", source, squeeze=False)
