"""What the parts of the ledger and the places of a setting in time are called."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from app.programmes.models import EntryKind
from app.programmes.validity import RoundState, Validity
from app.web.tags import Tag

ENTRY_KINDS: dict[EntryKind, Any] = {
    EntryKind.FRAME: _l("Ramen ändras"),
    EntryKind.GRANT: _l("Beviljat"),
    EntryKind.REQUISITION: _l("Rekvirerat"),
    EntryKind.PAYMENT: _l("Utbetalt"),
    EntryKind.REPAYMENT: _l("Återbetalt"),
    EntryKind.RETURN: _l("Återfört"),
    EntryKind.MOVE: _l("Flyttat"),
}

VALIDITIES: dict[Validity, Tag] = {
    Validity.COMING: Tag(_l("Kommer"), "info", "circle"),
    Validity.NOW: Tag(_l("Gäller nu"), "good", "check"),
    Validity.PAST: Tag(_l("Har gällt"), "neutral", "dash"),
}

ROUND_STATES: dict[RoundState, Tag] = {
    RoundState.COMING: Tag(_l("Öppnar snart"), "info", "circle"),
    RoundState.OPEN: Tag(_l("Öppen"), "good", "check"),
    RoundState.CLOSED: Tag(_l("Stängd"), "neutral", "cross"),
}
