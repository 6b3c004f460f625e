"""The projects of a frozen report, one by one: in a table, and in words where they have something to say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from flask_babel import gettext as _

from app.core.reporting import Dimension
from app.core.workflow import State
from app.delivery.reports.words import DIMENSIONS
from app.pdf.blocks import Column, Paragraphs, Section, Table
from app.portfolio.words import lit_tag
from app.programme_report.figures import Told, amounts
from app.web.tags import TAGS

PER_PART = 40
"""Projects that are set together: what it takes to set a document grows faster than its length."""

Rows = Sequence[Mapping[str, Any]]


def chunks(told: Told) -> Iterator[tuple[str, Rows]]:
    """The projects department by department, and those of a large one in several parts, with their names."""
    for department, found in groupby(told.document["projects"], key=lambda row: str(row["department"])):
        rows = list(found)
        pieces = [rows[at : at + PER_PART] for at in range(0, len(rows), PER_PART)]
        for number, piece in enumerate(pieces, start=1):
            if len(pieces) == 1:
                yield department, piece
            else:
                yield _("%(name)s, del %(part)s", name=department, part=number), piece


def table_of(told: Told, rows: Rows) -> Table:
    """Where each stands, what it cost and what came of it."""
    columns = (
        Column(_("Projekt"), share=30),
        Column(_("Status"), share=14),
        Column(_("Läge"), share=11),
        *(
            Column(column.label, numeric=True, share=share)
            for column, share in zip(
                amounts(_("Beviljat, kr"), _("Utlovat, kr"), _("Realiserat, kr"), _("Hemtaget, kr")),
                (12, 12, 11, 10),
                strict=True,
            )
        ),
    )
    return Table("", columns, tuple(_cells(told, row) for row in rows))


def _cells(told: Told, row: Mapping[str, Any]) -> tuple[str, ...]:
    name = f"{row['title']}\n{row['case_number']}" if row["case_number"] else row["title"]
    return (
        name,
        str(TAGS[State(row["state"])].label),
        light_of(row),
        *(told.kronor(row[key]) for key in ("granted", "promised", "realised", "taken_home")),
    )


def light_of(row: Mapping[str, Any]) -> str:
    """Its light in a word; a dash for what has none."""
    tag = lit_tag(row["light"])
    return str(tag.label) if tag else "–"


def told_blocks(rows: Rows) -> Iterator[Section]:
    """What those have to say that are not green, are late or have ended."""
    for row in rows:
        texts = tuple(told_of(row))
        if texts:
            yield Section(row["title"], (Paragraphs(texts),))


def told_of(row: Mapping[str, Any]) -> Iterator[str]:
    """How it ended, how late it is, why it is not green, and what it needs."""
    ended, told = row["ended"], row["told"]
    if ended:
        yield f"{TAGS[State(ended['state'])].label} {ended['on']}."
    if row["days_late"] and told:
        yield _("Försenat med %(count)s dagar enligt den senaste rapporten.", count=row["days_late"])
    if not told:
        return
    for light in told["lights"]:
        if light["reason"]:
            tag = lit_tag(light["light"] or "")
            dimension = DIMENSIONS[Dimension(light["dimension"])]
            yield f"{dimension} ({str(tag.label).lower() if tag else '–'}): {light['reason']}"
    if told["needs"]:
        yield _("Behöver: %(needs)s", needs=told["needs"])
