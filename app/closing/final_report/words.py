"""What the sections, questions and answers of a final report are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.closing.final_report.content import Words
from app.closing.final_report.sections import Section
from app.closing.handover.words import OUTCOMES, standing_tag
from app.core.changes import Part
from app.core.final_report import Area, FinalAction, FinalState, Fulfilment, GoalKind, Group, Lesson
from app.delivery.changes.words import parts_text as asked_for
from app.web.formats import decimal_text, number, percent
from app.web.language import current_language
from app.web.tags import Tag

SECTIONS: Mapping[Section, Any] = {
    Section.SUMMARY: _l("Sammanfattning"),
    Section.SCOPE: _l("Mål och avgränsningar"),
    Section.EFFECTS: _l("Effektmål"),
    Section.BENEFITS: _l("Nyttor"),
    Section.GOALS: _l("Projektmål"),
    Section.TIME: _l("Tid och milstolpar"),
    Section.MONEY: _l("Kostnad och timmar"),
    Section.CHANGES: _l("Ändringar och restlista"),
    Section.WAYS: _l("Arbetssätt"),
    Section.STEERING: _l("Styrgruppens erfarenheter"),
    Section.PROJECT: _l("Projektgruppens erfarenheter"),
    Section.REFERENCE: _l("Referensgruppens erfarenheter"),
    Section.RECOMMENDATIONS: _l("Rekommendationer till programmet"),
}

LEADS: Mapping[Section, Any] = {
    Section.SUMMARY: _l("Det viktigaste, för den som bara läser en sida."),
    Section.SCOPE: _l(
        "Det som stod i den beslutade ansökan är ifyllt. Ändra så att det stämmer med det som blev."
    ),
    Section.EFFECTS: _l("Effektmål nås ofta efter projektet. Säg då vem som följer upp dem, och när."),
    Section.BENEFITS: _l("Nyttorna i den beslutade kalkylen. Säg vem som följer upp det som inte syns än."),
    Section.GOALS: _l("Det projektet skulle lämna över."),
    Section.TIME: _l("Planen som projektet började med, planen som den är nu, och det som blev."),
    Section.MONEY: _l(
        "Det som är bokfört, mot planen som projektet började med. Det rättas under Kostnader och timmar."
    ),
    Section.CHANGES: _l("Hämtas ur ärendet. Skriv det som läsaren behöver veta därutöver."),
    Section.WAYS: _l(
        "Hur projektet var bemannat och arbetade, så att andra kan göra likadant eller annorlunda."
    ),
    Section.STEERING: _l("Skriv det som gruppen själv kom fram till. Rutor som inte gäller lämnas tomma."),
    Section.PROJECT: _l("Skriv det som gruppen själv kom fram till. Rutor som inte gäller lämnas tomma."),
    Section.REFERENCE: _l("Skriv det som gruppen själv kom fram till. Rutor som inte gäller lämnas tomma."),
    Section.RECOMMENDATIONS: _l("Vad bör programmet göra likadant, och vad bör det göra annorlunda?"),
}

TEXTS: Mapping[Words, Any] = {
    Words.SUMMARY: _l("Sammanfattning av projektet"),
    Words.REASONS: _l("Varför projektet avbröts"),
    Words.BACKGROUND: _l("Bakgrund"),
    Words.DESCRIPTION: _l("Projektbeskrivning"),
    Words.SCOPE: _l("Omfattning och avgränsningar"),
    Words.TIME: _l("Förklaring av tiden"),
    Words.COST: _l("Förklaring av kostnad och timmar"),
    Words.CHANGES: _l("Om ändringarna och restlistan"),
    Words.ORGANISATION: _l("Projektets organisation"),
    Words.COOPERATION: _l("Samarbete och möten"),
    Words.METHODS: _l("Metoder och verktyg"),
    Words.QUALITY: _l("Kvalitetssäkring"),
    Words.ANCHORING: _l("Förankring och kommunikation"),
    Words.RECOMMENDATIONS: _l("Rekommendationer"),
}

HINTS: Mapping[Words, Any] = {
    Words.TIME: _l("Behövs när projektet slutade senare än det först var planerat."),
    Words.COST: _l("Behövs när kostnaden eller en rolls timmar ligger mer än 10 procent från planen."),
    Words.ORGANISATION: _l("Styrgrupp och roller hämtas ur planen. Skriv det som ändrades under tiden."),
}

GOALS: Mapping[GoalKind, Any] = {
    GoalKind.EFFECT: _l("Effektmål"),
    GoalKind.BENEFIT: _l("Nyttor"),
    GoalKind.PROJECT: _l("Projektmål"),
}

FULFILMENTS: Mapping[Fulfilment, Tag] = {
    Fulfilment.FULFILLED: Tag(_l("Uppfyllt"), "good", "check"),
    Fulfilment.PARTLY: Tag(_l("Delvis uppfyllt"), "waiting", "half"),
    Fulfilment.NOT: Tag(_l("Inte uppfyllt"), "bad", "cross"),
    Fulfilment.NOT_YET: Tag(_l("Kan inte mätas än"), "info", "circle"),
    Fulfilment.INTERRUPTED: Tag(_l("Kan inte mätas: projektet avbröts"), "neutral", "dash"),
}

GROUPS: Mapping[Group, Any] = {
    Group.STEERING: _l("Styrgruppen"),
    Group.PROJECT: _l("Projektgruppen"),
    Group.REFERENCE: _l("Referensgruppen"),
}
LESSONS: Mapping[Lesson, Any] = {
    Lesson.SUCCESS: _l("Framgångsfaktorer"),
    Lesson.CHALLENGE: _l("Utmaningar"),
    Lesson.OTHER: _l("Övriga lärdomar"),
}
AREAS: Mapping[Area, Any] = {
    Area.WORK: _l("Arbetsformer"),
    Area.STAFFING: _l("Bemanning"),
    Area.PLANNING: _l("Planering"),
    Area.ELSE: _l("Annat"),
}

STATES: Mapping[FinalState, Tag] = {
    FinalState.DRAFT: Tag(_l("Skrivs"), "neutral", "dash"),
    FinalState.SENT: Tag(_l("Inskickad"), "info", "circle"),
    FinalState.RETURNED: Tag(_l("Åter för rättelse"), "info", "triangle"),
    FinalState.APPROVED: Tag(_l("Godkänd"), "good", "check"),
}
NOT_BEGUN = Tag(_l("Inte påbörjad"), "neutral", "circle")

FIELDS: Mapping[str, Any] = {
    **{key.value: label for key, label in TEXTS.items()},
    **{key.value: label for key, label in LESSONS.items()},
    "ended": _l("Projektet slutade"),
    "reached": _l("Nådd"),
    "note": _l("Om den inte nåddes: varför?"),
    "fulfilment": _l("Hur blev det?"),
    "value": _l("Uppmätt värde"),
    "comment": _l("Så ser vi det, eller därför blev det inte så"),
    "role": _l("Följs upp av (roll)"),
    "department": _l("Förvaltning"),
    "by": _l("Följs upp senast"),
    "absent": _l("Om gruppen inte har utvärderat: varför?"),
}
"""Every question, by the beginning of its field's name; what follows says of which row."""

REMARKS: Mapping[str, Any] = {
    FinalAction.RETURN: _l("skickade tillbaka slutrapporten"),
    FinalAction.APPROVE: _l("godkände slutrapporten"),
}

OUTCOMES_OF_CHANGES: Mapping[str, Any] = {
    "approve": _l("Godkänd"),
    "approve_in_part": _l("Godkänd delvis"),
    "reject": _l("Avslagen"),
    "withdrawn": _l("Återtagen"),
    "undecided": _l("Inte beslutad när rapporten skickades"),
}


def final_report_tag(state: str | None) -> Tag:
    """Where a final report stands."""
    return STATES[FinalState(state)] if state else NOT_BEGUN


def fulfilment_tag(said: str | None) -> Tag | None:
    """How far a goal was reached."""
    return FULFILMENTS[Fulfilment(said)] if said else None


def parts_text(parts: Sequence[str]) -> str:
    """What a change asked for, in one line."""
    return asked_for([Part(part) for part in parts])


def rest_state(state: str) -> Tag:
    """Who has a thing that remains, or how it ended."""
    ended = {outcome.value: tag for outcome, tag in OUTCOMES.items()}
    return ended.get(state) or standing_tag(state)


def delay_text(days: int | None) -> str:
    """How much later than first planned."""
    if days is None:
        return "–"
    if days == 0:
        return _("i tid")
    if days < 0:
        return ngettext("%(num)s dag tidigare", "%(num)s dagar tidigare", -days)
    return ngettext("%(num)s dag senare", "%(num)s dagar senare", days)


# --- figures as a sent report keeps them: decimal strings --------------------------------------------------


def kept_amount(text: str | None) -> str:
    """An amount, with the öre that it has; the unit stands in the heading."""
    if text is None:
        return "–"
    value = Decimal(text)
    return number(value, 0 if value == value.to_integral_value() else 2, current_language())


def kept_number(text: str | None) -> str:
    """A number, in full."""
    return "–" if text is None else decimal_text(Decimal(text), current_language())


def kept_range(low: Decimal, high: Decimal) -> str:
    """From a number to another; one number where they are the same."""
    least, most = (decimal_text(value, current_language()) for value in (low, high))
    return least if low == high else f"{least}–{most}"


def kept_share(text: str) -> str:
    """A share, as per cent."""
    return percent(Decimal(text), language=current_language())


def planned_work(row: Mapping[str, Any]) -> str:
    """Hours as a range or one number, a share of the time, or both."""
    return _work(row["low"], row["high"], row["share"])


def done_work(row: Mapping[str, Any]) -> str:
    """The same of what was worked; a role that is planned by its share, without hours, by its share."""
    hours = row["worked_low"] if row["low"] is not None or Decimal(row["worked_high"]) else None
    return _work(hours, row["worked_high"], row["worked_share"])


def _work(low: str | None, high: str | None, share: str | None) -> str:
    parts = []
    if low is not None and high is not None:
        parts.append(_("%(hours)s timmar", hours=kept_range(Decimal(low), Decimal(high))))
    if share is not None:
        parts.append(_("%(share)s av tiden", share=kept_share(share)))
    return ", ".join(parts) or "–"


def more_work(row: Mapping[str, Any]) -> str:
    """How much more than first planned: per cent of the hours, points of the time."""
    parts = []
    if row["over_least"] is not None:
        parts.append(_range(row["over_least"], row["over_most"]))
    if row["share_over"] is not None:
        points = decimal_text(Decimal(row["share_over"]) * 100, current_language())
        parts.append(_("%(points)s procentenheter", points=points))
    return ", ".join(parts) or "–"


def _range(least: str, most: str | None) -> str:
    low = percent(Decimal(least), 0, current_language())
    if most is None:
        return _("minst %(share)s", share=low)
    high = percent(Decimal(most), 0, current_language())
    return low if low == high else _("%(low)s till %(high)s", low=low, high=high)
