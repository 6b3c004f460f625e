"""What the kinds of opinions and decisions are called: as something to choose, and as something done."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.decisions.models import DecisionKind, OpinionKind
from app.web.tags import Tag

OPINIONS = {
    OpinionKind.APPROVE: Tag(_l("Tillstyrker"), "good", "check"),
    OpinionKind.APPROVE_IN_PART: Tag(_l("Tillstyrker delvis"), "good", "half"),
    OpinionKind.POSTPONE: Tag(_l("Föreslår att ärendet skjuts upp"), "neutral", "dash"),
    OpinionKind.REJECT: Tag(_l("Avstyrker"), "bad", "cross"),
}

DECISIONS = {
    DecisionKind.APPROVE: Tag(_l("Beviljad"), "good", "check"),
    DecisionKind.APPROVE_IN_PART: Tag(_l("Beviljad delvis"), "good", "half"),
    DecisionKind.POSTPONE: Tag(_l("Uppskjuten"), "neutral", "dash"),
    DecisionKind.REJECT: Tag(_l("Avslagen"), "bad", "cross"),
}

VERBS = {
    DecisionKind.APPROVE: _l("Bevilja"),
    DecisionKind.APPROVE_IN_PART: _l("Bevilja delvis"),
    DecisionKind.POSTPONE: _l("Skjut upp"),
    DecisionKind.REJECT: _l("Avslå"),
}


def opinion_tag(kind: str) -> Tag:
    """How an opinion, as stored, is shown."""
    return OPINIONS[OpinionKind(kind)]


def decision_tag(kind: str) -> Tag:
    """How a decision, as stored, is shown."""
    return DECISIONS[DecisionKind(kind)]


def proposal_text(kind: str) -> object:
    """What is proposed or about to be decided, as a verb."""
    return VERBS[DecisionKind(kind)]
