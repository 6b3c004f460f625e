"""How the state of a condition is shown."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.core.conditions import ConditionState
from app.web.tags import Tag

STATES: dict[ConditionState, Tag] = {
    ConditionState.OPEN: Tag(_l("Ska uppfyllas"), "neutral", "dash"),
    ConditionState.REPORTED: Tag(_l("Redovisat, ska prövas"), "active", "half"),
    ConditionState.RETURNED: Tag(_l("Inte uppfyllt än"), "info", "triangle"),
    ConditionState.APPROVED: Tag(_l("Uppfyllt"), "good", "check"),
}


def condition_tag(state: ConditionState) -> Tag:
    """The state as a word, a shape and a colour."""
    return STATES[state]
