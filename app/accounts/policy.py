"""Who may do what with people, roles and sessions."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.core.verdict import YES, Verdict, no


def signed_in(_viewer: Viewer, _record: object = None) -> Verdict:
    """Everybody who is signed in."""
    return YES


def may_administer(viewer: Viewer, _record: object = None) -> Verdict:
    """Departments, people and roles are the administrator's."""
    return (
        YES
        if viewer.has(Role.ADMINISTRATOR)
        else no(_l("Bara administratörer kan ändra personer och roller."))
    )
