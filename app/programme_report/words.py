"""What a programme's reports, their parts, texts and judgements are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.programme_report import GoalStanding, ReportKind
from app.core.workflow import State
from app.programme_report.questions import Ask, Part
from app.programmes.models import EntryKind
from app.web.tags import Tag

KINDS: Mapping[ReportKind, Any] = {
    ReportKind.FIRST: _l("Tertial 1"),
    ReportKind.SECOND: _l("Tertial 2"),
    ReportKind.YEAR: _l("Helår"),
    ReportKind.FINAL: _l("Slututvärdering"),
}

PARTS: Mapping[Part, Any] = {
    Part.SUMMARY: _l("Sammanfattning"),
    Part.MONEY: _l("Ram och pengar"),
    Part.PIPELINE: _l("Ärenden och beslut"),
    Part.RUNNING: _l("Projekt som pågår"),
    Part.BENEFITS: _l("Nyttor"),
    Part.OPERATION: _l("Driftansvar och kostnad framöver"),
    Part.LEARNED: _l("Vad programmet har lärt sig"),
    Part.GOALS: _l("Utvärdering mot programmets mål"),
}

LEADS: Mapping[Part, Any] = {
    Part.SUMMARY: _l("Det som en ledamot läser på fem minuter. Texterna får plats på två sidor."),
    Part.MONEY: _l("Vad som är beviljat, betalt och kvar, och vad som hände under perioden."),
    Part.PIPELINE: _l("Var ärendena står, och vilka beslut som har fattats."),
    Part.RUNNING: _l("Hur det går för projekten, vad som är sent och vilka som har slutat."),
    Part.BENEFITS: _l("Vad som är utlovat, väntat, realiserat och hemtaget."),
    Part.OPERATION: _l(
        "Vem som svarar för det som är lanserat, vad det kostar och hur länge pengarna räcker."
    ),
    Part.LEARNED: _l("Hur mycket av det utlovade som har kommit, hur sent, och vad projekten säger."),
    Part.GOALS: _l("Hur långt programmet har kommit mot vart och ett av sina mål."),
}

TEXTS: Mapping[Ask, Any] = {
    Ask.HEADLINE: _l("Det viktigaste"),
    Ask.WELL: _l("Det som går bra"),
    Ask.WORRIES: _l("Det som oroar"),
    Ask.DECIDE: _l("Det som rådet behöver ta ställning till"),
    Ask.MONEY: _l("Kommentar till ramen och pengarna"),
    Ask.PIPELINE: _l("Kommentar till ärendena och besluten"),
    Ask.RUNNING: _l("Kommentar till projekten som pågår"),
    Ask.BENEFITS: _l("Kommentar till nyttorna"),
    Ask.OPERATION: _l("Kommentar till driftansvaret"),
    Ask.LEARNED: _l("Kommentar till lärdomarna"),
    Ask.GOALS: _l("Samlad bedömning av programmet"),
}

HINTS: Mapping[Ask, Any] = {
    Ask.HEADLINE: _l("En mening eller två. De står överst i rapporten."),
    Ask.DECIDE: _l("Skriv ”Inget” om rådet inte behöver ta ställning till något."),
}

FIELDS: Mapping[str, Any] = {
    **{ask.value: label for ask, label in TEXTS.items()},
    "measure": _l("Mäts med"),
    "value": _l("Utfall"),
    "standing": _l("Bedömning"),
    "comment": _l("Så ser vi det"),
}
"""Every text, by the beginning of its field's name; what follows says of which goal."""

STANDINGS: Mapping[GoalStanding, Tag] = {
    GoalStanding.MET: Tag(_l("Uppfyllt"), "good", "check"),
    GoalStanding.PARTLY: Tag(_l("Delvis uppfyllt"), "waiting", "half"),
    GoalStanding.NOT: Tag(_l("Inte uppfyllt"), "bad", "cross"),
    GoalStanding.NOT_YET: Tag(_l("Går inte att mäta än"), "neutral", "dash"),
}

BEING_WRITTEN = Tag(_l("Skrivs"), "active", "half")
TO_WRITE = Tag(_l("Att skriva"), "waiting", "half")
ISSUED = Tag(_l("Utgiven"), "good", "check")

BOOKED: Mapping[EntryKind, Any] = {
    EntryKind.GRANT: _l("Beviljat"),
    EntryKind.PAYMENT: _l("Betalt"),
    EntryKind.REPAYMENT: _l("Återbetalt"),
    EntryKind.RETURN: _l("Återfört till ramen"),
}
"""What happened with the money in a time, in the order in which it is told."""

ENDS: Mapping[State, Any] = {
    State.HANDED_OVER: _l("Överlämnade"),
    State.CLOSED: _l("Avslutade"),
    State.TERMINATED: _l("Avbrutna"),
}


def kind_and_year(kind: str, year: int) -> str:
    """`Tertial 1 2027`."""
    return f"{KINDS[ReportKind(kind)]} {year}"
