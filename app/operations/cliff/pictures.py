"""The chart of the cost cliff, with its figures as a table."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from app import charts
from app.charts import CostCliffChart, CostCliffLine, Language
from app.operations.cliff.pages import CliffPage
from app.pdf.blocks import Figure
from app.web.formats import iso_date, kronor


def cliff_figure(page: CliffPage, today: date, language: Language) -> Figure | None:
    """What is financed and what is not, year by year; nothing where nothing costs anything."""
    if page.is_empty:
        return None
    years = tuple(page.whole)
    chart = CostCliffChart(
        title=_("Kostnad per år och pengar som är utlovade"),
        finding=finding(page, language),
        language=language,
        words=charts.words(_),
        years=years,
        financed=tuple(cost.financed for cost in page.whole.values()),
        unfinanced=tuple(cost.unfinanced for cost in page.whole.values()),
        lines=tuple(
            CostCliffLine(str(row.label), tuple(row.amounts.get(year) for year in years))
            for row in page.beside
            if any(row.amounts.values())
        ),
    )
    source = _("Källa: registret över driftansvar och nyttorna i pengar, i de priser som står där.")
    return Figure(charts.svg(chart), chart.title, chart.finding, f"{source} {iso_date(today)}.")


def finding(page: CliffPage, language: Language) -> str:
    """What the chart says, in a sentence or two."""
    first, steepest = page.cliff.first_without, page.cliff.steepest
    if first is None or steepest is None:
        return _("Alla kostnader som är kända har pengar till och med %(year)s.", year=page.cliff.years[-1])
    cost = page.whole[first]
    begins = _(
        "%(year)s saknas %(missing)s av %(whole)s.",
        year=first,
        missing=kronor(cost.unfinanced, language),
        whole=kronor(cost.whole, language),
    )
    count = page.cliff.losing[steepest]
    falls = ngettext(
        "Störst är fallet %(year)s, då %(num)s tjänst förlorar sina pengar.",
        "Störst är fallet %(year)s, då %(num)s tjänster förlorar sina pengar.",
        count,
        year=steepest,
    )
    return f"{begins} {falls}" if count else begins
