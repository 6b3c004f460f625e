"""The maker: a process that sets and joins what it is handed, one document after the other.

`app.pdf.maker` starts it and speaks with it over standard input. It knows nothing of the rest of the product.
"""

from __future__ import annotations

import gc
import os
import shutil
import socket
import tempfile
import warnings
from datetime import date
from pathlib import Path
from typing import Any

from app.pdf.boxed import walls
from app.pdf.errors import PdfError
from app.pdf.wire import BrokenTalkError, Wire

_LONGEST_MESSAGE = 256 << 20


def serve(parent: int, font_folder: str, megabytes: int) -> None:
    """Get ready, close the walls, and work until the other side is gone."""
    walls.die_with(parent)
    warnings.simplefilter("ignore")
    wire = Wire(socket.socket(fileno=os.dup(0)), _LONGEST_MESSAGE)
    try:
        bench = _Bench(Path(font_folder))
        walls.limit_memory(megabytes)
        walls.close_in(parent)
    except Exception as error:  # noqa: BLE001 - whatever it is, the one who started us must hear of it
        wire.send({"state": "unfit", "reason": f"{type(error).__name__}: {error}"})
        return
    gc.collect()
    gc.freeze()
    gc.disable()  # a document is thrown away as a whole, and collecting while it grows costs a fifth
    wire.send({"state": "ready"})
    while True:
        try:
            head, contents = wire.receive()
            wire.send(*bench.answer(head, contents))
        except BrokenTalkError:
            return
        gc.collect()


class _Bench:
    """What a document is made with."""

    def __init__(self, font_folder: Path) -> None:
        from app.pdf.boxed.typesetting import Typesetter

        folder = Path(tempfile.mkdtemp(prefix="hemtag-maker-"))
        tempfile.tempdir = str(folder)
        os.chdir(folder)
        try:
            self._typesetter = Typesetter(font_folder, folder)
        finally:
            shutil.rmtree(folder)  # what was in it is in memory; nothing stays behind, and here is nowhere
        _pages, page = self._make({"work": "typeset", "name": "x"}, [b"<title>x</title>x", b""])
        # What is read from disk when it is first needed is read now: there will be none.
        joined = {"work": "join", "title": "x", "language": "sv", "date": "2000-01-01", "bookmarks": ["x"]}
        self._make({**joined, "numbered": False, "attached": []}, [page])

    def answer(self, head: dict[str, Any], contents: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
        """Do what is asked, and say how it went. No document may end the talk by being bad."""
        walls.allow_seconds(int(head["seconds"]))
        try:
            pages, pdf = self._make(head, contents)
        except MemoryError:
            return {"state": "too large"}, []
        except PdfError as error:
            return {"state": "refused", "reason": str(error)}, []
        except Exception as error:  # noqa: BLE001 - the library fails in its own ways, and all mean the same
            reason = f"The document could not be laid out: {type(error).__name__}: {error}"
            return {"state": "refused", "reason": reason[:2000]}, []
        return {"state": "made", "pages": pages}, [pdf]

    def _make(self, head: dict[str, Any], contents: list[bytes]) -> tuple[int, bytes]:
        from app.pdf.boxed import joining
        from app.pdf.boxed.archiving import Attached

        if head["work"] == "typeset":
            html, css = (content.decode() for content in contents)
            return joining.completed(self._typesetter.typeset(html, css), head["name"])
        attached = None
        if head.get("attached") is not None:
            files = contents[len(contents) - len(head["attached"]) :]
            contents = contents[: len(contents) - len(files)]
            attached = [
                Attached(name, media_type, description, file)
                for (name, media_type, description), file in zip(head["attached"], files, strict=True)
            ]
        numbers = contents.pop() if head["numbered"] else None
        parts = [joining.Part(*pair) for pair in zip(contents, head["bookmarks"], strict=True)]
        return joining.join(
            parts,
            title=head["title"],
            language=head["language"],
            date=date.fromisoformat(head["date"]),
            numbers=numbers,
            attached=attached,
        )
