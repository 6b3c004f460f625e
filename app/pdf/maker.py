"""A maker as its web worker sees it: a process of its own that is handed one document at a time.

Whatever a document does, it does to the maker: the one that it is in is killed and another is started.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from app.pdf.errors import LostError, PdfError
from app.pdf.wire import BrokenTalkError, Wire

_PACKAGE = Path(__file__).resolve().parent
FONT_FOLDER = _PACKAGE.parents[1] / "static" / "fonts"
BOXED = _PACKAGE / "boxed"
_PROGRAM = """
import sys
from types import ModuleType
for name, folder in (("app", sys.argv[1]), ("app.pdf", sys.argv[2])):  # the packages without what they import
    sys.modules[name] = ModuleType(name)
    sys.modules[name].__path__ = [folder]
from app.pdf.boxed.program import serve
serve(int(sys.argv[3]), sys.argv[4], int(sys.argv[5]))
"""


@dataclass(frozen=True)
class Limits:
    """What one document may cost."""

    seconds: int = 30
    """Of computing. A page takes a fifth of a second."""
    joining_seconds: int = 120
    """Of computing, for joining a whole pack."""
    patience: int = 180
    """Seconds on the clock: a busy machine takes longer than it computes."""
    megabytes: int = 1_000
    """Address space, programs and fonts included: about 450 before the first document."""
    answer_megabytes: int = 200
    """The longest PDF that is taken from a maker."""
    documents: int = 200
    """So many by one maker, then a fresh one takes over."""


@dataclass(frozen=True)
class Job:
    """Something to make: what the maker is told, and the contents that go with it."""

    head: dict[str, Any]
    contents: Sequence[bytes]

    def seconds(self, limits: Limits) -> int:
        """How long it may compute."""
        return limits.seconds if self.head["work"] == "typeset" else limits.joining_seconds


@dataclass(frozen=True)
class Made:
    """A finished PDF."""

    pdf: bytes
    pages: int


class Maker:
    """One process. It belongs to the thread that starts it, and is killed when that thread ends."""

    def __init__(self, limits: Limits, font_folder: Path = FONT_FOLDER) -> None:
        """Start the process and wait until it is ready; half a second of computing."""
        self._limits = limits
        self._made = 0
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own program, nothing of it comes from outside
                [sys.executable, "-I", "-c", _PROGRAM, *self._arguments(font_folder)],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={"LANG": "C.UTF-8"},
                start_new_session=True,  # a signal meant for the web worker's group is not meant for it
            )
        self._connection = ours
        self._wire = Wire(ours, limits.answer_megabytes << 20)
        self._meet()

    def _arguments(self, font_folder: Path) -> list[str]:
        numbers = (os.getpid(), font_folder, self._limits.megabytes)
        return [str(_PACKAGE.parent), str(_PACKAGE), *map(str, numbers)]

    def _meet(self) -> None:
        try:
            head, _contents = self._wire.receive(monotonic() + self._limits.patience)
        except (BrokenTalkError, TimeoutError) as error:
            self.close()
            raise PdfError(f"The maker of documents does not start: {self._ending()}") from error
        if head.get("state") != "ready":
            self.close()
            raise PdfError(f"The maker of documents does not start: {head.get('reason')}")

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def is_fit(self) -> bool:
        """Whether it can take another document."""
        return self._process.poll() is None and self._made < self._limits.documents

    def make(self, job: Job) -> Made:
        """Have it made. LostError says that the document took the maker with it."""
        deadline = monotonic() + self._limits.patience
        self._made += 1
        try:
            self._wire.send({**job.head, "seconds": job.seconds(self._limits)}, job.contents, deadline)
            head, contents = self._wire.receive(deadline)
        except TimeoutError as error:
            self.close()
            raise LostError(f"It was not done within {self._limits.patience} seconds") from error
        except BrokenTalkError as error:
            self.close()
            raise LostError(self._ending()) from error
        return self._read(head, contents)

    def _read(self, head: dict[str, Any], contents: list[bytes]) -> Made:
        match head, contents:
            case {"state": "made", "pages": int(pages)}, [pdf]:
                return Made(pdf, pages)
            case {"state": "refused", "reason": str(reason)}, []:
                raise PdfError(reason)
            case {"state": "too large"}, []:
                self.close()  # who knows what it could not finish
                raise LostError(f"It needs more memory than {self._limits.megabytes} MB")
            case _:
                self.close()
                raise LostError("The maker answered with nonsense")

    def _ending(self) -> str:
        status = self._process.returncode
        if status == -signal.SIGXCPU:
            return f"It computed for more than {self._limits.seconds} seconds"
        if status is not None and status < 0:
            return f"The maker fell: {signal.Signals(-status).name}"
        return f"The maker fell with exit code {status}"

    def close(self) -> None:
        """End the process, whatever it is doing, and leave no trace of it."""
        self._connection.close()
        try:
            self._process.wait(0.2)  # one that has fallen tells how; an idle one goes by itself
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
