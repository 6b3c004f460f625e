"""A programme's report on paper: two pages that are read in five minutes, contents, then the parts.

Each part is a document of its own, made side by side and kept: a later version of the report makes only what
differs, and a long report takes as long as its pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from app import pdf
from app.charts import Language
from app.pdf.blocks import Block, FigurePair
from app.pdf.covers import ProgrammeCover, ProgrammePart
from app.programme_report import projects, words
from app.programme_report.figures import Told, first_figures
from app.programme_report.pictures import pictures
from app.programme_report.reading import parts_of_report, summary


def report_pdf(content: Mapping[str, Any], language: Language, order: pdf.Order) -> bytes:
    """The whole report as one PDF, made of the frozen document alone."""
    with force_locale(language):
        told = Told(content, language)
        parts = [(body.title, order.begin(_document(told, body))) for body in bodies(told)]
        names = [f"{number} {name}" for number, (name, _made) in enumerate(parts, start=1)]
        made = [pdf.PackPart(document, name) for name, (_title, document) in zip(names, parts, strict=True)]
        return order.pack(partial(cover, told, [name for name, _made in parts]), made)


def title_of(content: Mapping[str, Any]) -> str:
    """`Programrapport Tertial 1 2027`."""
    return _("Programrapport %(period)s", period=words.kind_and_year(content["kind"], content["year"]))


def cover(told: Told, names: Sequence[str], starts: tuple[int, ...]) -> pdf.Document:
    """The summary, and where each part begins."""
    content = told.document
    body = ProgrammeCover(
        content["programme"]["name"],
        _about(content),
        first_figures(told),
        summary(told),
        _charts(told),
        tuple(names),
        starts,
    )
    return pdf.Document(
        "pdf/programme_cover.html", title_of(content), told.language, None, *_marks(content), body
    )


def _about(content: Mapping[str, Any]) -> str:
    """Which time and day, and why there is a later version."""
    about = _(
        "Rapporten gäller %(first)s – %(last)s. Siffrorna är de som var kända %(day)s.",
        first=content["starts_on"],
        last=content["ends_on"],
        day=content["as_at"],
    )
    if not content["reason"]:
        return about
    why = _(
        "Version %(number)s gavs ut därför att: %(reason)s",
        number=content["number"],
        reason=content["reason"],
    )
    return f"{about} {why}"


def _charts(told: Told) -> tuple[Block, ...]:
    figures = [picture.figure for picture in pictures(told)]
    if len(figures) == 2:
        return (FigurePair(figures[0], figures[1]),)
    return tuple(figures)


def bodies(told: Told) -> Iterator[ProgrammePart]:
    """The parts after the summary, each with its number: chapters first, then the projects by department."""
    chapters = [section for _part, section in parts_of_report(told)]
    for number, section in enumerate(chapters, start=1):
        yield ProgrammePart(number, section.title, section.blocks, ())
    for number, (name, rows) in enumerate(projects.chunks(told), start=len(chapters) + 1):
        title = _("Projekt: %(department)s", department=name)
        yield ProgrammePart(
            number, title, (projects.table_of(told, rows),), tuple(projects.told_blocks(rows))
        )


def _document(told: Told, body: ProgrammePart) -> pdf.Document:
    return pdf.Document(
        "pdf/programme_part.html", title_of(told.document), told.language, None, *_marks(told.document), body
    )


def _marks(content: Mapping[str, Any]) -> tuple[str, date]:
    """The version, and the day that the figures stand on."""
    return str(content["number"]), date.fromisoformat(content["as_at"])
