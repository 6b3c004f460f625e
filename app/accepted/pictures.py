"""PNG and JPEG: how large they unpack, and that nothing else hangs on to them."""

from __future__ import annotations

from typing import IO, Final

from app.accepted.bounded import BoundedReader
from app.accepted.refusal import (
    NOT_WHAT_IT_SAYS,
    PICTURE_TOO_LARGE,
    UNPACKS_TOO_FAR,
    AttachmentError,
)

MOST_PIXELS: Final = 100_000_000
"""An A3 page scanned at 600 points an inch has seventy million."""
LONGEST_SIDE: Final = 30_000
MOST_CHUNKS: Final = 20_000
MOST_HEADERS: Final = 2_000
_ARCHIVE_END: Final = b"PK\x05\x06"
_ARCHIVE_TAIL: Final = 65_557
"""Where the end of an archive can stand, counted from the end of a file."""
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def png(stream: IO[bytes], size: int) -> None:
    """Walk from chunk to chunk, from the header to the end, which is also the end of the file."""
    bounded = BoundedReader(stream, 33 + 8 * MOST_CHUNKS)
    bounded.seek(0)
    if bounded.read(16) != b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR":
        raise AttachmentError(NOT_WHAT_IT_SAYS)
    _check_size(_number(bounded.read(4)), _number(bounded.read(4)))
    place, kind = 33, b"IHDR"
    for _chunk in range(MOST_CHUNKS):
        bounded.seek(place)
        head = bounded.read(8)
        if len(head) < 8 or not head[4:].isalpha():
            break
        kind = head[4:]
        place += 12 + _number(head[:4])
        if kind == b"IEND":
            break
    else:
        raise AttachmentError(UNPACKS_TOO_FAR)
    if kind != b"IEND" or place != size:
        raise AttachmentError(NOT_WHAT_IT_SAYS)


def jpeg(stream: IO[bytes], size: int) -> None:
    """Walk from header to header until the one that says how large the picture is."""
    bounded = BoundedReader(stream, 2 + 12 * MOST_HEADERS)
    bounded.seek(0)
    if bounded.read(2) != b"\xff\xd8":
        raise AttachmentError(NOT_WHAT_IT_SAYS)
    place = 2
    for _header in range(MOST_HEADERS):
        bounded.seek(place)
        head = bounded.read(9)
        if len(head) < 9 or head[0] != 0xFF:
            raise AttachmentError(NOT_WHAT_IT_SAYS)
        if head[1] in _FRAMES:
            _check_size(_number(head[7:9]), _number(head[5:7]))
            break
        if head[1] in (0xD9, 0xDA):  # the picture, before anybody has said how large it is
            raise AttachmentError(NOT_WHAT_IT_SAYS)
        place += 1 if head[1] == 0xFF else 2 + _number(head[2:4])
    else:
        raise AttachmentError(UNPACKS_TOO_FAR)
    stream.seek(max(0, size - _ARCHIVE_TAIL))
    tail = stream.read(_ARCHIVE_TAIL)
    # Telephones write more after the picture, so only an archive is looked for there.
    if b"\xff\xd9" not in tail or _ARCHIVE_END in tail:
        raise AttachmentError(NOT_WHAT_IT_SAYS)


def _number(content: bytes) -> int:
    return int.from_bytes(content, "big")


def _check_size(width: int, height: int) -> None:
    if not width or not height:
        raise AttachmentError(NOT_WHAT_IT_SAYS)
    if max(width, height) > LONGEST_SIDE or width * height > MOST_PIXELS:
        raise AttachmentError(PICTURE_TOO_LARGE)
