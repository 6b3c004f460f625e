"""What an Office file takes from elsewhere when it is opened, and the objects that lie inside it.

Its parts are tied together by lists of relations. One that leads out of the file is followed by the program
that opens it, often unasked: a template with macros, an object, a frame, a picture that tells who reads.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from typing import Final
from xml.parsers import expat

from app.accepted.refusal import (
    FETCHES,
    HAS_OBJECTS,
    NOT_WHAT_IT_SAYS,
    UNPACKS_TOO_FAR,
    AttachmentError,
)

LARGEST_LISTS: Final = 8 * 1024 * 1024
"""Bytes that the lists of relations may unpack to together: fifty thousand links."""
_ENDING: Final = ".rels"

_ASKS_FIRST: Final = frozenset({"hyperlink", "externallinkpath", "externallinklongpath", "xlpathmissing"})
"""Followed only when the reader says so: links, and the workbooks that a workbook counts on."""
_OBJECTS: Final = frozenset({"oleobject", "control"})
_TEMPLATE: Final = "attachedtemplate"
_ON_OWN_DISK: Final = re.compile(r"(file:/{0,3})?[a-z][:|][\\/]|[^:/\\]+\Z", re.IGNORECASE)
"""Where Word writes that the writer's own template lies. `//server/…` leads to another machine."""


def size_of_lists(parts: list[zipfile.ZipInfo]) -> int:
    """What reading every list takes of the archive. Raises AttachmentError when they unpack too far."""
    lists = [part for part in parts if is_list(part)]
    if sum(part.file_size for part in lists) > LARGEST_LISTS:
        raise AttachmentError(UNPACKS_TOO_FAR)
    return sum(part.compress_size for part in lists)


def is_list(part: zipfile.ZipInfo) -> bool:
    """Whether a part is a list of relations."""
    return part.filename.lower().endswith(_ENDING)


def check_list(content: bytes) -> None:
    """Refuse what is fetched unasked, and objects that only another program can open."""
    reader = expat.ParserCreate(namespace_separator=" ")
    reader.StartElementHandler = _check
    try:
        reader.Parse(content, True)
    except expat.ExpatError as error:
        raise AttachmentError(NOT_WHAT_IT_SAYS) from error


def _check(element: str, said: Mapping[str, str]) -> None:
    if element.rpartition(" ")[2] != "Relationship":
        return
    kind = said.get("Type", "").rpartition("/")[2].casefold()
    if kind in _OBJECTS:
        raise AttachmentError(HAS_OBJECTS)
    if said.get("TargetMode", "").casefold() != "external" or kind in _ASKS_FIRST:
        return
    if kind != _TEMPLATE or not _ON_OWN_DISK.match(said.get("Target", "")):
        raise AttachmentError(FETCHES)
