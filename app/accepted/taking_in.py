"""Taking a file in: it is checked, its content is kept, and no record tells of it yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from app.accepted.names import clean_name
from app.accepted.types import TYPES, FileType, checked_type
from app.files import FileStore, Stored


@dataclass(frozen=True)
class TakenIn:
    """A file that has been found good, and whose content is in the store; no record tells of it yet."""

    name: str
    media_type: str
    stored: Stored


def take_in(
    stream: IO[bytes],
    *,
    filename: str,
    store: FileStore,
    limit: int,
    among: Sequence[FileType] = TYPES,
) -> TakenIn:
    """Check a file and keep its content. Takes as long as the file is large, and needs no database.

    A file must be what its name says: the name is what a person clicks on, the content is what opens.
    """
    name = clean_name(filename)
    media_type = checked_type(stream, name, limit=limit, among=among)
    return TakenIn(name, media_type, store.keep(stream))
