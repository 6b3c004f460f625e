"""A meeting pack with three cases, to be set on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from app import pdf
from app.pdf.blocks import (
    CaseSummary,
    KeyFigure,
    KeyFigures,
    Notice,
    Paragraphs,
    Report,
    Section,
)
from app.pdf.covers import PackCover, PackEntry
from tests.pdf import making
from tests.pdf.samples import (
    DAY,
    SUMMARY,
    TEXT,
    facts,
    figures,
    key_figures,
    kr,
    proposal,
    yearly_table,
)


def memo(number: int = 1) -> pdf.Document:
    """A decision memo of two to three pages."""
    body = Report(
        "Genomförandeprojekt 2026–2028, Trafikkontoret",
        facts(),
        proposal(),
        (Paragraphs.of(SUMMARY),),
        (
            Section(
                "Bedömning",
                (Paragraphs.of(TEXT), Notice("Anmärkning", "Källans summa är 1 000 kr lägre än dess rader.")),
            ),
            Section("Kalkyl", (key_figures(), figures(), yearly_table())),
            Section("Yttranden", (Paragraphs.of(TEXT),)),
        ),
        contents=False,
        page_prefix=f"Ärende {number}",
    )
    title = "E-tjänst för parkeringstillstånd för rörelsehindrade"
    return pdf.Document("pdf/decision_memo.html", title, "sv", f"2026-003{number}", "1", DAY, body)


def summary(number: int = 1) -> pdf.Document:
    """One case on one page."""
    body = CaseSummary(
        "Genomförandeprojekt 2026–2028, Trafikkontoret",
        facts(),
        key_figures(),
        proposal(),
        (
            Paragraphs.of(SUMMARY),
            Notice("Att uppmärksamma", "En tredjedel av nyttan hamnar hos förvaltningar som inte betalar."),
        ),
        figures(),
        f"Ärende {number}",
    )
    title = "E-tjänst för parkeringstillstånd för rörelsehindrade"
    return pdf.Document("pdf/pack_summary.html", title, "sv", f"2026-003{number}", "1", DAY, body)


def cover(start_pages: tuple[int, ...]) -> pdf.Document:
    """The first pages of a pack of three cases."""
    titles = (
        (
            "E-tjänst för parkeringstillstånd för rörelsehindrade",
            "Trafikkontoret",
            6230,
            5430,
            "Bevilja delvis",
        ),
        ("Chatbot för automatiserad kunddialog", "Serviceförvaltningen", 2025, 2025, "Bevilja med villkor"),
        ("Förstudie: digitalt kulturkort", "Kulturförvaltningen", 480, 0, "Skjuta upp"),
    )
    entries = tuple(
        PackEntry(i + 1, title, f"2026-003{i + 1}", where, kr(a), kr(p), what, i, 3 + i)
        for i, (title, where, a, p, what) in enumerate(titles)
    )
    body = PackCover(
        "Lilla utvecklingsrådet, möte 2026-03-04",
        KeyFigures(
            (
                KeyFigure("Ärenden", "3", "2 genomförandeprojekt, 1 förstudie"),
                KeyFigure("Sökt", f"{kr(8735)} kr", "i ansökningsomgång 1, 2026"),
                KeyFigure("Föreslaget", f"{kr(7455)} kr", f"av {kr(41200)} kr kvar i ramen"),
            )
        ),
        entries,
        kr(8735),
        kr(7455),
        (
            "Ärende 1: en tredjedel av nyttan hamnar hos förvaltningar som inte betalar.",
            "Ärende 2: villkor om kontaktstrategianalys.",
            "Ärende 3: driftsplan saknas från 2028.",
        ),
        start_pages,
    )
    return pdf.Document("pdf/pack_cover.html", "Möteshandlingar 2026-03-04", "sv", None, None, DAY, body)


def pack_documents() -> list[tuple[pdf.Document, str]]:
    """Three summaries, then three memos, with their bookmarks."""
    names = ("Sammanfattning", "Beslutsunderlag")
    made = [*(summary(n) for n in (1, 2, 3)), *(memo(n) for n in (1, 2, 3))]
    return [(document, f"Ärende {i % 3 + 1}: {names[i // 3].lower()}") for i, document in enumerate(made)]


def pack(
    cover: Callable[[tuple[int, ...]], pdf.Document],
    documents: Sequence[tuple[pdf.Document, str]],
    attached: Sequence[pdf.AttachedFile] | None = None,
) -> bytes:
    """Make a pack, everything in it anew; one that is to last, with these files in it."""
    with making.press().order() as order:
        parts = [pdf.PackPart(order.begin(document), bookmark) for document, bookmark in documents]
        return order.pack(cover, parts, attached)


def long_cover(start_pages: tuple[int, ...]) -> pdf.Document:
    """A cover of two pages."""
    document = cover(start_pages)
    assert isinstance(document.body, PackCover)
    watch = tuple(f"Punkt {number}: {SUMMARY}" for number in range(1, 7))
    return replace(document, body=replace(document.body, watch=watch))


def cover_of_missing_parts(_start_pages: tuple[int, ...]) -> pdf.Document:
    """A cover that speaks of six parts, whatever the pack has."""
    return cover((2, 3, 4, 5, 7, 9))
