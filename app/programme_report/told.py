"""What a frozen report tells in words: the secretariat's, those of projects that ended, and of the goals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.closing.final_report.words import AREAS
from app.core.final_report import Area
from app.core.lessons import Kind
from app.core.programme_report import GoalStanding
from app.knowledge.words import CATEGORIES, GRADES, SIZES, TRAITS
from app.knowledge.words import KINDS as LESSONS
from app.pdf.blocks import Answer, Block, Column, Paragraphs, Table
from app.programme_report import words
from app.programme_report.figures import Told, amounts
from app.programme_report.questions import Ask


def text_of(told: Told, ask: Ask) -> str:
    """What the secretariat has written, or nothing."""
    found: str = told.document["said"]["texts"].get(ask.value, "")
    return found


def said(told: Told, ask: Ask) -> Iterator[Block]:
    """The same as a block of its own, where there is something."""
    text = Paragraphs.of(text_of(told, ask))
    if text.texts:
        yield text


# --- what was learned ------------------------------------------------------------------------------------


def learned(told: Told) -> Iterator[Block]:
    """What came of promises, and the lessons of the time."""
    found = told.part("learned")
    yield from said(told, Ask.LEARNED)
    cases = ngettext(
        "Siffrorna bygger på %(num)s projekt vars nyttor skulle ha börjat komma %(day)s.",
        "Siffrorna bygger på %(num)s projekt vars nyttor skulle ha börjat komma %(day)s.",
        found["cases"],
        day=told.document["known_on"],
    )
    weighed = _("Där projekten är få väger programmets antagande tungt.")
    yield Paragraphs((f"{cases} {weighed}",))
    columns = (
        Column(_("Projekt")),
        *amounts(_("Antal"), _("Kommit"), _("Väntas"), _("Osäkerhet"), _("Månader sent")),
    )
    yield Table(
        _("Hur mycket av det utlovade som kommer, och hur sent"), columns, tuple(_experience(told, found))
    )
    lessons = found["lessons"]
    for row in lessons["newest"]:
        about = [str(LESSONS[Kind(row["kind"])].label), row["title"]]
        if row["area"]:
            about.insert(1, str(AREAS[Area(row["area"])]))
        yield Answer(" · ".join(about), Paragraphs.of(row["text"]))
    if lessons["count"] > len(lessons["newest"]):
        rest = lessons["count"] - len(lessons["newest"])
        yield Paragraphs(
            (
                ngettext(
                    "%(num)s lärdom till från perioden finns bland alla lärdomar.",
                    "%(num)s lärdomar till från perioden finns bland alla lärdomar.",
                    rest,
                ),
            )
        )


def _experience(told: Told, found: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    yield (_("Alla"), *_of_group(told, found["together"]))
    named: Mapping[str, Mapping[str, Any]] = {"size": SIZES, "category": CATEGORIES, "evidence": GRADES}
    for trait, groups in found["by"].items():
        for group in groups:
            name = named.get(trait, {}).get(group["value"], group["value"])
            yield (f"{TRAITS[trait]}: {name}", *_of_group(told, group))


def _of_group(told: Told, group: Mapping[str, Any]) -> Sequence[str]:
    share, late = group["share"], group["months_late"]
    return (
        str(share["cases"]),
        told.share(share["observed"]),
        told.share(share["expected"]),
        f"{told.share(share['low'])} – {told.share(share['high'])}",
        told.months(late["expected"]),
    )


def goals(told: Told) -> Iterator[Block]:
    """How each goal of the programme stands."""
    yield from said(told, Ask.GOALS)
    yield Table(
        _("Programmets mål"),
        (
            Column(_("Mål"), share=34),
            Column(_("Mäts med"), share=22),
            Column(_("Utfall"), share=22),
            Column(_("Bedömning"), share=22),
        ),
        tuple(
            (row["text"], row["measure"] or "–", row["value"] or "–", standing_of(row["standing"]))
            for row in told.document["goals"]
        ),
    )
    for row in told.document["goals"]:
        if row["comment"]:
            yield Answer(row["text"], Paragraphs.of(row["comment"]))


def standing_of(kept: str | None) -> str:
    """How a goal stands, in words."""
    return str(words.STANDINGS[GoalStanding(kept)].label) if kept else _("Inte bedömt")
