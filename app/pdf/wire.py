"""Messages between a web worker and its maker: a head of plain values, and contents in bytes.

Both sides read with limits and believe nothing: a message that is too long, cut or no message ends the talk.
"""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Sequence
from time import monotonic
from typing import Any

_LENGTH = struct.Struct("!Q")
_LONGEST_HEAD = 1 << 20
_MOST_CONTENTS = 5_000


class BrokenTalkError(Exception):
    """The other side is gone, or speaks nonsense."""


class Wire:
    """One end of the connection. With a deadline, waiting for the other side ends in TimeoutError."""

    def __init__(self, connection: socket.socket, longest: int) -> None:
        """`longest` is the most that one message may weigh, in bytes."""
        self._connection = connection
        self._longest = longest

    def send(
        self, head: dict[str, Any], contents: Sequence[bytes] = (), deadline: float | None = None
    ) -> None:
        """Send a message; `deadline` is a moment of the monotonic clock."""
        packed = json.dumps({**head, "lengths": [len(content) for content in contents]}).encode()
        self._wait_until(deadline)
        try:
            self._connection.sendall(_LENGTH.pack(len(packed)) + packed)
            for content in contents:
                self._wait_until(deadline)
                self._connection.sendall(content)
        except ConnectionError as error:
            raise BrokenTalkError("the other side is gone") from error

    def receive(self, deadline: float | None = None) -> tuple[dict[str, Any], list[bytes]]:
        """Wait for a message."""
        (length,) = _LENGTH.unpack(self._exactly(_LENGTH.size, deadline))
        if length > _LONGEST_HEAD:
            raise BrokenTalkError("a head that long is no head")
        try:
            head = json.loads(self._exactly(length, deadline))
            lengths = [int(size) for size in head.pop("lengths")]
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise BrokenTalkError("the head cannot be read") from error
        if len(lengths) > _MOST_CONTENTS or any(size < 0 for size in lengths) or sum(lengths) > self._longest:
            raise BrokenTalkError("the message is longer than agreed")
        return head, [self._exactly(size, deadline) for size in lengths]

    def _exactly(self, size: int, deadline: float | None) -> bytes:
        found = bytearray(size)
        view, filled = memoryview(found), 0
        while filled < size:
            self._wait_until(deadline)
            try:
                got = self._connection.recv_into(view[filled:])
            except ConnectionError as error:
                raise BrokenTalkError("the other side is gone") from error
            if not got:
                raise BrokenTalkError("the other side is gone")
            filled += got
        return bytes(found)

    def _wait_until(self, deadline: float | None) -> None:
        if deadline is None:
            return
        left = deadline - monotonic()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(left)
