"""What things that remain, and what has become of them, are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _l

from app.closing.handover.models import RestItem
from app.core.handover import RestKind, RestOutcome, Standing
from app.web.tags import Tag

KINDS: Mapping[RestKind, Any] = {
    RestKind.TASK: _l("Uppgift"),
    RestKind.OPERATION: _l("Drift och förvaltning"),
    RestKind.FOLLOW_UP: _l("Uppföljning"),
    RestKind.INFORMATION: _l("Information och förankring"),
    RestKind.DOCUMENT: _l("Dokument"),
}

STANDINGS: Mapping[Standing, Tag] = {
    Standing.NOTED: Tag(_l("Mottagaren är inte tillfrågad"), "neutral", "dash"),
    Standing.ASKED: Tag(_l("Väntar på mottagaren"), "info", "half"),
    Standing.DECLINED: Tag(_l("Avböjd"), "bad", "cross"),
    Standing.ACCEPTED: Tag(_l("Mottagen"), "active", "square"),
    Standing.TAKEN_OVER: Tag(_l("Övertagen"), "active", "square"),
}

OUTCOMES: Mapping[RestOutcome, Tag] = {
    RestOutcome.DONE: Tag(_l("Klar"), "good", "check"),
    RestOutcome.DROPPED: Tag(_l("Struken"), "neutral", "cross"),
}

NOTHING_LEFT = Tag(_l("Väntar på mottagaren"), "waiting", "half")
"""A project that waits for the word that nothing remains."""

ANSWERS: Mapping[str, Any] = {
    Standing.ACCEPTED: _l("tog emot"),
    Standing.DECLINED: _l("avböjde"),
    Standing.TAKEN_OVER: _l("tog över"),
}


def kind_word(kind: str) -> Any:
    """The sort of a thing, as it is stored."""
    return KINDS[RestKind(kind)]


def answer_word(answer: str) -> Any:
    """What a receiver did, as it is stored."""
    return ANSWERS[answer]


def rest_tag(item: RestItem) -> Tag:
    """Who has the thing, or how it ended."""
    return OUTCOMES[RestOutcome(item.outcome)] if item.outcome else STANDINGS[Standing(item.standing)]


def standing_tag(standing: str, mine: bool = False) -> Tag:
    """Who has it, as it is stored. The warm tone is for what waits for the one who looks."""
    tag = STANDINGS[Standing(standing)]
    return replace(tag, tone="waiting") if mine else tag
