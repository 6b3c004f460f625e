"""What lights, directions, methods and counted inputs are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from app.benefits.values import BenefitMethod
from app.core.realisation import BenefitEnd, Direction, Light
from app.web.tags import Tag

LIGHTS: Mapping[Light, Tag] = {
    Light.UNPLANNED: Tag(_l("Nyttoplan saknas"), "bad", "cross"),
    Light.UNMEASURED: Tag(_l("Inte mätt i tid"), "bad", "triangle"),
    Light.SHORT: Tag(_l("Långt under plan"), "bad", "square"),
    Light.BEHIND: Tag(_l("Under plan"), "info", "half"),
    Light.UNJUDGED: Tag(_l("Kan inte bedömas"), "neutral", "dash"),
    Light.WAITING: Tag(_l("Mäts senare"), "neutral", "circle"),
    Light.ON_ITS_WAY: Tag(_l("Som planerat"), "good", "check"),
    Light.CLOSED: Tag(_l("Avslutad"), "neutral", "cross"),
}

ENDS: Mapping[BenefitEnd, Tag] = {
    BenefitEnd.REALISED: Tag(_l("Hemtagen"), "good", "check"),
    BenefitEnd.PARTLY: Tag(_l("Delvis hemtagen"), "info", "half"),
    BenefitEnd.ABANDONED: Tag(_l("Kommer inte"), "bad", "cross"),
}

ENDED: Mapping[BenefitEnd, Tag] = {
    BenefitEnd.REALISED: Tag(_l("Avslutad, hemtagen"), "good", "check"),
    BenefitEnd.PARTLY: Tag(_l("Avslutad, delvis hemtagen"), "neutral", "half"),
    BenefitEnd.ABANDONED: Tag(_l("Avslutad, kommer inte"), "neutral", "cross"),
}
"""How a benefit that has ended stands in a list."""

PROPOSED = Tag(_l("Avslut föreslaget"), "waiting", "half")
"""A benefit whose end waits for the one who looks."""

TO_MEASURE = Tag(_l("Att mäta"), "waiting", "half")
TO_PLAN = Tag(_l("Nyttoplan saknas"), "waiting", "cross")
"""What waits for the one who looks."""

DIRECTIONS: Mapping[Direction, Any] = {
    Direction.RISE: _l("Högre värde är bättre"),
    Direction.FALL: _l("Lägre värde är bättre"),
}

OFTEN: Mapping[int, Any] = {
    1: _l("Varje månad"),
    3: _l("Varje kvartal"),
    6: _l("Varje halvår"),
    12: _l("Varje år"),
}

COUNTED: Mapping[str, Any] = {
    "volume": _l("Antal ärenden"),
    "minutes_saved": _l("Sparade minuter per ärende"),
    "share": _l("Andel som använder tjänsten"),
    "quantity": _l("Antal enheter"),
    "amount": _l("Belopp"),
}

METHODS: Mapping[BenefitMethod, Any] = {
    BenefitMethod.SAVED_TIME: _l("Antal ärenden × minuter / 60 × andel × timkostnad"),
    BenefitMethod.UNIT_PRICE: _l("Antal enheter × pris per enhet"),
    BenefitMethod.FIXED: _l("Belopp"),
    BenefitMethod.DESCRIBED: _l("Beskrivs i ord, räknas inte i kronor"),
}


def realised_tag(light: Light, outcome: str | None = None) -> Tag:
    """How a benefit stands, in a word or two; of one that has ended also how."""
    if light == Light.CLOSED and outcome:
        return ENDED[BenefitEnd(outcome)]
    return LIGHTS[light]


def end_tag(outcome: str) -> Tag:
    """How a benefit ended, as it is stored."""
    return ENDS[BenefitEnd(outcome)]


def direction_word(direction: str) -> Any:
    """As it is stored."""
    return DIRECTIONS[Direction(direction)]
