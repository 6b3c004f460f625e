"""Who may see what across the steps."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.core.verdict import YES, Verdict, no

_READERS = (
    Role.SECRETARIAT,
    Role.CONTROLLER,
    Role.MANAGER,
    Role.WORKING_GROUP,
    Role.COUNCIL,
    Role.DECISION_MAKER,
    Role.AUDITOR,
)


def may_see_queue(viewer: Viewer) -> Verdict:
    """The list of cases is for everybody who handles or follows them; it holds only what each may see."""
    if viewer.has_any(*_READERS):
        return YES
    return no(_l("Ärendelistan är för den som handlägger eller följer ärenden."))
