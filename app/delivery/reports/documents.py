"""A status report on paper, from the document that was frozen when it was sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from app import pdf
from app.charts import Language
from app.core.clock import local_day
from app.core.reporting import Dimension
from app.delivery.reports.models import ReportVersion
from app.delivery.reports.over_time import as_of
from app.delivery.reports.pictures import Picture, pictures_of
from app.delivery.reports.words import (
    DIMENSIONS,
    OUTSIDE_PLAN,
    light_tag,
    said_amount,
    said_hours,
    said_number,
)
from app.pdf.blocks import Column, Fact, Facts, FigurePair, Paragraphs, Report, Section, Table
from app.web.formats import exact, iso_date

Said = Mapping[str, Any]
"""A report's document: see `app.delivery.reports.document`."""


def report_pdf(version: ReportVersion, language: Language, order: pdf.Order) -> bytes:
    """The report as a PDF, as it was sent."""
    with force_locale(language):
        return order.render(report_document(version, language))


def report_document(version: ReportVersion, language: Language, *, over_time: bool = True) -> pdf.Document:
    """The report as a document, in the language of the moment; without `over_time`, as one of many."""
    said = version.content
    drawn = pictures_of(as_of(version), language) if over_time else ()
    title = _("Lägesrapport %(period)s", period=said["period"]["name"])
    return pdf.Document(
        "pdf/status_report.html",
        f"{title}: {said['title']}",
        language,
        said["case_number"] or None,
        str(version.number),
        local_day(version.sent_at),
        Report(
            said["lead_department"],
            tuple(_facts(version)),
            None,
            (lights_table(said),),
            (*_sections(said), *pictured(drawn)),
            contents=False,
        ),
    )


def _facts(version: ReportVersion) -> Iterator[Fact]:
    said = version.content
    yield Fact(_("Projektledare"), said["leader"])
    yield Fact(_("Ansvarig förvaltning"), said["lead_department"])
    yield Fact(_("Period"), f"{said['period']['starts_on']} – {said['period']['ends_on']}")
    yield Fact(_("Skickad"), iso_date(version.sent_at))
    spent, budget = exact(version.spent), exact(version.budget)
    yield Fact(_("Förbrukat"), _("%(spent)s av %(budget)s", spent=spent, budget=budget))
    yield Fact(_("Prognos"), exact(version.forecast))
    yield Fact(_("Projektet slutar"), said["planned_end"])


def lights_table(said: Said) -> Table:
    """The lights with what the figures showed, and why."""
    rows = []
    for dimension in Dimension:
        light = said["lights"][dimension.value]
        chosen, shown = light_tag(light["light"]), light_tag(light["proposed"])
        rows.append(
            (
                str(DIMENSIONS[dimension]),
                str(chosen.label) if chosen else "–",
                str(shown.label) if shown else "–",
                light["reason"] or "–",
            )
        )
    columns = (
        Column(_("Område"), share=16), Column(_("Läge"), share=12), Column(_("Siffrorna visar"), share=16),
        Column(_("Varför"), share=56),
    )  # fmt: skip
    return Table(_("Läget per område"), columns, tuple(rows))


def _sections(said: Said) -> Iterator[Section]:
    for title, text in (
        (_("Det här har gjorts"), said["done"]),
        (_("Det här kommer närmast"), said["coming"]),
        (_("Beslut eller hjälp som behövs"), said["needs"]),
    ):
        if text:
            yield Section(title, (Paragraphs.of(text),))
    yield Section(_("Milstolpar"), (_milestones(said),))
    parts: list[Any] = [_costs(said), _hours(said)]
    if said["explanation"]:
        parts.append(Facts((Fact(_("Förklaring av avvikelsen"), said["explanation"]),)))
    yield Section(_("Pengar och timmar"), tuple(parts))
    if said.get("risks"):
        yield Section(_("Höga risker"), (_risks(said),))


def pictured(drawn: Sequence[Picture]) -> Iterator[Section]:
    """Charts beside each other, then the figures of each."""
    figures = [picture.figure for picture in drawn]
    if figures:
        together = (FigurePair(figures[0], figures[1]),) if len(figures) > 1 else figures
        yield Section(_("Över tid"), (*together, *(picture.table for picture in drawn)))


def _milestones(said: Said) -> Table:
    columns = (
        Column(_("Det här är klart"), share=40), Column(_("Först planerad"), share=16),
        Column(_("Planerad nu"), share=16), Column(_("Väntas eller nådd"), share=16),
        Column(_("Nådd"), share=12),
    )  # fmt: skip
    rows = tuple(
        (
            row["name"], row["first_planned_on"] or "–", row["planned_on"], row["expected_on"],
            _("Ja") if row["is_reached"] else _("Nej"),
        )
        for row in said["milestones"]
    )  # fmt: skip
    return Table("", columns, rows)


def _risks(said: Said) -> Table:
    columns = (
        Column(_("Risk"), share=36), Column(_("Poäng"), numeric=True, share=10),
        Column(_("Åtgärd"), share=36),
        Column(_("Ansvarig"), share=18),
    )  # fmt: skip
    rows = tuple(
        (row["text"], str(row["score"]), row["action"] or "–", row["owner"] or "–") for row in said["risks"]
    )
    return Table("", columns, rows)


def _costs(said: Said) -> Table:
    columns = (
        Column(_("Kostnad")), Column(_("Budget"), numeric=True), Column(_("Förbrukat"), numeric=True),
        Column(_("Prognos"), numeric=True),
    )  # fmt: skip
    rows = tuple(
        (_of(row["description"], row), *(said_amount(row[key]) for key in ("budget", "spent", "forecast")))
        for row in said["costs"]
    )
    total = (_("Summa"), *(said_amount(said["totals"][key]) for key in ("budget", "spent", "forecast")))
    return Table(_("Pengar, kronor"), columns, rows, (total,))


def _of(name: str, row: Said) -> str:
    """The name of the row with its department; of what the plan does not have, that it does not."""
    return f"{name}, {row['department']}" if name else str(OUTSIDE_PLAN)


def _hours(said: Said) -> Table:
    columns = (
        Column(_("Roll")), Column(_("Planerat"), numeric=True), Column(_("Arbetat"), numeric=True),
        Column(_("Prognos"), numeric=True),
    )  # fmt: skip
    rows = tuple(
        (
            _of(row["role"], row),
            said_hours(row),
            *(said_number(row[key]) if row[key] is not None else "–" for key in ("worked", "forecast")),
        )
        for row in said["hours"]
    )
    total = (_("Summa"), "", said_number(said["totals"]["hours"]), "")
    return Table(_("Timmar per roll"), columns, rows, (total,))
