"""Bringing a backup back, into either kind of database."""

from __future__ import annotations

import tempfile
import zipfile
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, update

from app.accounts.models import SignIn
from app.engine import broken_references, for_migrations, opened, take_time
from app.files import FileStore
from app.mail.models import Mail, MailState, Reason
from app.upkeep import archive as archives
from app.upkeep import migrations
from app.upkeep.archive import ArchiveError, Manifest
from app.upkeep.copying import CopyError, address_of, copy_into
from app.upkeep.tables import all_tables, content_of, first_filled, one_moment


def restore(
    path: Path, engine: Engine, files: FileStore, now: datetime, *, replace: bool = False
) -> Manifest:
    """Bring a backup back. Every fingerprint is checked before the database is touched.

    What the database holds is thrown away in the transaction in which the backup comes in: whatever stops it
    on the way, the database is as it was. An archive of an older release is migrated first. Everybody has to
    sign in anew: a session that was ended after the backup must not come to life with it. A mail that waited
    then may have been sent since: nobody sends it by itself. Raises ArchiveError or CopyError.
    """
    if not replace:
        _refuse_filled(engine)
    with (
        archives.opened_archive(path) as (archive, manifest),
        tempfile.TemporaryDirectory(prefix="hemtag-restore-") as folder,
    ):
        copy = Path(folder) / archives.DATABASE
        _take_database_out(archive, manifest, copy)
        _take_files_out(archive, manifest, files)
        address = f"sqlite:///{copy}"
        if manifest.migration != migrations.newest():
            migrations.bring_to_newest(address)
        else:
            _compare(address, manifest)
        with (
            opened(address) as source,
            for_migrations(address_of(engine)) as target,
            target.begin() as write,
        ):
            _fill(source, write, now)
    return manifest


def _fill(source: Engine, write: Connection, now: datetime) -> None:
    """Empty the target, make its tables, copy the rows and end the sessions: all of it, or nothing."""
    take_time(write)
    migrations.begin_anew(write)
    copy_into(source, write)
    if broken := broken_references(write):
        raise CopyError(f"The archive refers to what it does not hold: {', '.join(broken[:5])}.")
    write.execute(update(SignIn).where(SignIn.ended_at.is_(None)).values(ended_at=now))
    write.execute(
        update(Mail)
        .where(Mail.ended_at.is_(None))
        .values(state=MailState.UNKNOWN.value, reason=Reason.RESTORED.value, lease_until=None, ended_at=now)
    )


def _refuse_filled(engine: Engine) -> None:
    with engine.connect() as connection:
        filled = first_filled(connection)
    if filled is not None:
        raise CopyError(f"The database is not empty: its table {filled} holds something.")


def _take_database_out(archive: zipfile.ZipFile, manifest: Manifest, target: Path) -> None:
    if not migrations.known(manifest.migration):
        raise ArchiveError(f"The archive was made by a newer release, at migration {manifest.migration}.")
    with target.open("wb") as file:
        sha256 = archives.take_out(archive, archives.DATABASE, file)
    if sha256 != manifest.database_sha256:
        raise ArchiveError("The database in the archive is not what the manifest says.")


def _compare(address: str, manifest: Manifest) -> None:
    with opened(address) as copied, one_moment(copied) as connection:
        for table in all_tables(connection):
            if content_of(connection, table) != manifest.tables.get(table.name):
                raise ArchiveError(f"The table {table.name} in the archive is not what the manifest says.")


def _take_files_out(archive: zipfile.ZipFile, manifest: Manifest, files: FileStore) -> None:
    """Into the store, where each content lies under its own hash and disturbs nothing."""
    names = archives.contents_in(archive)
    if len(names) != manifest.files:
        raise ArchiveError(f"The archive holds {len(names)} attachments, its manifest says {manifest.files}.")
    for name in names:
        with archive.open(f"{archives.FILES}{name}") as source:
            kept = files.keep(source)
        if kept.sha256 != name:
            raise ArchiveError(f"The attachment {name} in the archive is damaged.")
