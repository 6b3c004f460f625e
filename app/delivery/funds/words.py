"""How the state of a requisition is shown."""

from __future__ import annotations

from dataclasses import replace

from flask_babel import lazy_gettext as _l

from app.core.requisitions import RequisitionState
from app.web.tags import Tag

STATES: dict[RequisitionState, Tag] = {
    RequisitionState.SENT: Tag(_l("Ska kontrolleras"), "active", "half"),
    RequisitionState.RETURNED: Tag(_l("Ska rättas"), "info", "triangle"),
    RequisitionState.CHECKED: Tag(_l("Ska betalas ut"), "active", "square"),
    RequisitionState.PAID: Tag(_l("Utbetald"), "good", "check"),
    RequisitionState.WITHDRAWN: Tag(_l("Återtagen"), "neutral", "cross"),
}


def requisition_tag(state: str, mine: bool = False) -> Tag:
    """The state, as stored. The warm tone is for what waits for the one who looks."""
    tag = STATES[RequisitionState(state)]
    return replace(tag, tone="waiting") if mine else tag
