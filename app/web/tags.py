"""Every status as a word, a tone and a shape: the one place where labels and colours of statuses live."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Literal

from flask import Flask
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.core.workflow import State, Step

Tone = Literal["neutral", "waiting", "active", "good", "bad", "info"]
Shape = Literal["circle", "half", "square", "triangle", "check", "cross", "dash"]


@dataclass(frozen=True)
class Tag:
    """How a status is shown."""

    label: Any
    tone: Tone = "neutral"
    shape: Shape = "circle"


TAGS: dict[StrEnum, Tag] = {
    State.DRAFT: Tag(_l("Utkast"), "neutral", "dash"),
    State.AWAITING_SIGNATURE: Tag(_l("Väntar på underskrift"), "info", "half"),
    State.SUBMITTED: Tag(_l("Inskickad"), "info", "circle"),
    State.CHECKING: Tag(_l("Fullständighetskontroll"), "active", "half"),
    State.RETURNED: Tag(_l("Åter för komplettering"), "info", "triangle"),
    State.AWAITING_NEW_SIGNATURE: Tag(_l("Komplettering väntar på underskrift"), "info", "half"),
    State.ASSESSMENT: Tag(_l("Bedöms"), "active", "half"),
    State.COUNCIL: Tag(_l("Hos Lilla utvecklingsrådet"), "active", "circle"),
    State.AWAITING_DECISION: Tag(_l("Väntar på beslut"), "active", "square"),
    State.APPROVED: Tag(_l("Beviljad"), "good", "check"),
    State.POSTPONED: Tag(_l("Uppskjuten"), "neutral", "dash"),
    State.REJECTED: Tag(_l("Avslagen"), "bad", "cross"),
    State.WITHDRAWN: Tag(_l("Återtagen"), "neutral", "cross"),
    State.RUNNING: Tag(_l("Pågår"), "active", "half"),
    State.PAUSED: Tag(_l("Pausat"), "neutral", "dash"),
    State.CLOSING: Tag(_l("Avslutas"), "active", "square"),
    State.TERMINATING: Tag(_l("Avbryts"), "info", "triangle"),
    State.HANDED_OVER: Tag(_l("Överlämnat"), "good", "check"),
    State.FOLLOW_UP: Tag(_l("Följs upp"), "active", "circle"),
    State.CLOSED: Tag(_l("Avslutat"), "good", "check"),
    State.TERMINATED: Tag(_l("Avbrutet"), "bad", "cross"),
}

LATE = Tag(_l("Sent"), "bad", "triangle")
"""The day by which somebody should have acted has passed."""

STEP_LABELS: dict[Step, Any] = {
    Step.APPLICATION: _l("Ansökan"),
    Step.SIGNATURE: _l("Underskrift"),
    Step.COMPLETENESS: _l("Kontroll"),
    Step.ASSESSMENT: _l("Bedömning"),
    Step.OPINION: _l("Yttrande"),
    Step.DECISION: _l("Beslut"),
    Step.RUNNING: _l("Pågår"),
    Step.CLOSING: _l("Avslut"),
    Step.FOLLOW_UP: _l("Uppföljning"),
}


def tag_for(status: StrEnum) -> Tag:
    """How this status is shown."""
    return TAGS[status]


def state_tag(value: str, mine: bool = False) -> Tag:
    """How a project's state, as stored, is shown. The warm tone is for what waits for the one who looks."""
    tag = TAGS[State(value)]
    return replace(tag, tone="waiting") if mine else tag


def install(app: Flask) -> None:
    """Give the templates the filters `tag` (an enum member) and `state_tag` (a stored state)."""
    app.jinja_env.globals["late"] = LATE
    app.jinja_env.filters["tag"] = tag_for
    app.jinja_env.filters["state_tag"] = state_tag


READY = Tag(_l("Klart"), "good", "check")


def lacks_tag(count: int) -> Tag:
    """How much something that is written lacks."""
    if not count:
        return READY
    return Tag(ngettext("%(num)s sak saknas", "%(num)s saker saknas", count), "waiting", "half")
