"""How the state of a condition is shown."""

from __future__ import annotations

from dataclasses import replace

from flask_babel import lazy_gettext as _l

from app.core.conditions import ConditionState
from app.web.tags import Tag

STATES: dict[ConditionState, Tag] = {
    ConditionState.OPEN: Tag(_l("Ska uppfyllas"), "neutral", "dash"),
    ConditionState.REPORTED: Tag(_l("Redovisat, ska prövas"), "active", "half"),
    ConditionState.RETURNED: Tag(_l("Inte uppfyllt än"), "info", "triangle"),
    ConditionState.APPROVED: Tag(_l("Uppfyllt"), "good", "check"),
}


def condition_tag(state: ConditionState, mine: bool = False) -> Tag:
    """The state. The warm tone is for what waits for the one who looks."""
    return replace(STATES[state], tone="waiting") if mine else STATES[state]
