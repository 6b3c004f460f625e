"""The end of the history, written down outside the database: what a later chain is held against."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from app.history import queries
from app.history.chain import GENESIS, KnownHead
from app.history.changes import text_of
from app.history.models import HistoryEvent


class HeadFileError(ValueError):
    """The file is no exported head."""


def head_of(connection: Connection) -> dict[str, Any]:
    """The newest event's number, hash and time."""
    head = queries.head(connection)
    if head is None:
        return {"number": 0, "hash": GENESIS, "time": None}
    at = connection.scalar(select(HistoryEvent.at).where(HistoryEvent.id == head.last_event_id))
    return {"number": head.last_event_id, "hash": head.last_hash, "time": text_of(at)}


def read_head(path: Path) -> KnownHead:
    """The head in a file that was exported. Raises HeadFileError."""
    try:
        said = json.loads(path.read_text())
        return KnownHead(int(said["number"]), str(said["hash"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise HeadFileError(f"{path} is no exported head: {error!r}") from error
