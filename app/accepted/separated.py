"""Separated values: text and nothing else. How it is laid out is seen when it is read."""

from __future__ import annotations

import re
from typing import IO, Final

from app.accepted.refusal import NOT_WHAT_IT_SAYS, AttachmentError

_LOOKED_AT: Final = 1 << 16
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")
"""Marks of text with two bytes for each letter, in which zeros are usual."""
_NO_TEXT: Final = re.compile(rb"[\x00-\x08\x0e-\x1f]")


def separated(stream: IO[bytes], _size: int) -> None:
    """Refuse what has bytes that no text has."""
    stream.seek(0)
    wide = stream.read(2) in _WIDE
    stream.seek(0)
    while not wide and (piece := stream.read(_LOOKED_AT)):
        if _NO_TEXT.search(piece):
            raise AttachmentError(NOT_WHAT_IT_SAYS)
