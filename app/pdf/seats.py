"""How many makers are at work on this machine, counted over all its web workers."""

from __future__ import annotations

import fcntl
import os
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_BETWEEN_LOOKS = 0.01


class Seats:
    """Locks in a folder of this user's own. The kernel frees the seat of a process that is gone."""

    def __init__(self, count: int, folder: Path | None = None) -> None:
        self._count = count
        self._folder = folder or Path(tempfile.gettempdir()) / f"hemtag-makers-{os.getuid()}"

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Wait for a seat and sit on it."""
        seat = self._sit_down()
        try:
            yield
        finally:
            os.close(seat)

    def _sit_down(self) -> int:
        self._folder.mkdir(mode=0o700, exist_ok=True)
        status = self._folder.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid():
            raise PermissionError(f"{self._folder} belongs to somebody else")
        door = self._opened("door")
        try:
            fcntl.flock(door, fcntl.LOCK_EX)  # whoever gets up stands behind the one who waits here
            while True:
                for number in range(self._count):
                    seat = self._opened(str(number))
                    try:
                        fcntl.flock(seat, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    except BlockingIOError:
                        os.close(seat)
                    else:
                        return seat
                time.sleep(_BETWEEN_LOOKS)
        finally:
            os.close(door)

    def _opened(self, name: str) -> int:
        return os.open(self._folder / name, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o600)
