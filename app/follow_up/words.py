"""What the sections, questions and answers of a follow-up are called."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.core.follow_up import (
    Another,
    Asked,
    Channel,
    Coming,
    FollowUpAction,
    InUse,
    Standing,
    Works,
    standing,
)
from app.core.treated import Treated
from app.follow_up.questions import Ask, Section
from app.web.formats import percent
from app.web.language import current_language
from app.web.tags import Tag

SECTIONS: Mapping[Section, Any] = {
    Section.SUMMARY: _l("Sammanfattning"),
    Section.USE: _l("Användning"),
    Section.USERS: _l("Vad användarna tycker"),
    Section.WORK: _l("Arbetssätt och bemanning"),
    Section.CHANNEL: _l("Det gamla sättet"),
    Section.OPERATION: _l("Driftansvar"),
    Section.GOALS: _l("Mål som inte var nådda"),
    Section.BENEFITS: _l("Nyttor"),
    Section.REST: _l("Det som återstår"),
}

LEADS: Mapping[Section, Any] = {
    Section.SUMMARY: _l("Det viktigaste, för den som bara läser en sida."),
    Section.USE: _l("Hur mycket tjänsten används, med siffror och varifrån de kommer."),
    Section.USERS: _l("Hur användarna är tillfrågade, hur många som svarade och vad de tycker."),
    Section.WORK: _l(
        "Hur arbetet har ändrats, vad den frigjorda tiden används till och vad ni inte räknade med."
    ),
    Section.CHANNEL: _l(
        "Vad som blev av sättet som man gjorde det på förut: papper, telefon, ett äldre system."
    ),
    Section.OPERATION: _l("Det som planerades i den beslutade ansökan är ifyllt. Skriv hur det är nu."),
    Section.GOALS: _l("Målen som projektet inte hade nått när det senast berättades om dem."),
    Section.BENEFITS: _l("Nyttorna i den beslutade kalkylen, så som planen har dem."),
    Section.REST: _l(
        "Det som står på restlistan, det som har tillkommit och om det behövs en uppföljning till."
    ),
}

QUESTIONS: Mapping[Ask, Any] = {
    Ask.SUMMARY: _l("Hur har det gått?"),
    Ask.IN_USE: _l("Används tjänsten?"),
    Ask.NOT_USED: _l("Om den inte används: varför?"),
    Ask.SINCE: _l("Siffrorna gäller från"),
    Ask.UNTIL: _l("Siffrorna gäller till"),
    Ask.STARTED: _l("Påbörjade ärenden i tjänsten"),
    Ask.COMPLETED: _l("Fullföljda ärenden i tjänsten"),
    Ask.OTHERWISE: _l("Ärenden på annat sätt"),
    Ask.USE_SOURCE: _l("Var siffrorna kommer ifrån"),
    Ask.ASKED: _l("Är användarna tillfrågade?"),
    Ask.ASKED_HOW: _l("Hur är de tillfrågade?"),
    Ask.ASKED_COUNT: _l("Hur många har svarat?"),
    Ask.ASKED_RESULT: _l("Vad tycker de?"),
    Ask.NOT_ASKED: _l("Om de inte är tillfrågade: varför?"),
    Ask.WORK: _l("Hur har arbetssättet ändrats?"),
    Ask.HOURS_FREED: _l("Frigjorda timmar på ett år"),
    Ask.FREED_FOR: _l("Vad används den frigjorda tiden till?"),
    Ask.UNEXPECTED: _l("Oväntade effekter"),
    Ask.CHANNEL: _l("Vad blev av det gamla sättet?"),
    Ask.CHANNEL_CLOSED: _l("Stängdes"),
    Ask.CHANNEL_WHY: _l("Om det finns kvar: varför, och hur länge?"),
    Ask.WORKS: _l("Fungerar driftansvaret?"),
    Ask.WORKS_WHY: _l("Om det inte fungerar helt: vad är fel?"),
    Ask.OWNER: _l("Ägare av tjänsten (roll)"),
    Ask.OWNER_DEPARTMENT: _l("Ägarens förvaltning"),
    Ask.YEARLY_COST: _l("Kostnad på ett år"),
    Ask.PAYER: _l("Vem betalar?"),
    Ask.ANOTHER: _l("Behövs en uppföljning till, utöver dem som är planerade?"),
    Ask.ANOTHER_ON: _l("Vilken dag?"),
    Ask.ANOTHER_WHY: _l("Varför behövs den?"),
}

HINTS: Mapping[Ask, Any] = {
    Ask.SUMMARY: _l("Hur tjänsten används, vilken nytta den gör och vad som återstår att göra."),
    Ask.STARTED: _l("Så många som började i tjänsten under tiden."),
    Ask.COMPLETED: _l("Så många av dem som kom till slutet. Andelen räknas ut."),
    Ask.OTHERWISE: _l(
        "På papper, per telefon eller i ett äldre system under samma tid. Den digitala andelen räknas ut."
    ),
    Ask.USE_SOURCE: _l("Till exempel plattformens statistik eller verksamhetssystemet."),
    Ask.ASKED_HOW: _l("Till exempel en enkät i tjänsten, intervjuer eller synpunkter till kontaktcentret."),
    Ask.HOURS_FREED: _l("All personal sammanlagt. Skriv 0 om ingen tid har frigjorts."),
    Ask.UNEXPECTED: _l("Både goda och dåliga."),
    Ask.YEARLY_COST: _l("Drift och förvaltning, så som den är nu."),
    Ask.ANOTHER_ON: _l("Uppföljningen planeras när den här är godkänd."),
}

IN_USE: Mapping[InUse, Any] = {
    InUse.YES: _l("Ja, den används"),
    InUse.NO: _l("Nej, den används inte"),
}
ASKED: Mapping[Asked, Any] = {
    Asked.YES: _l("Ja, de är tillfrågade"),
    Asked.NO: _l("Nej, de är inte tillfrågade"),
}
CHANNEL: Mapping[Channel, Any] = {
    Channel.CLOSED: _l("Det är stängt"),
    Channel.REMAINS: _l("Det finns kvar"),
    Channel.NONE: _l("Det fanns inget annat sätt"),
}
WORKS: Mapping[Works, Tag] = {
    Works.YES: Tag(_l("Fungerar"), "good", "check"),
    Works.PARTLY: Tag(_l("Fungerar delvis"), "waiting", "half"),
    Works.NO: Tag(_l("Fungerar inte"), "bad", "cross"),
}
ANOTHER: Mapping[Another, Any] = {
    Another.YES: _l("Ja, det behövs en till"),
    Another.NO: _l("Nej, de planerade räcker"),
}
COMING: Mapping[Coming, Tag] = {
    Coming.AS_PROMISED: Tag(_l("Kommer som utlovat"), "good", "check"),
    Coming.LESS: Tag(_l("Blir mindre än utlovat"), "waiting", "half"),
    Coming.LATER: Tag(_l("Kommer senare än utlovat"), "waiting", "triangle"),
    Coming.NOT_YET: Tag(_l("Syns inte än"), "info", "circle"),
    Coming.NEVER: Tag(_l("Kommer inte"), "bad", "cross"),
}
CHOICES: Mapping[type[StrEnum], Mapping[Any, Any]] = {
    InUse: IN_USE,
    Asked: ASKED,
    Channel: CHANNEL,
    Works: {key: tag.label for key, tag in WORKS.items()},
    Another: ANOTHER,
}

STANDINGS: Mapping[Standing, Tag] = {
    Standing.LATE: Tag(_l("Sen"), "bad", "triangle"),
    Standing.OPEN: Tag(_l("Att göra nu"), "active", "half"),
    Standing.RETURNED: Tag(_l("Åter för rättelse"), "info", "triangle"),
    Standing.SENT: Tag(_l("Inskickad"), "info", "circle"),
    Standing.APPROVED: Tag(_l("Godkänd"), "good", "check"),
    Standing.COMING: Tag(_l("Kommer"), "neutral", "dash"),
}

FIELDS: Mapping[str, Any] = {
    **{ask.value: label for ask, label in QUESTIONS.items()},
    "fulfilment": _l("Hur är det nu?"),
    "value": _l("Uppmätt värde"),
    "comment": _l("Så ser vi det, eller därför blev det inte så"),
    "coming": _l("Hur går det?"),
    "seen": _l("Det vi ser, eller därför blir det inte som utlovat"),
    "text": _l("Det som återstår"),
    "owner": _l("Gör det (roll)"),
    "due_on": _l("Senast"),
}
"""Every question, by the beginning of its field's name; what follows says of which row."""

REMARKS: Mapping[str, Any] = {
    FollowUpAction.RETURN: _l("skickade tillbaka uppföljningen"),
    FollowUpAction.APPROVE: _l("godkände uppföljningen"),
}


def follow_up_tag(state: str, follows_on: date, due_on: date, today: date) -> Tag:
    """Where a follow-up stands today."""
    return STANDINGS[standing(Treated(state), follows_on, due_on, today)]


def name_of(months: int | None) -> str:
    """`Uppföljning efter 12 månader`."""
    if months is None:
        return _("Extra uppföljning")
    return ngettext("Uppföljning efter %(num)s månad", "Uppföljning efter %(num)s månader", months)


def coming_tag(said: str | None) -> Tag | None:
    """How a benefit stands."""
    return COMING[Coming(said)] if said else None


def works_tag(said: str | None) -> Tag | None:
    """Whether operating responsibility works."""
    return WORKS[Works(said)] if said else None


def share(value: Decimal | None) -> str:
    """A share as per cent; a dash where nobody knows."""
    return "–" if value is None else percent(value, 1, current_language())
