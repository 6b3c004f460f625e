"""Drills: what must hold when many work at once and when something breaks, tried at length on both databases.

Each module here holds one drill: `TITLE`, and `drill(ground)`, which answers with what it found and raises
when something does not hold. `make drill` runs all of them; short forms of the same stand in tests/drill.
"""

from __future__ import annotations


def must_hold(holds: bool, what: str) -> None:
    """End the drill and say what does not hold."""
    if not holds:
        raise AssertionError(what)
