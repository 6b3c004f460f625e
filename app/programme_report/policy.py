"""Who writes the programme's reports, and who reads what is issued."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.core.verdict import YES, Verdict, no
from app.programme_report.queries import PartOf, ReportOf, VersionOf

READERS = (
    Role.SECRETARIAT, Role.CONTROLLER, Role.WORKING_GROUP, Role.COUNCIL, Role.DECISION_MAKER, Role.AUDITOR,
)  # fmt: skip
"""Who see every case that has been sent to the council, when they hold the role for the whole programme: a
report tells of no other cases."""

_WRITES = _l("Det kan bara programsekretariatet göra.")


def may_read_reports(viewer: Viewer, _found: ReportOf | VersionOf | None = None) -> Verdict:
    """Those who follow the whole programme; of each report only what is issued."""
    if any(viewer.has(role) for role in READERS):
        return YES
    return no(_l("Programrapporterna är till för dem som följer hela programmet."))


def may_open(viewer: Viewer, found: ReportOf) -> Verdict:
    """Whoever reads reports opens one of which something is issued; the secretariat those that it writes."""
    if found.versions or viewer.has(Role.SECRETARIAT):
        return may_read_reports(viewer)
    return no(_l("Rapporten är inte utgiven än."))


def may_begin(viewer: Viewer) -> Verdict:
    """The secretariat writes the programme's reports."""
    return YES if viewer.has(Role.SECRETARIAT) else no(_WRITES)


def may_write(viewer: Viewer, found: ReportOf) -> Verdict:
    """The secretariat, while a version is being written."""
    if not may_begin(viewer):
        return may_begin(viewer)
    if not found.is_being_written:
        return no(_l("Rapporten är utgiven. Börja på en ny version om något behöver ändras."))
    return YES


def may_write_part(viewer: Viewer, opened: PartOf) -> Verdict:
    """Who writes the report writes each of its parts."""
    return may_write(viewer, opened.found)


def may_revise(viewer: Viewer, found: ReportOf) -> Verdict:
    """The secretariat, when what was written last is issued."""
    if not may_begin(viewer):
        return may_begin(viewer)
    if found.is_being_written:
        return no(_l("En ny version skrivs redan."))
    return YES
