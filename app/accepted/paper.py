"""PDF: whole, open to everybody, without programs and without other files inside."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import IO, Any, Final

from app.accepted.refusal import (
    CANNOT_BE_READ,
    LOCKED,
    NOT_WHAT_IT_SAYS,
    PDF_HAS_FILES,
    PDF_HAS_PROGRAMS,
    UNPACKS_TOO_FAR,
    AttachmentError,
)

CHUNK: Final = 1 << 16
MOST_UNPACKED: Final = 32 * 1024 * 1024
"""Bytes of packed objects; a report of a thousand pages has two or three million."""
MOST_STREAMS: Final = 100_000
_DICTIONARY: Final = 2_048
"""Bytes before a stream in which it says what it is."""
_OVERLAP: Final = 64
"""Longer than any name that is looked for, so that none is cut in two."""

_START: Final = re.compile(rb"%PDF-[12]\.\d")
_END: Final = re.compile(rb"%%EOF[\s\x00]*\Z")
_STREAM: Final = re.compile(rb"(?<!end)stream\r?\n")
_STREAM_END: Final = re.compile(rb"endstream")
_ONLY_FLATE: Final = re.compile(rb"/Filter\s*\[?\s*/(FlateDecode|Fl)\s*(\]|/|>>|\Z)")
_ESCAPE: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_AFTER: Final = rb"(?=[\s\x00/<>\[\]()%{}])"
_NAMES: Final = (
    (LOCKED, re.compile(rb"/Encrypt" + _AFTER)),
    (PDF_HAS_FILES, re.compile(rb"/(EmbeddedFiles?|GoToE)" + _AFTER)),
    (
        PDF_HAS_PROGRAMS,
        re.compile(rb"/(JavaScript|JS|Launch|RichMedia|XFA|ImportData|SubmitForm)" + _AFTER),
    ),
)


def pdf(stream: IO[bytes], size: int) -> None:
    """Read the file once, from beginning to end, and unpack only the packed objects."""
    stream.seek(0)
    if not _START.match(stream.read(16)):
        raise AttachmentError(NOT_WHAT_IT_SAYS)
    stream.seek(max(0, size - 1024))
    if not _END.search(stream.read(1024)):
        raise AttachmentError(NOT_WHAT_IT_SAYS)
    stream.seek(0)
    before = b""
    for plain in _written(stream):
        _refuse_names(before + plain)
        before = plain[-_OVERLAP:]


def _refuse_names(plain: bytes) -> None:
    names = _unescaped(plain)
    for reason, pattern in _NAMES:
        if pattern.search(names):
            raise AttachmentError(reason)


def _unescaped(plain: bytes) -> bytes:
    """With `#4A` written as `J`, as readers of PDF take it."""
    return _ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), plain)


def _written(stream: IO[bytes]) -> Iterator[bytes]:
    """Everything outside streams, and what is inside packed objects."""
    waiting, room = b"", _Room()
    inside: _Stream | None = None
    for chunk in iter(lambda: stream.read(CHUNK), b""):
        waiting, at = waiting + chunk, 0
        while mark := (_STREAM_END if inside else _STREAM).search(waiting, at):
            part, at = waiting[at : mark.start()], mark.end()
            yield from inside.opened(part) if inside else [part]
            inside = None if inside else _Stream(part[-_DICTIONARY:], room)
        # What may be the beginning of something waits for the next chunk.
        cut = max(at, len(waiting) - (len(_STREAM_END.pattern) if inside else _DICTIONARY))
        part, waiting = waiting[at:cut], waiting[cut:]
        yield from inside.opened(part) if inside else [part]
    yield waiting


class _Stream:
    """What stands between `stream` and `endstream`: unpacked if it holds objects, else not looked at."""

    def __init__(self, dictionary: bytes, room: _Room) -> None:
        said = _unescaped(dictionary[max(0, dictionary.rfind(b" obj")) :])
        self._room = room
        room.open_one()
        self._holds_objects = b"/ObjStm" in said
        self._unpacker = zlib.decompressobj() if b"/Filter" in said else None
        packed_otherwise = not _ONLY_FLATE.search(said) or b"/Predictor" in said
        if self._holds_objects and self._unpacker and packed_otherwise:
            raise AttachmentError(CANNOT_BE_READ)

    def opened(self, part: bytes) -> Iterator[bytes]:
        """What names can stand in."""
        if not self._holds_objects:
            if b"endobj" in part:  # a stream that is none, for those who look no further
                raise AttachmentError(CANNOT_BE_READ)
        elif self._unpacker is None:
            yield part
        else:
            yield from self._unpacked(self._unpacker, part)

    def _unpacked(self, unpacker: Any, part: bytes) -> Iterator[bytes]:
        try:
            while part:
                plain = unpacker.decompress(part, CHUNK)
                self._room.take(len(plain))
                yield plain
                part = unpacker.unconsumed_tail
        except zlib.error as error:
            raise AttachmentError(CANNOT_BE_READ) from error


class _Room:
    """How many streams may still be opened, and how much be unpacked of all of them together."""

    def __init__(self) -> None:
        self.left, self.streams = MOST_UNPACKED, MOST_STREAMS

    def open_one(self) -> None:
        """Another stream."""
        self.streams -= 1
        if self.streams < 0:
            raise AttachmentError(UNPACKS_TOO_FAR)

    def take(self, size: int) -> None:
        """Use some of it up."""
        self.left -= size
        if self.left < 0:
            raise AttachmentError(UNPACKS_TOO_FAR)
