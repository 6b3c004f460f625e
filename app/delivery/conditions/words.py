"""How the state of a condition is shown."""

from __future__ import annotations

from dataclasses import replace

from flask_babel import lazy_gettext as _l

from app.core.conditions import ConditionState
from app.core.workflow import COMPLETED, State
from app.projects.models import Project
from app.web.tags import Tag

STATES: dict[ConditionState, Tag] = {
    ConditionState.OPEN: Tag(_l("Ska uppfyllas"), "neutral", "dash"),
    ConditionState.REPORTED: Tag(_l("Redovisat, ska prövas"), "active", "half"),
    ConditionState.RETURNED: Tag(_l("Inte uppfyllt än"), "info", "triangle"),
    ConditionState.APPROVED: Tag(_l("Uppfyllt"), "good", "check"),
}

FALLEN: dict[ConditionState, Tag] = {
    ConditionState.OPEN: Tag(_l("Uppfylldes inte"), "neutral", "cross"),
    ConditionState.REPORTED: Tag(_l("Redovisat, prövades inte"), "neutral", "half"),
    ConditionState.RETURNED: Tag(_l("Uppfylldes inte"), "neutral", "cross"),
}
"""Where a condition stands for good, since the project has ended."""


def condition_at_last(state: ConditionState, project: Project) -> Tag:
    """The state as the project stands: once it has ended, nothing more is met."""
    tags = STATES | FALLEN if State(project.state) in COMPLETED else STATES
    return tags[state]


def condition_tag(state: ConditionState, mine: bool = False) -> Tag:
    """The state. The warm tone is for what waits for the one who looks."""
    return replace(STATES[state], tone="waiting") if mine else STATES[state]
