"""Grounds to try things on: an empty database of either kind, used by nobody else and gone afterwards."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.postgres_server import APPLICATION, Server, running

KINDS = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Ground:
    """An empty database, a folder for files, and on PostgreSQL the server."""

    kind: str
    owner: str
    """The address for whoever migrates."""
    application: str
    """The address for the application."""
    folder: Path
    server: Server | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What a program needs to run the product here."""
        return os.environ | {"DATABASE_URL": self.application, "DATA_FOLDER": str(self.folder)}


@contextmanager
def ground(kind: str, **settings: str) -> Iterator[Ground]:
    """A ground of this kind; `settings` are PostgreSQL's. Durable, unless they say otherwise."""
    with tempfile.TemporaryDirectory(prefix="hemtag-ground-") as name:
        folder = Path(name)
        if kind == "sqlite":
            address = f"sqlite:///{folder / 'ground.sqlite3'}"
            yield Ground(kind, address, address, folder)
            return
        with running(**settings) as server:
            server.create_database("ground")
            yield Ground(kind, server.url("ground"), server.url("ground", APPLICATION), folder, server)
