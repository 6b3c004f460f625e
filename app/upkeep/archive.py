"""A backup's archive: one zip file with the database as SQLite, the attachments by hash, and a manifest.

    database.sqlite3     every row, whichever database it came from; any SQLite tool reads it
    files/<sha256>       each attachment's content once
    manifest.json        written last: what the archive holds, each with its fingerprint

An archive gets its name when it is whole and on the disk. What was cut off has no manifest, and no such name.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from app.upkeep.tables import Content

FORMAT = 1
DATABASE = "database.sqlite3"
MANIFEST = "manifest.json"
FILES = "files/"
PARTIAL = ".partial"
_CHUNK = 1 << 20


class ArchiveError(RuntimeError):
    """The archive is not whole, or not what its manifest says."""


@dataclass(frozen=True)
class Manifest:
    """What an archive holds."""

    made_at: str
    made_from: str
    """The kind of database that was backed up."""
    migration: str
    head: Mapping[str, Any]
    """The end of the history: its number, hash and time."""
    database_sha256: str
    tables: Mapping[str, Content]
    files: int
    """How many attachments' contents there are."""
    missing: tuple[str, ...] = ()
    """Contents that were lost or damaged already when the backup was made."""
    format: int = FORMAT


@contextmanager
def new_archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """An archive to write to, which gets its name only if everything goes well.

    Its owner alone may read it: it holds everything that the product knows.
    """
    if path.exists():
        raise ArchiveError(f"{path} exists already.")
    partial = path.with_name(path.name + PARTIAL)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            with zipfile.ZipFile(file, "w") as archive:
                yield archive
            file.flush()
            os.fsync(file.fileno())
        partial.rename(path)
        _sync_folder(path.parent)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def put(archive: zipfile.ZipFile, name: str, source: IO[bytes], *, squeeze: bool) -> str:
    """Write a file into the archive; the fingerprint of what was written."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED if squeeze else zipfile.ZIP_STORED
    digest = hashlib.sha256()
    with archive.open(entry, "w", force_zip64=True) as target:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            target.write(chunk)
    return digest.hexdigest()


def seal(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Write the manifest: the archive is whole."""
    archive.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=2))


@contextmanager
def opened_archive(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """A whole archive and its manifest. Raises ArchiveError."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive, _manifest(archive)
    except FileNotFoundError:
        raise ArchiveError(f"{path} does not exist.") from None
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise ArchiveError(f"{path} is not a whole archive: {error}") from error


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        said = json.loads(archive.read(MANIFEST))
    except KeyError:
        raise ArchiveError("The archive has no manifest: it is not a backup, or was cut off.") from None
    if said.get("format") != FORMAT:
        raise ArchiveError(f"The archive has format {said.get('format')}; this release reads {FORMAT}.")
    tables = {name: Content(**content) for name, content in said.pop("tables").items()}
    return Manifest(**{**said, "tables": tables, "missing": tuple(said["missing"])})


def take_out(archive: zipfile.ZipFile, name: str, target: IO[bytes]) -> str:
    """Read a file of the archive into another; the fingerprint of what was read."""
    digest = hashlib.sha256()
    with archive.open(name) as source:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            target.write(chunk)
    return digest.hexdigest()


def contents_in(archive: zipfile.ZipFile) -> list[str]:
    """The fingerprints of the attachments in the archive."""
    names = (name for name in archive.namelist() if name.startswith(FILES))
    return sorted(name.removeprefix(FILES) for name in names)
