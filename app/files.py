"""Attachments' contents, each under its own hash: the same file is kept once, and never changes."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO


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
        """Write the stream's content and make it durable before its name exists."""
        self.folder.mkdir(parents=True, exist_ok=True)
        digest, size = hashlib.sha256(), 0
        with tempfile.NamedTemporaryFile(dir=self.folder, delete=False) as file:
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
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.replace(target)
        return Stored(digest.hexdigest(), size)

    def path(self, sha256: str) -> Path:
        """Where the content lies."""
        return self.folder / sha256[:2] / sha256[2:4] / sha256
