"""What a written document lacks before it is sent, and where each of it is written. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


@dataclass(frozen=True)
class Lack:
    """Something that is missing: the section and the field where it is written, and the words that say so."""

    section: StrEnum
    field: str
    text: Any


class IncompleteError(ValueError):
    """The document cannot be sent like this."""

    def __init__(self, lacks: Sequence[Lack]) -> None:
        super().__init__("; ".join(str(lack.text) for lack in lacks))
        self.lacks = tuple(lacks)


def in_order(lacks: Iterable[Lack], sections: type[StrEnum]) -> list[Lack]:
    """What is missing, in the order of the sections."""
    order = list(sections)
    return sorted(lacks, key=lambda lack: order.index(lack.section))
