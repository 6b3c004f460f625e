"""What lights, their dimensions and the states of a report are called."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.accounts.session import today
from app.core.reporting import WRITTEN, Dimension, Light, Proposal, ReportAction, ReportState
from app.delivery.reports.parts import Rows
from app.web.formats import decimal_text, number, percent
from app.web.language import current_language
from app.web.tags import LATE, Tag

DIMENSIONS: Mapping[Dimension, Any] = {
    Dimension.TIME: _l("Tid"),
    Dimension.COST: _l("Kostnad"),
    Dimension.SCOPE: _l("Omfattning"),
    Dimension.QUALITY: _l("Kvalitet"),
    Dimension.BENEFITS: _l("Nytta"),
    Dimension.RISK: _l("Risk"),
}

ROWS: Mapping[Rows, Any] = {
    Rows.MILESTONES: _l("Milstolpar"),
    Rows.MONEY: _l("Pengar, kronor"),
    Rows.HOURS: _l("Timmar"),
}

LIGHTS: Mapping[Light, Tag] = {
    Light.GREEN: Tag(_l("Grönt"), "good", "check"),
    Light.YELLOW: Tag(_l("Gult"), "waiting", "triangle"),
    Light.RED: Tag(_l("Rött"), "bad", "cross"),
}

STATES: Mapping[ReportState, Tag] = {
    ReportState.DRAFT: Tag(_l("Påbörjad"), "neutral", "dash"),
    ReportState.SENT: Tag(_l("Inskickad"), "info", "circle"),
    ReportState.READ: Tag(_l("Läst"), "active", "half"),
    ReportState.RETURNED: Tag(_l("Åter för rättelse"), "info", "triangle"),
    ReportState.APPROVED: Tag(_l("Godkänd"), "good", "check"),
}
NOT_BEGUN = Tag(_l("Inte påbörjad"), "neutral", "circle")

REMARKS: Mapping[str, Any] = {
    "comment": _l("kommenterade"),
    ReportAction.READ: _l("läste rapporten"),
    ReportAction.RETURN: _l("skickade tillbaka rapporten"),
    ReportAction.APPROVE: _l("godkände rapporten"),
}


OUTSIDE_PLAN = _l("Utanför budgetens rader")
"""What a sum of costs says of that which no line of the budget has."""


def report_tag(state: ReportState | None, late: bool = False) -> Tag:
    """Where a report stands, for whoever looks at the list: late comes first."""
    if late:
        return LATE
    return STATES[state] if state else NOT_BEGUN


def light_tag(text: str | None) -> Tag | None:
    """A light as it is stored."""
    return LIGHTS[Light(text)] if text else None


def finding(dimension: Dimension, value: Decimal) -> str:
    """What a proposal rests on, in words."""
    if dimension is Dimension.COST:
        if not value:
            return _("prognosen är lika med budgeten")
        share = percent(abs(value), 0, current_language())
        if value < 0:
            return _("prognosen ligger %(share)s under budgeten", share=share)
        return _("prognosen ligger %(share)s över budgeten", share=share)
    count = int(value)
    if dimension is Dimension.RISK:
        return _("högsta risken är %(score)s av 25", score=count)
    if count <= 0:
        return _("inget väntas senare än planerat")
    if dimension is Dimension.TIME:
        return ngettext("%(num)s dag senare än planerat", "%(num)s dagar senare än planerat", count)
    return ngettext(
        "nyttan väntas %(num)s dag senare än planerat",
        "nyttan väntas %(num)s dagar senare än planerat",
        count,
    )


def proposed(dimension: Dimension, proposal: Proposal | None) -> str:
    """The sentence beside a light: what the figures show, and what that means."""
    if proposal is None:
        return _("Siffrorna säger inget om detta. Bedöm själv.")
    light = str(LIGHTS[proposal.light].label).lower()
    return _(
        "Siffrorna visar %(light)s: %(finding)s.", light=light, finding=finding(dimension, proposal.finding)
    )


def said_amount(text: str) -> str:
    """An amount as a sent report keeps it, with the öre that it has; the unit stands in the heading."""
    value = Decimal(text)
    return number(value, 0 if value == value.to_integral_value() else 2, current_language())


def said_number(text: str) -> str:
    """A number as a sent report keeps it."""
    return decimal_text(Decimal(text), current_language())


def said_share(text: str) -> str:
    """A share of time as a sent report keeps it."""
    return percent(Decimal(text), language=current_language())


def said_hours(row: Mapping[str, Any]) -> str:
    """The planned work of a role: a range of hours, one number, or a share of time."""
    if row["low"] is None:
        return said_share(row["share"])
    if row["low"] == row["high"]:
        return said_number(row["low"])
    return f"{said_number(row['low'])}–{said_number(row['high'])}"


def listed_tag(state: str | None, due_on: date) -> Tag:
    """Where a report stands, in a list of those that are due on this day; late when the day has passed."""
    known = ReportState(state) if state else None
    return report_tag(known, due_on < today() and (known is None or known in WRITTEN))
