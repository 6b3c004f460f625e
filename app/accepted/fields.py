"""What the fields in the text of a Word file do when it is opened.

A field is an instruction between marks, and may lie in another field: `DDEAUTO` starts a program by its name.
The words of one may be spread over many elements, so they are gathered as Word gathers them.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from typing import IO, Final
from xml.parsers import expat

from app.accepted.refusal import (
    CANNOT_BE_READ,
    FETCHES,
    NOT_WHAT_IT_SAYS,
    UNPACKS_TOO_FAR,
    AttachmentError,
)

LARGEST_TEXT: Final = 64 * 1024 * 1024
"""Bytes that the parts in XML may unpack to together: a text of ten thousand pages."""
_PIECE: Final = 1 << 18
_ENDINGS: Final = (".xml", ".vml")

_STARTS_A_PROGRAM: Final = re.compile(r"\s*DDE(AUTO)?\b", re.IGNORECASE)
_NAMED: Final = re.compile(r"\s*[^\s\\\"]+[\s\\\"]")
"""An instruction whose first word is whole: nothing that follows makes another of it."""


def size_of_texts(parts: list[zipfile.ZipInfo]) -> int:
    """What reading every part takes of the archive. Raises AttachmentError when they unpack too far."""
    texts = [part for part in parts if is_text(part)]
    if sum(part.file_size for part in texts) > LARGEST_TEXT:
        raise AttachmentError(UNPACKS_TOO_FAR)
    return sum(part.compress_size for part in texts)


def is_text(part: zipfile.ZipInfo) -> bool:
    """Whether a part can have fields in it."""
    return part.filename.lower().endswith(_ENDINGS)


def check_fields(start: bytes, rest: IO[bytes]) -> None:
    """Refuse a part with a field that starts a program, or whose name another field makes."""
    reader, found = expat.ParserCreate(namespace_separator=" "), _Fields()
    reader.buffer_text = True
    reader.StartElementHandler = found.begin
    reader.EndElementHandler = found.end
    reader.CharacterDataHandler = found.text
    try:
        reader.Parse(start)
        while piece := rest.read(_PIECE):
            reader.Parse(piece)
        reader.Parse(b"", True)
    except expat.ExpatError as error:
        raise AttachmentError(NOT_WHAT_IT_SAYS) from error
    found.close()


class _Fields:
    """The instructions of the fields that are open, the innermost last."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._instructs = False

    def begin(self, element: str, said: Mapping[str, str]) -> None:
        name = element.rpartition(" ")[2]
        if name == "instrText":
            self._instructs = True
        elif name == "fldSimple":
            _judge(_said(said, "instr"))
        elif name == "fldChar":
            self._mark(_said(said, "fldCharType"))

    def end(self, element: str) -> None:
        if element.rpartition(" ")[2] == "instrText":
            self._instructs = False

    def text(self, words: str) -> None:
        if self._instructs:
            if not self._open:  # an instruction of which nobody sees the beginning
                self._open.append("")
            self._open[-1] += words

    def close(self) -> None:
        """Judge what was never ended."""
        while self._open:
            _judge(self._open.pop())

    def _mark(self, kind: str) -> None:
        if kind == "begin":
            if self._open and not _NAMED.match(self._open[-1]):
                raise AttachmentError(CANNOT_BE_READ)
            self._open.append("")
        elif kind == "separate" and self._open:
            _judge(self._open[-1])
            self._open[-1] += " "  # whole: what follows is what it led to
        elif kind == "end" and self._open:
            _judge(self._open.pop())


def _said(said: Mapping[str, str], name: str) -> str:
    return next((text for key, text in said.items() if key.rpartition(" ")[2] == name), "")


def _judge(instruction: str) -> None:
    if _STARTS_A_PROGRAM.match(instruction):
        raise AttachmentError(FETCHES)
