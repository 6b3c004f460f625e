"""Reading a file that somebody else has made, and never more of it than was meant."""

from __future__ import annotations

from typing import IO

from app.accepted.refusal import UNPACKS_TOO_FAR, AttachmentError


class BoundedReader:
    """A stream of which only so many bytes may be read in all. Raises AttachmentError."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        self._stream = stream
        self.left = most

    def read(self, size: int = -1) -> bytes:
        """The next bytes; asking for everything is asking for what is left, and one more."""
        content = self._stream.read(self.left + 1 if size < 0 else min(size, self.left + 1))
        self.left -= len(content)
        if self.left < 0:
            raise AttachmentError(UNPACKS_TOO_FAR)
        return content

    def seek(self, place: int, whence: int = 0) -> int:
        """Go to a place."""
        return self._stream.seek(place, whence)

    def tell(self) -> int:
        """Where it stands."""
        return self._stream.tell()

    def seekable(self) -> bool:
        """Always."""
        return True
