"""What would be printed, as plain words: setting pages takes a second each, and who may read them is asked
hundreds of times. That the pages hold these words and no others is told by the tests of documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from app import pdf


def words_instead_of_pages(patch: pytest.MonkeyPatch) -> None:
    """Let every document be its own words."""

    @contextmanager
    def order(_press: pdf.Press, _patience: float = 0) -> Iterator[Order]:
        yield Order()

    patch.setattr(pdf.Press, "order", order)


@dataclass(frozen=True)
class Words:
    """A document that is made at once, on one page."""

    pdf: bytes
    pages: int = 1

    @property
    def made(self) -> Words:
        return self


@dataclass(frozen=True)
class Part:
    """A document in a pack."""

    document: Words


class Order:
    """What one person asks for at one time, written down in words."""

    def begin(self, document: pdf.Document) -> Words:
        return Words(repr(document).encode())

    def render(self, document: pdf.Document) -> bytes:
        return self.begin(document).pdf

    def pack(self, cover: Callable[[tuple[int, ...]], pdf.Document], parts: Sequence[Part]) -> bytes:
        front = self.begin(cover(tuple(range(1, len(parts) + 1))))
        return b"\n".join([front.pdf, *(part.document.pdf for part in parts)])
