"""The charts of a frozen report: what came of money, department by department, and what services cost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _

from app import charts
from app.charts import CostCliffChart, PayGainChart
from app.pdf.blocks import Column, Figure, Table
from app.programme_report.figures import Told, amount_of, amounts

MOST_DEPARTMENTS = 8
"""The ones with most money; a chart of more says nothing."""


@dataclass(frozen=True)
class Picture:
    """A chart, and its figures as a table."""

    figure: Figure
    table: Table


def pictures(told: Told) -> list[Picture]:
    """Those of the summary, as far as there is something to draw."""
    return [picture for picture in (came(told), cliff(told)) if picture is not None]


def came(told: Told) -> Picture | None:
    """Granted and realised, department by department."""
    benefits = told.part("benefits")
    rows = [row for row in benefits["by_department"] if amount_of(row["granted"])]
    rows = sorted(rows, key=lambda row: -amount_of(row["granted"]))[:MOST_DEPARTMENTS]
    if not rows:
        return None
    chart = PayGainChart(
        title=_("Beviljat och realiserat per förvaltning"),
        finding=_(
            "%(realised)s är realiserat av %(promised)s som projekten har lovat.",
            realised=told.millions(benefits["realised"]),
            promised=told.millions(benefits["promised"]),
        ),
        language=told.language,
        words=replace(charts.words(_), pays=_("Beviljat"), gains=_("Realiserad nytta")),
        departments=tuple(row["name"] for row in rows),
        pays=tuple(amount_of(row["granted"]) for row in rows),
        gains=tuple(amount_of(row["realised"]) for row in rows),
    )
    source = _("Källa: ramboken och nyttoregistret, så som de var %(day)s.", day=told.document["as_at"])
    return Picture(
        Figure(charts.svg(chart), chart.title, chart.finding, source),
        Table(
            _("Beviljat och realiserat per förvaltning, kronor"),
            (Column(_("Förvaltning")), *amounts(_("Beviljat"), _("Realiserat"))),
            tuple((row["name"], told.kronor(row["granted"]), told.kronor(row["realised"])) for row in rows),
        ),
    )


def cliff(told: Told) -> Picture | None:
    """What the programme's services cost, year by year, and what there is money for."""
    operation = told.part("operation")
    rows: list[Any] = operation["years"]
    if not any(amount_of(row["financed"]) or amount_of(row["unfinanced"]) for row in rows):
        return None
    chart = CostCliffChart(
        title=_("Vad tjänsterna kostar, och vad det finns pengar till"),
        finding=_finding(told),
        language=told.language,
        words=charts.words(_),
        years=tuple(row["year"] for row in rows),
        financed=tuple(amount_of(row["financed"]) for row in rows),
        unfinanced=tuple(amount_of(row["unfinanced"]) for row in rows),
    )
    source = _("Källa: registret över driftansvar, så som det var %(day)s.", day=told.document["known_on"])
    return Picture(
        Figure(charts.svg(chart), chart.title, chart.finding, source),
        Table(
            _("Kostnad per år, kronor"),
            (Column(_("År")), *amounts(_("Finansierat"), _("Utan pengar"))),
            tuple(
                (str(row["year"]), told.kronor(row["financed"]), told.kronor(row["unfinanced"]))
                for row in rows
            ),
        ),
    )


def _finding(told: Told) -> str:
    operation = told.part("operation")
    first = operation["first_without"]
    if first is None:
        return _(
            "Alla kostnader som är kända har pengar till och med %(year)s.",
            year=operation["years"][-1]["year"],
        )
    row = next(row for row in operation["years"] if row["year"] == first)
    whole = amount_of(row["financed"]) + amount_of(row["unfinanced"])
    return _(
        "%(year)s saknas %(missing)s av %(whole)s.",
        year=first,
        missing=told.millions(row["unfinanced"]),
        whole=told.millions(f"{whole:f}"),
    )
