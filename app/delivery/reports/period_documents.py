"""All reports of a period on paper: pages that answer first, then each report as it was sent.

The money of all projects over time is drawn once, on the summary. Each project's own charts stand in the
report's own document and not here: they would double what it takes to set hundreds of reports.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask_babel import force_locale
from flask_babel import gettext as _

from app import pdf
from app.charts import Language
from app.core.reporting import Dimension, Light
from app.decisions.watch import shortened
from app.delivery.reports.collecting import Collection, Reported, reports_in
from app.delivery.reports.documents import report_document
from app.delivery.reports.models import ReportVersion
from app.delivery.reports.together import Together, picture_of, together_of
from app.delivery.reports.words import DIMENSIONS, LIGHTS
from app.pdf.blocks import (
    Bullets,
    Column,
    Figure,
    KeyFigure,
    KeyFigures,
    Paragraphs,
    Section,
    Table,
)
from app.pdf.covers import PeriodCover, PeriodEntry
from app.web.formats import exact, kronor

_NEEDS_LENGTH = 240
"""Signs of what a project needs that the summary repeats; the report has it all."""
ZERO = Decimal(0)


def period_pdf(collection: Collection, day: date, language: Language, order: pdf.Order) -> bytes:
    """Everything that is in, as one PDF."""
    with force_locale(language):
        rows = reports_in(collection)
        sent = [(row, row.version) for row in rows if row.version is not None]
        parts = [
            pdf.PackPart(order.begin(report_document(version, language, over_time=False)), row.title)
            for row, version in sent
        ]
        summed = Summed(rows, together_of(collection.period, [version for _row, version in sent]))
        return order.pack(lambda starts: cover(collection, day, language, summed, starts), parts)


@dataclass(frozen=True)
class Summed:
    """What the pages that answer are about."""

    rows: Sequence[Reported]
    money: Together | None


def cover(
    collection: Collection, day: date, language: Language, summed: Summed, starts: tuple[int, ...]
) -> pdf.Document:
    """How it goes, what is late, what it costs, who needs somebody, and where each report stands."""
    period, rows = collection.period, summed.rows
    sent = [row.version for row in rows if row.version is not None]
    late = [row for row in rows if row.late(period, day)]
    body = PeriodCover(
        f"{period.starts_on} – {period.ends_on}",
        _figures(len(rows), sent, late, language),
        (
            Section(_("Läget"), (_lights(sent),)),
            Section(_("Pengar"), _pictured(summed.money, language) if summed.money else (_money(sent),)),
            Section(_("Sena rapporter"), (_late(late, str(period.due_on)),)),
            Section(_("Beslut eller hjälp som behövs"), (_needs(rows),)),
        ),
        tuple(
            PeriodEntry(row.title, row.case_number or "–", row.department)
            for row in rows
            if row.version is not None
        ),
        starts,
    )
    title = _("Lägesrapporter %(period)s", period=period.name)
    return pdf.Document("pdf/period_cover.html", title, language, None, None, day, body)


def _figures(
    count: int, sent: Sequence[ReportVersion], late: Sequence[Reported], language: Language
) -> KeyFigures:
    budget = sum((version.budget for version in sent), ZERO)
    forecast = sum((version.forecast for version in sent), ZERO)
    return KeyFigures(
        (
            KeyFigure(_("Inkomna"), str(len(sent)), _("av %(count)s projekt", count=count)),
            KeyFigure(_("Sena"), str(len(late)), _("rapporter som skulle ha kommit in")),
            KeyFigure(
                _("Prognos"),
                kronor(forecast, language),
                _("av %(amount)s i budget", amount=kronor(budget, language)),
            ),
        )
    )


def _lights(sent: Sequence[ReportVersion]) -> Table:
    columns = (Column(_("Område")), *(Column(str(LIGHTS[light].label), numeric=True) for light in Light))
    rows = []
    for dimension in Dimension:
        shown = Counter(getattr(version, f"{dimension.value}_light") for version in sent)
        rows.append((str(DIMENSIONS[dimension]), *(str(shown[light.value]) for light in Light)))
    return Table(_("Antal projekt per läge"), columns, tuple(rows))


def _money(sent: Sequence[ReportVersion]) -> Table:
    budget, spent, forecast = (
        sum((getattr(version, name) for version in sent), ZERO) for name in ("budget", "spent", "forecast")
    )
    rows = (
        (_("Budget"), exact(budget)),
        (_("Förbrukat"), exact(spent)),
        (_("Prognos"), exact(forecast)),
        (_("Prognos mot budget"), exact(forecast - budget)),
    )
    columns = (Column(_("I de rapporter som har kommit in")), Column(_("Belopp"), numeric=True))
    return Table("", columns, rows)


def _pictured(money: Together, language: Language) -> tuple[Figure, Table]:
    """The chart says the sums in words, and its last points are they."""
    picture = picture_of(money, language)
    return picture.figure, picture.table


def _late(late: Sequence[Reported], due_on: str) -> Table | Paragraphs:
    if not late:
        return Paragraphs((_("Ingen rapport är sen."),))
    rows = tuple((row.title, row.case_number or "–", row.department) for row in late)
    columns = (
        Column(_("Projekt"), share=55),
        Column(_("Diarienummer"), share=15),
        Column(_("Förvaltning"), share=30),
    )
    return Table(_("Skulle in senast %(day)s", day=due_on), columns, rows)


def _needs(rows: Sequence[Reported]) -> Bullets | Paragraphs:
    told = tuple(
        f"{row.title}: {shortened(row.version.content['needs'], _NEEDS_LENGTH)}"
        for row in rows
        if row.version is not None and row.version.content["needs"]
    )
    return (
        Bullets(told) if told else Paragraphs((_("Inget projekt säger att det behöver beslut eller hjälp."),))
    )
