"""What services, their standing and their costs are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.operation import Standing, YearlyKind
from app.web.tags import Tag

STANDINGS: Mapping[Standing, Tag] = {
    Standing.PLANNED: Tag(_l("Planerad"), "neutral", "dash"),
    Standing.ASKED: Tag(_l("Väntar på mottagaren"), "info", "half"),
    Standing.DECLINED: Tag(_l("Avböjd"), "bad", "cross"),
    Standing.ACCEPTED: Tag(_l("Mottagen"), "active", "square"),
    Standing.DECOMMISSIONED: Tag(_l("Avvecklad"), "neutral", "cross"),
}

TO_REVIEW = Tag(_l("Ska granskas"), "waiting", "half")
"""A service whose review is due soon, or late."""

YEARLY_KINDS: Mapping[YearlyKind, Any] = {
    YearlyKind.OPERATION: _l("Drift"),
    YearlyKind.LICENCES: _l("Licenser"),
    YearlyKind.MAINTENANCE: _l("Egen tid för förvaltning"),
    YearlyKind.CAPITAL: _l("Kapitalkostnad"),
    YearlyKind.OTHER: _l("Annat"),
}

PARTS: Mapping[str, Any] = {
    "owner": _l("Ägare"),
    "business": _l("Förvaltningsledare, verksamhet"),
    "it": _l("Förvaltningsledare, it"),
}

ANSWERS: Mapping[str, Any] = {"accepted": _l("tog emot"), "declined": _l("avböjde")}


def service_tag(standing: str, mine: bool = False) -> Tag:
    """Where a service stands, as it is stored. The warm tone is for what waits for the one who looks."""
    tag = STANDINGS[Standing(standing)]
    return replace(tag, tone="waiting") if mine else tag


def yearly_kind(kind: str) -> Any:
    """A kind of yearly cost, as it is stored."""
    return YEARLY_KINDS[YearlyKind(kind)]


def part_word(part: str) -> Any:
    """A part in a service, as it is stored."""
    return PARTS[part]


def service_answer(answer: str) -> Any:
    """What a manager did, as it is stored."""
    return ANSWERS[answer]
