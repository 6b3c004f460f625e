"""The building blocks of a document on paper.

A package composes a `Report`, a `CaseSummary` or a `PackCover` from these, all text already translated and
all amounts already written (`1 234 567 kr`). The templates in templates/pdf know how each block looks;
nothing here does. Text is text: markup in it is printed, never interpreted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from markupsafe import Markup

_MOST_ROWS_TOGETHER = 15
_FEW_ROWS = 6


class TableColumn(Protocol):
    """What the templates ask of a column."""

    @property
    def label(self) -> str: ...
    @property
    def numeric(self) -> bool: ...


class Tabular(Protocol):
    """Figures with headings, such as those that a chart was drawn from."""

    @property
    def columns(self) -> Sequence[TableColumn]: ...
    @property
    def rows(self) -> Sequence[Sequence[str]]: ...


@dataclass(frozen=True)
class Paragraphs:
    """Running text, one string per paragraph; line breaks inside a paragraph are kept."""

    texts: tuple[str, ...]
    kind: ClassVar = "paragraphs"

    @classmethod
    def of(cls, text: str) -> "Paragraphs":
        """Split what a person typed at its empty lines."""
        parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
        return cls(tuple(part.strip() for part in parts if part.strip()))


@dataclass(frozen=True)
class Bullets:
    """A short list, numbered when the order matters."""

    items: tuple[str, ...]
    ordered: bool = False
    kind: ClassVar = "bullets"


@dataclass(frozen=True)
class Answer:
    """A question of the form and what was answered; an empty answer is shown as such."""

    question: str
    answer: Paragraphs
    kind: ClassVar = "answer"


@dataclass(frozen=True)
class Fact:
    """A name and its value."""

    label: str
    value: str


@dataclass(frozen=True)
class Facts:
    """Key facts, one per line."""

    rows: tuple[Fact, ...]
    kind: ClassVar = "facts"


@dataclass(frozen=True)
class KeyFigure:
    """A figure that is never alone: what it is, and its unit, price year or condition."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class KeyFigures:
    """Two to four figures side by side."""

    figures: tuple[KeyFigure, ...]
    kind: ClassVar = "key_figures"


@dataclass(frozen=True)
class Column:
    """A column heading; `share` is its part of the width (percent), needed only in long tables."""

    label: str
    numeric: bool = False
    share: int | None = None


@dataclass(frozen=True)
class Table:
    """Rows under headings; the first cell of a row names it. `footer` rows are sums, shown at the end.

    `caption` is empty when the heading above says it already.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    footer: tuple[tuple[str, ...], ...] = ()
    note: str = ""
    together: bool = False
    """Mostly days, which are read across: not divided when it is short."""
    kind: ClassVar = "table"

    @property
    def whole(self) -> bool:
        """Very short, or short and mostly figures: better on the next page than divided."""
        if len(self.rows) <= _FEW_ROWS:
            return True
        figures = sum(column.numeric for column in self.columns)
        across = self.together or 2 * figures >= len(self.columns)
        return len(self.rows) <= _MOST_ROWS_TOGETHER and across

    def __post_init__(self) -> None:
        for row in (*self.rows, *self.footer):
            if len(row) != len(self.columns):
                raise ValueError(
                    f"Table {self.caption!r}: a row has {len(row)} cells, not {len(self.columns)}"
                )


@dataclass(frozen=True)
class Figure:
    """A chart, the sentence that it proves, and on request its figures. `svg` comes from the chart door."""

    svg: Markup
    caption: str
    finding: str
    source: str = ""
    table: Tabular | None = None
    wide: bool = False
    kind: ClassVar = "figure"


@dataclass(frozen=True)
class FigurePair:
    """Two charts beside each other."""

    left: Figure
    right: Figure
    kind: ClassVar = "figure_pair"


@dataclass(frozen=True)
class Notice:
    """Something that the reader must not miss, such as a remark on the case."""

    title: str
    text: str
    kind: ClassVar = "notice"


Block = Paragraphs | Bullets | Answer | Facts | KeyFigures | Table | Figure | FigurePair | Notice


@dataclass(frozen=True)
class Section:
    """A numbered part of a report; the number is given by its place."""

    title: str
    blocks: tuple[Block, ...] = ()
    subsections: tuple["Section", ...] = ()
    new_page: bool = False


@dataclass(frozen=True)
class DecisionProposal:
    """What the council is asked to do, in one sentence, with its amount and conditions.

    Once it is decided, the box holds the decision and `title` says so.
    """

    text: str
    amount: str | None = None
    conditions: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True)
class Report:
    """Body of `pdf/application.html` and `pdf/decision_memo.html`: first page, then numbered sections.

    `page_prefix` ("Ärende 3") stands before the page number when the report is part of a pack.
    """

    subtitle: str
    facts: tuple[Fact, ...]
    proposal: DecisionProposal | None
    summary: tuple[Block, ...]
    sections: tuple[Section, ...]
    contents: bool = True
    page_prefix: str = ""


@dataclass(frozen=True)
class CaseSummary:
    """Body of `pdf/pack_summary.html`: one case on one page."""

    subtitle: str
    facts: tuple[Fact, ...]
    figures: KeyFigures
    proposal: DecisionProposal
    blocks: tuple[Block, ...]
    charts: Figure | FigurePair | None = None
    page_prefix: str = ""
