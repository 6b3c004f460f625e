"""Who may read and change what belongs to the programme."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.core.verdict import YES, Verdict, no
from app.programmes.models import Programme


def may_read_programme(_viewer: Viewer, _programme: Programme | None = None) -> Verdict:
    """The programme, its settings and its rounds are read by everybody who is signed in."""
    return YES


def may_manage_programme(viewer: Viewer, _programme: Programme | None = None) -> Verdict:
    """The programme and its settings are the administrator's."""
    if viewer.has(Role.ADMINISTRATOR):
        return YES
    return no(_l("Bara administratörer kan ändra programmet och dess inställningar."))


def may_manage_rounds(viewer: Viewer, _programme: object = None) -> Verdict:
    """Application rounds are opened and closed by the administrator and the secretariat."""
    if viewer.has(Role.ADMINISTRATOR) or viewer.has(Role.SECRETARIAT):
        return YES
    return no(_l("Bara administratörer och programsekretariatet kan ändra ansökningsomgångar."))


def may_read_ledger(viewer: Viewer, _programme: Programme | None = None) -> Verdict:
    """The ledger tells of every department's grants: for those who work with the whole programme."""
    readers = (Role.SECRETARIAT, Role.CONTROLLER, Role.AUDITOR, Role.COUNCIL, Role.DECISION_MAKER)
    if any(viewer.has(role) for role in readers):
        return YES
    return no(_l("Ramboken är till för dem som arbetar med hela programmet."))


def may_post_grant(viewer: Viewer) -> Verdict:
    """The secretariat registers decisions, and with them what they grant."""
    if viewer.has(Role.SECRETARIAT):
        return YES
    return no(_l("Det kan bara programsekretariatet göra."))
