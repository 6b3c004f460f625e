"""What a record of a file says, whatever record the file belongs to."""

from __future__ import annotations

from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.accepted.taking_in import TakenIn


class AttachedFile:
    """A file under its own name. Its content lies in the file store under its hash."""

    id: Mapped[int] = mapped_column(primary_key=True)
    filename: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))


def said_of(file: TakenIn | AttachedFile) -> dict[str, Any]:
    """What a record says of a file that was taken in, or that another record tells of."""
    if isinstance(file, TakenIn):
        stored = file.stored
        return {
            "filename": file.name,
            "media_type": file.media_type,
            "size": stored.size,
            "sha256": stored.sha256,
        }
    return {name: getattr(file, name) for name in ("filename", "media_type", "size", "sha256")}
