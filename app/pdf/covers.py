"""What the first pages of joined documents show: bodies of their templates.

`start_pages` are the pages on which the parts begin, as `pdf.pack` hands them over.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.pdf.blocks import Answer, Block, Fact, KeyFigures, Section


@dataclass(frozen=True)
class PackEntry:
    """A case in the pack. The parts count from 0 in the order of the pack after the cover."""

    number: int
    title: str
    case_number: str
    department: str
    applied: str
    proposed: str
    proposal: str
    summary_part: int
    memo_part: int


@dataclass(frozen=True)
class PackCover:
    """Body of `pdf/pack_cover.html`: how many cases, how much, what is proposed, what to watch, and where.

    `start_pages` are the pages on which the parts begin, as `pdf.pack` hands them over.
    """

    subtitle: str
    figures: KeyFigures
    entries: tuple[PackEntry, ...]
    total_applied: str
    total_proposed: str
    watch: tuple[str, ...]
    start_pages: tuple[int, ...]


@dataclass(frozen=True)
class PeriodEntry:
    """A report among those of a period; it is the part with the same place."""

    title: str
    case_number: str
    department: str


@dataclass(frozen=True)
class PeriodCover:
    """Body of `pdf/period_cover.html`: how it goes in all, and where each report stands."""

    subtitle: str
    figures: KeyFigures
    sections: tuple[Section, ...]
    entries: tuple[PeriodEntry, ...]
    start_pages: tuple[int, ...]


@dataclass(frozen=True)
class CaseEntry:
    """A part of a whole case."""

    name: str
    on: str


@dataclass(frozen=True)
class CaseCover:
    """Body of `pdf/case_cover.html`: what the case came to, and where each part begins. `data` is the name of
    the file that goes with it."""

    subtitle: str
    facts: tuple[Fact, ...]
    figures: tuple[KeyFigures, ...]
    entries: tuple[CaseEntry, ...]
    start_pages: tuple[int, ...]
    data: str


@dataclass(frozen=True)
class ProgrammeCover:
    """Body of `pdf/programme_cover.html`: what a council member reads in five minutes, then where each part
    begins."""

    subtitle: str
    about: str
    figures: tuple[KeyFigures, ...]
    summary: tuple[Answer, ...]
    charts: tuple[Block, ...]
    entries: tuple[str, ...]
    start_pages: tuple[int, ...]


@dataclass(frozen=True)
class ProgrammePart:
    """Body of `pdf/programme_part.html`: a part of a programme's report. `told` are short texts, each under a
    heading of its own."""

    number: int
    title: str
    blocks: tuple[Block, ...]
    told: tuple[Section, ...]
