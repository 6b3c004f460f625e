"""What shares, their states and the reasons for another version are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.sharing import CostKind, Reason, ShareState, SharingState
from app.web.tags import Tag

SHARE_STATES: Mapping[ShareState, Tag] = {
    ShareState.WAITING: Tag(_l("Väntar på svar"), "info", "half"),
    ShareState.ACCEPTED: Tag(_l("Godkänd"), "good", "check"),
    ShareState.DECLINED: Tag(_l("Avböjd"), "bad", "cross"),
}
SHARING_STATES: Mapping[SharingState, Tag] = {
    SharingState.WAITING: Tag(_l("Väntar på svar"), "info", "half"),
    SharingState.DECLINED: Tag(_l("Någon har avböjt"), "bad", "cross"),
    SharingState.ACCEPTED: Tag(_l("Godkänd av alla"), "good", "check"),
    SharingState.WITHDRAWN: Tag(_l("Delas inte"), "neutral", "dash"),
}
NOT_SHARED = Tag(_l("Ingen nyckel"), "neutral", "dash")

REASONS: Mapping[Reason, Any] = {
    Reason.KEY: _l("Nyckeln föreslogs"),
    Reason.COST: _l("Kostnaden ändrades"),
    Reason.WITHDRAWN: _l("Fördelningen togs tillbaka"),
}
COSTS: Mapping[CostKind, Any] = {
    CostKind.PLANNED: _l("planerad kostnad"),
    CostKind.CARRIED: _l("utfall enligt bokföringen"),
}
ANSWERS: Mapping[str, Any] = {"accepted": _l("godkände"), "declined": _l("avböjde")}


def share_tag(state: str, mine: bool = False) -> Tag:
    """Where a share stands. The warm tone is for what waits for the one who looks."""
    tag = SHARE_STATES[ShareState(state)]
    return replace(tag, tone="waiting") if mine else tag


def sharing_tag(state: SharingState | None) -> Tag:
    """Where a year stands; None: nobody has proposed anything."""
    return SHARING_STATES[state] if state else NOT_SHARED


def sharing_reason(reason: str) -> Any:
    """Why there is a version, as it is stored."""
    return REASONS[Reason(reason)]


def shared_cost(kind: str) -> Any:
    """Which cost is shared, as it is stored."""
    return COSTS[CostKind(kind)]


def share_answer(answer: str) -> Any:
    """What a manager did, as it is stored."""
    return ANSWERS[answer]
