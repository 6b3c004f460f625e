"""Attachments' contents, each under its own hash: the same file is kept once, and never changes."""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

UNFINISHED = "part-"
"""How the name of a content begins while it is being written."""
LOCK = ".lock"
YOUNG = timedelta(days=1)
"""Whatever is younger may belong to something that has not been committed yet."""


@dataclass(frozen=True)
class Stored:
    """A content in the store."""

    sha256: str
    size: int


class FileStore:
    """A folder of contents by hash: `ab/cd/abcd…`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, stream: IO[bytes]) -> Stored:
        """Write the stream's content and make it durable before its name exists, and then the name."""
        self._make(self.folder)
        digest, size = hashlib.sha256(), 0
        with tempfile.NamedTemporaryFile(dir=self.folder, prefix=UNFINISHED, delete=False) as file:
            temporary = Path(file.name)
            try:
                while chunk := stream.read(1 << 16):
                    digest.update(chunk)
                    size += len(chunk)
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            except BaseException:
                temporary.unlink()
                raise
        target = self.path(digest.hexdigest())
        self._make(target.parent)
        with self._held(fcntl.LOCK_SH):
            temporary.replace(target)
        _sync(target.parent)
        return Stored(digest.hexdigest(), size)

    def path(self, sha256: str) -> Path:
        """Where the content lies."""
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def fingerprint(self, sha256: str) -> str:
        """What the content that lies there hashes to now: the same, unless something has damaged it."""
        with self.path(sha256).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def prune(self, wanted: Container[str], now: datetime) -> int:
        """Remove what nobody refers to: half of a file that a killed process left, a content whose record was
        never committed. Whatever is younger than a day stays. Says how many were removed."""
        unwanted = [path for path in self._all() if _is_old(path, now) and path.name not in wanted]
        return sum(self._remove(path, now) for path in unwanted)

    def _remove(self, path: Path, now: datetime) -> bool:
        """Remove a content, unless somebody has sent the same one just now."""
        with self._held(fcntl.LOCK_EX):
            if not _is_old(path, now):
                return False
            path.unlink()
            return True

    @contextmanager
    def _held(self, how: int) -> Iterator[None]:
        """While whoever removes holds the store, nobody gives a content its name."""
        with (self.folder / LOCK).open("a") as lock:
            fcntl.flock(lock, how)
            yield

    def _all(self) -> Iterator[Path]:
        """Finished contents, and unfinished ones."""
        yield from self.folder.glob(f"{UNFINISHED}*")
        yield from self.folder.glob("??/??/" + "?" * 64)

    def _make(self, folder: Path) -> None:
        """Make a folder of the store, durable like what comes into it."""
        missing = [one for one in (folder, *folder.parents) if not one.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        for one in missing:
            _sync(one.parent)


def _is_old(path: Path, now: datetime) -> bool:
    """Whether nobody can be about to refer to it any more."""
    return path.exists() and path.stat().st_mtime < (now - YOUNG).timestamp()


def _sync(folder: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
