"""Who reads what people tell about barriers. Everybody may tell, signed in or not."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.core.verdict import YES, Verdict, no


def may_handle(viewer: Viewer, _feedback: object = None) -> Verdict:
    """Administrators read it and see to it."""
    if viewer.has(Role.ADMINISTRATOR):
        return YES
    return no(_l("Synpunkterna på tillgängligheten läses av administratörerna."))
