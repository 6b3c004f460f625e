"""The drawings of the timeline, and what it says in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from app import charts
from app.charts import TimeAxis, TimeKey, TimeRow, TimeSign
from app.core.project_time import ProjectTime
from app.pdf.blocks import Figure
from app.portfolio.timeline.late import Late
from app.web.formats import iso_date

LONGEST = 10
"""So many years before and after the day are drawn at most; what is further away stands at the end."""


def axis_of(times: Sequence[ProjectTime], decided: Sequence[date | None], day: date) -> TimeAxis:
    """From the first to the last day of what is shown, in whole years."""
    days = [day, *(one for one in decided if one), *(one for time in times for one in time.days)]
    first = max(min(days).year, day.year - LONGEST)
    last = min(max(days).year, day.year + LONGEST)
    return TimeAxis(date(first, 1, 1), date(last, 12, 31), day)


def drawn(axis: TimeAxis, time: ProjectTime, decided_on: date | None) -> Markup:
    """A project's days, to stand in its row."""
    return charts.in_row(TimeRow(axis, time, decided_on))


def years(axis: TimeAxis) -> Markup:
    """The years, to stand in the row of a heading."""
    return charts.in_row(axis)


def timeline_figure(late: Late, day: date) -> Figure | None:
    """What the signs mean, under what the timeline says; nothing where there is no project."""
    if not late.count:
        return None
    signs = (
        (TimeSign.DECIDED, _("beslut")),
        (TimeSign.PLAN, _("första planen")),
        (TimeSign.GONE, _("det som har gått")),
        (TimeSign.COMING, _("det som väntas")),
        (TimeSign.LATE, _("senare än planerat")),
        (TimeSign.INTERRUPTED, _("avbrutet")),
        (TimeSign.LAUNCHED, _("i drift")),
        (TimeSign.FOLLOW_UP, _("uppföljning")),
        (TimeSign.SENT, _("uppföljd")),
        (TimeSign.TODAY, iso_date(day)),
    )
    said = _("Tecken: %(signs)s.", signs=", ".join(name for _sign, name in signs))
    source = _(
        "Källa: baslinjer, skickade rapporter, driftansvar och uppföljningar %(day)s.", day=iso_date(day)
    )
    return Figure(
        charts.of_many(TimeKey(said, signs)), _("Plan, utfall och uppföljning"), finding(late), source
    )


def finding(late: Late) -> str:
    """What the timeline says, of all its pages."""
    said = ngettext(
        "Av %(num)s projekt har %(late)s en milstolpe som är sen enligt senaste rapporten.",
        "Av %(num)s projekt har %(late)s en milstolpe som är sen enligt senaste rapporten.",
        late.count,
        late=late.late,
    )
    if not late.follow_ups:
        return said
    missing = ngettext(
        "%(num)s uppföljning har inte kommit i tid.",
        "%(num)s uppföljningar har inte kommit i tid.",
        late.follow_ups,
    )
    return f"{said} {missing}"
