"""Attachments: which files are taken in, and how they are added and removed.

A file must be what its name says: the name is what a person clicks on, the content is what opens.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import IO, Any

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.applications import policy, queries
from app.applications.models import Attachment
from app.core.verdict import require
from app.db import db
from app.files import FileStore
from app.history.service import record
from app.projects.models import Project

MOST_ATTACHMENTS = 50
LARGEST_UNPACKED = 300 * 1024 * 1024
"""Bytes that the parts of an Office file may claim together; a real one of 20 MB stays well below."""
MOST_PARTS = 5_000
NAME_LIMIT = 200

_OFFICE = "application/vnd.openxmlformats-officedocument"


class AttachmentError(ValueError):
    """The file is not taken in; `reason` says what to do."""

    def __init__(self, reason: Any) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class FileType:
    """A type of file: the ends of its names, and how its content is known."""

    media_type: str
    endings: tuple[str, ...]
    fits: Callable[[IO[bytes]], bool]


def _begins_with(*signatures: bytes) -> Callable[[IO[bytes]], bool]:
    def fits(stream: IO[bytes]) -> bool:
        stream.seek(0)
        start = stream.read(16)
        return any(start.startswith(signature) for signature in signatures)

    return fits


def _office(folder: str) -> Callable[[IO[bytes]], bool]:
    """An Office file is a zip archive with a list of its types and a folder of its own kind."""

    def fits(stream: IO[bytes]) -> bool:
        stream.seek(0)
        if stream.read(4) != b"PK\x03\x04":
            return False
        try:
            with zipfile.ZipFile(stream) as archive:  # reads the directory only, unpacks nothing
                parts = archive.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            return False
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
            raise AttachmentError(_l("Filen packar upp till orimligt mycket. Spara den som PDF i stället."))
        names = {part.filename for part in parts}
        return "[Content_Types].xml" in names and any(name.startswith(f"{folder}/") for name in names)

    return fits


TYPES: tuple[FileType, ...] = (
    FileType("application/pdf", (".pdf",), _begins_with(b"%PDF-")),
    FileType("image/png", (".png",), _begins_with(b"\x89PNG\r\n\x1a\n")),
    FileType("image/jpeg", (".jpg", ".jpeg"), _begins_with(b"\xff\xd8\xff")),
    FileType(f"{_OFFICE}.wordprocessingml.document", (".docx",), _office("word")),
    FileType(f"{_OFFICE}.spreadsheetml.sheet", (".xlsx",), _office("xl")),
    FileType(f"{_OFFICE}.presentationml.presentation", (".pptx",), _office("ppt")),
)
_BY_ENDING = {ending: kind for kind in TYPES for ending in kind.endings}
_RISKY = re.compile(
    r"\.(exe|com|bat|cmd|js|vbs|ps1|scr|msi|jar|html?|svg|php|sh|lnk|hta|docm|xlsm|pptm)\.", re.IGNORECASE
)


def clean_name(filename: str) -> str:
    """The file's own name: no folders, no control characters, not too long."""
    name = PurePosixPath(filename.replace("\\", "/")).name
    name = "".join(letter for letter in name if letter.isprintable() and letter not in '<>:"|?*').strip(" .")
    stem, dot, ending = name.rpartition(".")
    return f"{stem[: NAME_LIMIT - len(ending) - 1]}{dot}{ending}" if dot else name[:NAME_LIMIT]


def checked_type(stream: IO[bytes], filename: str, *, limit: int) -> str:
    """The media type of a file that may be taken in. Raises AttachmentError."""
    size = stream.seek(0, 2)
    stream.seek(0)
    kind = _BY_ENDING.get(PurePosixPath(filename).suffix.lower())
    if kind is None:
        raise AttachmentError(
            _l("Filtypen går inte att ta emot. Välj PDF, Word, Excel, PowerPoint, PNG eller JPEG.")
        )
    if _RISKY.search(filename):
        raise AttachmentError(_l("Filnamnet har dubbla ändelser. Byt namn på filen och försök igen."))
    if size == 0:
        raise AttachmentError(_l("Filen är tom. Kontrollera att du valde rätt fil."))
    if size > limit:
        raise AttachmentError(_l("Filen är för stor. En bilaga får vara högst 20 MB."))
    if not kind.fits(stream):
        raise AttachmentError(
            _l("Innehållet stämmer inte med filnamnets ändelse. Öppna filen och spara den i rätt format.")
        )
    stream.seek(0)
    return kind.media_type


def add_attachment(
    actor: Viewer,
    project: Project,
    stream: IO[bytes],
    *,
    filename: str,
    description: str,
    store: FileStore,
    limit: int,
    now: datetime,
) -> Attachment:
    """Take a file in. The same file with the same name twice is one attachment. Raises AttachmentError."""
    require(policy.may_write(actor, project))
    name = clean_name(filename)
    media_type = checked_type(stream, name, limit=limit)
    present = queries.attachments_of(project.id)
    if len(present) >= MOST_ATTACHMENTS:
        raise AttachmentError(_l("Ansökan har redan 50 bilagor. Ta bort någon först."))
    stored = store.keep(stream)
    same = [row for row in present if (row.sha256, row.filename) == (stored.sha256, name)]
    if same:
        return same[0]
    attachment = Attachment(
        project_id=project.id,
        filename=name,
        description=description,
        media_type=media_type,
        size=stored.size,
        sha256=stored.sha256,
        added_at=now,
        added_by_id=actor.id,
    )
    db.session.add(attachment)
    record(actor, "add_attachment", attachment, note=name, now=now)
    return attachment


def remove_attachment(actor: Viewer, project: Project, attachment: Attachment, now: datetime) -> None:
    """Take an attachment out of the application. Versions that were submitted with it keep it."""
    require(policy.may_write(actor, project))
    if attachment.removed_at is None:
        attachment.removed_at = now
        record(actor, "remove_attachment", attachment, note=attachment.filename, now=now)
