"""What requests, their parts and what is decided on them are called."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.changes import UNDECIDED, ChangeState, Part
from app.core.workflow import COMPLETED, INTERRUPTED, State
from app.decisions.models import DecisionKind
from app.delivery.changes.models import ChangeRequest
from app.projects.models import Project
from app.web.tags import Tag

PARTS: Mapping[Part, Any] = {
    Part.TIME: _l("Mer eller annan tid"),
    Part.SCOPE: _l("Annan omfattning eller nytta"),
    Part.FUNDS: _l("Mer pengar"),
    Part.MOVE: _l("Flytta pengar"),
    Part.EFFORT: _l("Annan bemanning"),
    Part.LEADER: _l("Ny projektledare"),
    Part.PAUSE: _l("Paus"),
    Part.TERMINATION: _l("Avbrott i förtid"),
}

STATES: Mapping[ChangeState, Tag] = {
    ChangeState.DRAFT: Tag(_l("Utkast"), "neutral", "dash"),
    ChangeState.SENT: Tag(_l("Ska avgöras"), "active", "half"),
    ChangeState.QUESTIONED: Tag(_l("Väntar på svar"), "info", "triangle"),
    ChangeState.WITHDRAWN: Tag(_l("Återtagen"), "neutral", "cross"),
}

DECISIONS: Mapping[DecisionKind, Tag] = {
    DecisionKind.APPROVE: Tag(_l("Godkänd"), "good", "check"),
    DecisionKind.APPROVE_IN_PART: Tag(_l("Godkänd delvis"), "good", "half"),
    DecisionKind.REJECT: Tag(_l("Avslagen"), "bad", "cross"),
}

FALLEN = Tag(_l("Förföll"), "neutral", "cross")
"""Of a request that was not decided when the project ended."""

VERBS: Mapping[DecisionKind, Any] = {
    DecisionKind.APPROVE: _l("Godkänn"),
    DecisionKind.APPROVE_IN_PART: _l("Godkänn delvis, med mindre pengar än det som begärs"),
    DecisionKind.REJECT: _l("Avslå"),
}

ASKING: Mapping[ChangeState, Any] = {
    ChangeState.DRAFT: _l("Skriv klart ändringsbegäran %(number)s"),
    ChangeState.SENT: _l("Ta ställning till ändringsbegäran %(number)s"),
    ChangeState.QUESTIONED: _l("Svara om ändringsbegäran %(number)s"),
}
"""What whoever has the request next does."""


def parts_text(parts: Collection[Part]) -> str:
    """What is asked for, in one line."""
    first, *others = [str(title) for part, title in PARTS.items() if part in parts] or ["–"]
    return ", ".join((first, *(title.lower() for title in others)))


def registered(kind: DecisionKind) -> Any:
    """What whoever registered a decision is told."""
    if kind is DecisionKind.REJECT:
        return _("Beslutet är registrerat. Projektet fortsätter som förut.")
    return _("Beslutet är registrerat, och projektet är ändrat.")


def change_tag(request: ChangeRequest, project: Project) -> Tag:
    """Where the request stands; what was not decided falls with the end of the project."""
    if request.decision is not None:
        return DECISIONS[DecisionKind(request.decision.kind)]
    state = ChangeState(request.state)
    if state in UNDECIDED and State(project.state) in COMPLETED | INTERRUPTED:
        return FALLEN
    return STATES[state]


def state_tag(state: str) -> Tag:
    """Where a request that waits for the viewer stands."""
    return STATES[ChangeState(state)]


def change_withdrawal(request: ChangeRequest) -> Any:
    """What the project leader does who wants it no more: only what was sent is taken back."""
    return _("Ta tillbaka begäran") if request.versions else _("Ta bort utkastet")


def withdrawn(request: ChangeRequest) -> Any:
    """What the project leader is told then."""
    return _("Ändringsbegäran är återtagen.") if request.versions else _("Utkastet är borttaget.")
