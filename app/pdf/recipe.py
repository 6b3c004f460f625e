"""What makes a document what it is: its text, our own setting of it, the fonts and the libraries."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version

from app.pdf.maker import BOXED, FONT_FOLDER

_LIBRARIES = ("weasyprint", "pydyf", "pikepdf", "pyphen", "tinycss2", "fonttools")


def key_of(*texts: str) -> str:
    """The name under which a result is kept; equal only for what comes out equal."""
    return _hash(_recipe(), *texts)


@cache
def _recipe() -> str:
    files = [*sorted(BOXED.glob("*.py")), *sorted(FONT_FOLDER.glob("*.ttf"))]
    hashes = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]
    return _hash(*hashes, *(f"{name} {version(name)}" for name in _LIBRARIES))


def _hash(*texts: str) -> str:
    digest = hashlib.sha256()
    for text in texts:
        encoded = text.encode()
        digest.update(b"%d:" % len(encoded) + encoded)  # with its length, so that no two lists read the same
    return digest.hexdigest()
