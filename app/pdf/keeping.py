"""Finished documents, kept under the hash of all that went into them (docs/adr/0013).

A document is found again only by whoever can state its whole content: no address leads here.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.pdf.maker import Made

_MARK = b"hemtag-kept-1"
_BETWEEN_PRUNINGS = 3600.0
_UNFINISHED = "unfinished-"


@dataclass(frozen=True)
class Keeping:
    """How much is kept, and how long after it was last asked for."""

    days: int = 30
    megabytes: int = 500


class KeptDocuments:
    """A folder of finished documents. What is damaged is as if it were not there; what is old goes."""

    def __init__(self, folder: Path, keeping: Keeping | None = None) -> None:
        self._folder = folder
        self._keeping = keeping or Keeping()

    def find(self, key: str) -> Made | None:
        """The document that was made of this content; None when it must be made."""
        path = self._path(key)
        try:
            head, _, pdf = path.read_bytes().partition(b"\n")
            mark, pages, digest = head.split(b" ")
            if mark != _MARK or digest.decode() != hashlib.sha256(pdf).hexdigest():
                return None
            os.utime(path)
        except (OSError, ValueError):
            return None
        return Made(pdf, int(pages))

    def keep(self, key: str, made: Made) -> None:
        """Keep a document. A full disk hinders nobody: it is made again when it is asked for."""
        digest = hashlib.sha256(made.pdf).hexdigest()
        head = b"%b %d %b\n" % (_MARK, made.pages, digest.encode())
        path = self._path(key)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with tempfile.NamedTemporaryFile(dir=path.parent, prefix=_UNFINISHED, delete=False) as file:
                try:
                    file.write(head + made.pdf)
                    file.close()
                    Path(file.name).replace(path)
                except OSError:
                    Path(file.name).unlink()
                    raise
            self._prune_now_and_then(time.time())

    def prune(self, now: float) -> None:
        """Remove what nobody asked for in a long time, then the oldest until the rest is small enough."""
        found = sorted(
            ((status.st_mtime, status.st_size, path) for path, status in self._files()), reverse=True
        )
        room = self._keeping.megabytes << 20
        oldest = now - self._keeping.days * 86_400
        for last_asked, size, path in found:
            room -= size
            if room < 0 or last_asked < oldest:
                path.unlink(missing_ok=True)

    def _files(self) -> list[tuple[Path, os.stat_result]]:
        found = []
        for path in self._folder.glob("??/*"):
            with suppress(FileNotFoundError):  # another process prunes too
                found.append((path, path.stat()))
        return found

    def _prune_now_and_then(self, now: float) -> None:
        marker = self._folder / "pruned"
        if not marker.exists() or marker.stat().st_mtime < now - _BETWEEN_PRUNINGS:
            marker.touch()
            self.prune(now)

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key
