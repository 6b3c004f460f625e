"""The chart of bubbles, and what it says in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app import charts
from app.charts import Bubble, BubbleChart, Language
from app.core.prospects import MONTH, QUARTER, WEAK, Lateness, lateness
from app.core.reporting import Light
from app.pdf.blocks import Figure
from app.portfolio.asked import Lit
from app.portfolio.bubbles.pages import BubblePage, Project
from app.portfolio.words import LIT
from app.web.formats import iso_date, millions, number, percent

_NAME = 50
"""So much of a title is said of a bubble; the table has more of it."""


def bubble_figure(page: BubblePage, day: date, language: Language) -> Figure | None:
    """What comes back for the money and how late it is; nothing where neither is known of any."""
    if not page.placed:
        return None
    chart = BubbleChart(
        finding=finding(page, language),
        language=language,
        across=_("Dagar sent enligt senaste rapporten"),
        columns=tuple(_columns()[step] for step in Lateness),
        up=_("Väntas per år för varje beviljad krona, kr"),
        bubbles=tuple(_bubble(one, language) for one in page.placed),
        lights=tuple((light_of(lit.value), _lit_name(lit)) for lit in LIT),
        weak=WEAK,
    )
    caption = _("Vad pengarna väntas ge, och hur sent")
    return Figure(charts.of_many(chart), caption, chart.finding, " ".join(_source(page, day, language)))


def light_of(text: str) -> Light | None:
    """A light as a row has it; none of those that have not reported, and of those that have ended."""
    return Light(text) if text in (*Light,) else None


def _lit_name(lit: Lit) -> str:
    return _("Inget läge") if lit is Lit.NONE else str(LIT[lit].label)


def _bubble(one: Project, language: Language) -> Bubble:
    row, prospect = one.row, one.prospect
    per_krona = prospect.per_krona or Decimal(0)
    light = light_of(row.light)
    said = [
        f"{one.number}. {row.title[:_NAME].rstrip()}",
        millions(row.granted, language),
        _lit_name(Lit(light) if light else Lit.NONE),
    ]
    href = url_for("overview.project", project_id=row.id)
    column = list(Lateness).index(lateness(row.days_late))
    return Bubble(one.number, ", ".join(said), href, column, per_krona, row.granted, light)


def _columns() -> Mapping[Lateness, str]:
    return {
        Lateness.UNKNOWN: _("inte sagt"),
        Lateness.IN_TIME: _("i tid"),
        Lateness.MONTH: f"1–{MONTH}",
        Lateness.QUARTER: f"{MONTH + 1}–{QUARTER}",
        Lateness.LONGER: _("över %(days)s", days=QUARTER),
    }


def finding(page: BubblePage, language: Language) -> str:
    """What the chart says, in a sentence or two."""
    weak = page.weak
    money = millions(sum((one.row.granted for one in weak), Decimal(0)), language)
    if not weak:
        said = _("Inget av dem väntas ge mindre än tio öre om året för varje beviljad krona.")
    else:
        said = ngettext(
            "%(num)s av dem, med %(money)s, väntas ge mindre än tio öre om året för varje beviljad krona.",
            "%(num)s av dem, med %(money)s, väntas ge mindre än tio öre om året för varje beviljad krona.",
            len(weak),
            money=money,
        )
    return f"{_which(page, language)} {said}"


def _which(page: BubblePage, language: Language) -> str:
    count, granted = page.together.count, page.together.granted
    if not page.smaller.count:
        return ngettext(
            "%(num)s projekt har beviljats %(money)s.",
            "%(num)s projekt har beviljats %(money)s.",
            count,
            money=millions(granted, language),
        )
    share = (granted - page.smaller.granted) / granted if granted else Decimal(0)
    return _(
        "De %(drawn)s största av %(count)s projekt har %(share)s av de beviljade pengarna.",
        drawn=len(page.largest),
        count=number(count, 0, language),
        share=percent(share, 0, language),
    )


def _source(page: BubblePage, day: date, language: Language) -> Iterator[str]:
    yield _("Ytan är beviljade pengar, den streckade linjen tio öre.")
    if page.unplaced:
        yield ngettext(
            "%(num)s av dem har ingen nytta i pengar och står bara i tabellen.",
            "%(num)s av dem har ingen nytta i pengar och står bara i tabellen.",
            page.unplaced,
        )
    if page.smaller.count:
        yield ngettext(
            "%(num)s mindre projekt, med %(money)s, står längre fram i tabellen.",
            "%(num)s mindre projekt, med %(money)s, står längre fram i tabellen.",
            page.smaller.count,
            money=millions(page.smaller.granted, language),
        )
    yield _("Källa: portföljen %(day)s.", day=iso_date(day))
