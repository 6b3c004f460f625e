"""Who looks after the mail: administrators."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.core.verdict import YES, Verdict, no
from app.mail.models import Mail, MailState

_TRIED = frozenset({MailState.FAILED.value, MailState.UNKNOWN.value})


def may_look_after(viewer: Viewer, _mail: Mail | None = None) -> Verdict:
    """Administrators see to it that mails leave."""
    if viewer.has(Role.ADMINISTRATOR):
        return YES
    return no(_l("Bara administratörer sköter utskicken av mejl."))


def may_send_again(viewer: Viewer, mail: Mail) -> Verdict:
    """Administrators, what has failed or what nobody knows of."""
    if not (allowed := may_look_after(viewer)):
        return allowed
    if mail.state not in _TRIED:
        return no(_l("Bara mejl som har misslyckats eller är ovissa går att skicka igen."))
    return YES
