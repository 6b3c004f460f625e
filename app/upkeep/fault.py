"""What checking the record finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """Something that is not as it was written: where, and what is wrong with it."""

    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.place} {self.what}"
