"""What is done with a service, as the timeline of its project tells it."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.operation import ServiceAction

SERVICE_ACTS: dict[str, Any] = {
    ServiceAction.ASK: _l("bad en förvaltning ta emot driftansvaret"),
    ServiceAction.ACCEPT: _l("tog emot driftansvaret"),
    ServiceAction.DECLINE: _l("avböjde driftansvaret"),
    ServiceAction.CHANGE: _l("ändrade ägare, kostnad eller finansiering av tjänsten"),
    ServiceAction.DECOMMISSION: _l("avvecklade tjänsten"),
    "review_service": _l("granskade driftansvaret"),
    "propose_sharing": _l("föreslog hur en kostnad delas"),
    "recount_sharing": _l("ändrade en kostnad som delas"),
    "withdraw_sharing": _l("tog tillbaka en fördelning"),
    "accept_service_share": _l("godkände en andel i en delad tjänst"),
    "decline_service_share": _l("avböjde en andel i en delad tjänst"),
}
