"""The types of files that are taken in, each by its endings and its content."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, Final

from app.accepted.names import hides_an_ending
from app.accepted.office import office
from app.accepted.paper import pdf
from app.accepted.pictures import jpeg, png
from app.accepted.refusal import (
    EMPTY,
    TOO_LARGE,
    TWO_ENDINGS,
    UNKNOWN_TABLE,
    UNKNOWN_TYPE,
    AttachmentError,
)
from app.accepted.separated import separated

_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_WORD: Final = f"{_OFFICE}.wordprocessingml.document"
_EXCEL: Final = f"{_OFFICE}.spreadsheetml.sheet"
_POWERPOINT: Final = f"{_OFFICE}.presentationml.presentation"


@dataclass(frozen=True, slots=True)
class FileType:
    """A type of file: the ends of its names, and the check of its content."""

    media_type: str
    endings: tuple[str, ...]
    check: Callable[[IO[bytes], int], None]
    """Takes the content and its size. Raises AttachmentError."""


TYPES: Final = (
    FileType("application/pdf", (".pdf",), pdf),
    FileType("image/png", (".png",), png),
    FileType("image/jpeg", (".jpg", ".jpeg"), jpeg),
    FileType(_WORD, (".docx",), office(_WORD, has_fields=True)),
    FileType(_EXCEL, (".xlsx",), office(_EXCEL)),
    FileType(_POWERPOINT, (".pptx",), office(_POWERPOINT)),
)
TABLES: Final = (
    FileType(_EXCEL, (".xlsx",), office(_EXCEL)),
    FileType("text/csv", (".csv", ".txt"), separated),
)
"""What is read as a table, and never handed out again."""


def checked_type(stream: IO[bytes], filename: str, *, limit: int, among: Sequence[FileType] = TYPES) -> str:
    """The media type of a file that may be taken in. Raises AttachmentError."""
    size = stream.seek(0, 2)
    ending = PurePosixPath(filename).suffix.lower()
    kind = next((kind for kind in among if ending in kind.endings), None)
    if kind is None:
        raise AttachmentError(UNKNOWN_TABLE if among is TABLES else UNKNOWN_TYPE)
    if hides_an_ending(filename):
        raise AttachmentError(TWO_ENDINGS)
    if size == 0:
        raise AttachmentError(EMPTY)
    if size > limit:
        raise AttachmentError(TOO_LARGE)
    kind.check(stream, size)
    stream.seek(0)
    return kind.media_type
