"""What levels, outcomes and steps of the scale are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.risks import Level, Outcome, level_of
from app.web.tags import Tag

LEVELS: Mapping[Level, Tag] = {
    Level.LOW: Tag(_l("Låg"), "good", "circle"),
    Level.MEDIUM: Tag(_l("Medel"), "info", "half"),
    Level.HIGH: Tag(_l("Hög"), "bad", "triangle"),
}

OUTCOMES: Mapping[Outcome, Any] = {
    Outcome.HAPPENED: _l("Inträffade"),
    Outcome.DID_NOT_HAPPEN: _l("Inträffade inte"),
    Outcome.HANDLED: _l("Hanterad"),
}

STEPS: Mapping[int, Any] = {
    1: _l("1 – mycket liten"),
    2: _l("2 – liten"),
    3: _l("3 – måttlig"),
    4: _l("4 – stor"),
    5: _l("5 – mycket stor"),
}
"""Of probability and of consequence."""

OVERDUE = Tag(_l("Öppen"), "waiting", "triangle")
"""A risk or an issue that waits for the one who looks."""


def risk_tag(score: int) -> Tag:
    """The score in a word."""
    return LEVELS[level_of(score)]


def outcome_word(outcome: str) -> Any:
    """What became of a risk, as it is stored."""
    return OUTCOMES[Outcome(outcome)]
