"""Word, Excel and PowerPoint of today: archives of XML parts."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from typing import IO, Final

from app.accepted.bounded import BoundedReader
from app.accepted.fields import check_fields, is_text, size_of_texts
from app.accepted.refusal import (
    FETCHES,
    HAS_MACROS,
    LOCKED,
    NOT_WHAT_IT_SAYS,
    OLD_OFFICE,
    UNPACKS_TOO_FAR,
    AttachmentError,
)
from app.accepted.relations import check_list, is_list, size_of_lists

LARGEST_UNPACKED: Final = 300 * 1024 * 1024
"""Bytes that the parts may claim together; those of a real file of 20 MB stay well below."""
MOST_PARTS: Final = 5_000
LARGEST_DIRECTORY: Final = 2 * 1024 * 1024
LARGEST_TYPES: Final = 512 * 1024
PROLOG: Final = 4096
"""Where the first element of a part must have begun."""
_PER_PART: Final = 3 * PROLOG
"""Bytes of the archive that reading one prolog may take."""

_TYPES: Final = "[Content_Types].xml"
_OLD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END: Final = b"PK\x05\x06"
_PROGRAMS: Final = re.compile(
    r"vbaproject|vbadata|activex|macrosheets|intlmacrosheets|dialogsheets"
    r"|\.(exe|dll|js|vbs|bat|cmd|lnk|ps1|hta|jar|docm|dotm|xlsm|xltm|xlam|xlsb|pptm|potm|ppsm|ppam)$",
    re.IGNORECASE,
)
"""And files inside that have or can have macros; a diagram's own workbook (.xlsx) has none."""
_DATA_EXCHANGE: Final = re.compile(r"<(\w+:)?ddeLink\b")
"""A cell that starts a program by its name."""
_BAD_PATH: Final = re.compile(r"^[/\\]|^[a-z]:|(^|[/\\])\.\.([/\\]|$)|[\x00-\x1f]", re.IGNORECASE)


def office(main_type: str, *, has_fields: bool = False) -> Callable[[IO[bytes], int], None]:
    """A check that a file is what its ending says; `main_type` is the type of its main part.

    With `has_fields`, its text may hold instructions: then all of it is read.
    """

    def check(stream: IO[bytes], size: int) -> None:
        stream.seek(0)
        start = stream.read(8)
        if start == _OLD:
            raise AttachmentError(OLD_OFFICE)
        stream.seek(max(0, size - 22))
        end = stream.read(22)
        if start[:4] != b"PK\x03\x04" or end[:4] != _END:  # something stands before or after the archive
            raise AttachmentError(NOT_WHAT_IT_SAYS)
        bounded = BoundedReader(stream, LARGEST_DIRECTORY)
        try:
            with zipfile.ZipFile(bounded) as archive:
                _check_directory(archive.infolist(), size)
                whole = size_of_lists(archive.infolist())
                whole += size_of_texts(archive.infolist()) if has_fields else 0
                bounded.left = len(archive.infolist()) * _PER_PART + LARGEST_TYPES + whole
                _check_types(archive, main_type)
                _check_parts(archive, has_fields)
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, KeyError) as error:
            if isinstance(error, AttachmentError):
                raise
            raise AttachmentError(NOT_WHAT_IT_SAYS) from error

    return check


def _check_directory(parts: list[zipfile.ZipInfo], size: int) -> None:
    """What the archive says of itself, before anything is unpacked."""
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise AttachmentError(UNPACKS_TOO_FAR)
    if sum(part.compress_size for part in parts) > size:  # parts that lie over each other
        raise AttachmentError(UNPACKS_TOO_FAR)
    if any(part.flag_bits & 1 for part in parts):
        raise AttachmentError(LOCKED)
    names = {part.filename.casefold() for part in parts}
    starts_at = min((part.header_offset for part in parts), default=-1)
    if starts_at != 0 or len(names) != len(parts) or any(map(_BAD_PATH.search, names)):
        raise AttachmentError(NOT_WHAT_IT_SAYS)
    if any(map(_PROGRAMS.search, names)):
        raise AttachmentError(HAS_MACROS)


def _check_types(archive: zipfile.ZipFile, main_type: str) -> None:
    """The list of types names the main part, and no macros."""
    with archive.open(_TYPES) as part:
        listed = _text(part.read(LARGEST_TYPES + 1))
    if len(listed) > LARGEST_TYPES:
        raise AttachmentError(UNPACKS_TOO_FAR)
    if "macroenabled" in listed.lower():
        raise AttachmentError(HAS_MACROS)
    if f"{main_type}.main+xml" not in listed:
        raise AttachmentError(NOT_WHAT_IT_SAYS)


def _check_parts(archive: zipfile.ZipFile, has_fields: bool) -> None:
    """Every part in XML begins with its first element: no document type, and so no entities that grow."""
    for info in archive.infolist():
        if info.filename.lower().endswith((".xml", ".rels", ".vml")) and info.file_size:
            with archive.open(info) as part:
                start = part.read(PROLOG)
                if not begins_with_element(_text(start)):
                    raise AttachmentError(NOT_WHAT_IT_SAYS)
                if _DATA_EXCHANGE.search(_text(start)):
                    raise AttachmentError(FETCHES)
                if is_list(info):
                    check_list(start + part.read())
                elif has_fields and is_text(info):
                    check_fields(start, part)


def _text(content: bytes) -> str:
    """The two encodings that the format allows."""
    wide = content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in content[:4]
    return content.decode("utf-16" if wide else "utf-8-sig", errors="replace")


def begins_with_element(text: str) -> bool:
    """Whether nothing but a declaration, comments and instructions stands before the first element."""
    place = 0
    while True:
        rest = text[place:].lstrip()
        place = len(text) - len(rest)
        close = "-->" if rest.startswith("<!--") else "?>" if rest.startswith("<?") else None
        if close is None:
            return re.match(r"<[^\W\d]", rest) is not None
        end = text.find(close, place)
        if end < 0:
            return False
        place = end + len(close)
