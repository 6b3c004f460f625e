"""What the states of a mail are called, and why one was not sent."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from app.mail.models import MailState, Reason
from app.web.tags import Tag

STATES: dict[MailState, Tag] = {
    MailState.WAITING: Tag(_l("Väntar"), "info", "circle"),
    MailState.CLAIMED: Tag(_l("Skickas nu"), "active", "half"),
    MailState.HANDED_OVER: Tag(_l("Skickas nu"), "active", "half"),
    MailState.SENT: Tag(_l("Skickat"), "good", "check"),
    MailState.FAILED: Tag(_l("Misslyckat"), "bad", "cross"),
    MailState.UNKNOWN: Tag(_l("Ovisst"), "bad", "triangle"),
    MailState.CLOSED: Tag(_l("Skickas inte"), "neutral", "dash"),
}

REASONS: dict[Reason, Any] = {
    Reason.LEFT: _l("Mottagaren har slutat."),
    Reason.UNSEEN: _l("Mottagaren får inte längre se det som mejlet berättar om."),
    Reason.UNWANTED: _l("Mottagaren vill inte ha mejl."),
    Reason.OLD: _l("Mejlet var äldre än en vecka innan det kunde skickas."),
    Reason.REFUSED: _l("Mottagarens e-postserver tar inte emot mejlet."),
    Reason.GAVE_UP: _l("Det har inte gått att skicka på två dygn."),
    Reason.RESTORED: _l("Mejlet väntade när en säkerhetskopia gjordes. Det kan ha skickats sedan dess."),
}
