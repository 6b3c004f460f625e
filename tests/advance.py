"""Which tests come first: those that take long, so that no process of a run is left alone with one of them.

A run gives each of its processes a stretch of the tests; who is done takes over from the end of another's.
What shares something that is made once, a browser, a city, stands together here, and so in one process.
"""

from __future__ import annotations

from typing import Final

LONG: Final = (
    "tests/browser/test_story.py",
    "tests/browser/",
    "tests/drill/",
    "tests/upkeep/test_backup.py",
    "tests/demo/",
    "tests/pdf/",
    "tests/access/",
)
"""The first ones first: measured with `--durations`. Each is the beginning of the tests' names."""


def in_advance(name: str) -> int:
    """How far ahead of the others a test of this name comes."""
    return next((len(LONG) - place for place, begins in enumerate(LONG) if name.startswith(begins)), 0)
