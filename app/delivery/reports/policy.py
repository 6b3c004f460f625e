"""Who writes reports, who reads them, and who answers them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.core.reporting import IN, ReportAction, ReportState, after
from app.core.verdict import YES, Verdict, no
from app.core.workflow import Party, State
from app.delivery.reports.collecting import Collection
from app.delivery.reports.queries import OpenPart, ReportOf, started_on
from app.projects.models import Project
from app.projects.policy import acts_as, may_handle

REPORTING = frozenset({State.RUNNING, State.PAUSED, State.CLOSING})
"""Reports are asked for while a project runs; what is begun may be finished a while longer."""

_MOVED_ON = _l("Rapporten har gått vidare, så det går inte att göra nu. Ladda om sidan.")


def may_read_list(_viewer: Viewer, project: Project) -> Verdict:
    """Whoever sees the case reads its reports, once the project has begun."""
    if started_on(project.id) is None:
        return no(_l("Projektet har inga lägesrapporter än. De skrivs när planen är fastställd."))
    return YES


def may_read(_viewer: Viewer, found: ReportOf) -> Verdict:
    """Whoever sees the case reads what has been sent."""
    if found.newest is None:
        return no(_l("Rapporten är inte skickad än."))
    return YES


def may_write(viewer: Viewer, found: ReportOf) -> Verdict:
    """The project leader, until the report is sent, and again when it comes back."""
    if not acts_as(viewer, found.project, Party.LEADER):
        return no(_l("Det kan bara projektledaren göra."))
    if State(found.project.state) not in REPORTING:
        return no(_l("Lägesrapporter skrivs medan projektet pågår."))
    state = found.state or ReportState.DRAFT
    return YES if after(state, ReportAction.SEND) else no(_MOVED_ON)


def may_write_part(viewer: Viewer, opened: OpenPart) -> Verdict:
    """Who writes the report writes each of its parts."""
    return may_write(viewer, opened.found)


def may_treat(viewer: Viewer, found: ReportOf) -> Verdict:
    """Anybody in the secretariat who is free of interest, once the report has come in."""
    allowed = may_handle(viewer, found.project)
    if not allowed:
        return allowed
    return YES if found.state in IN else no(_MOVED_ON)


def may_comment(viewer: Viewer, found: ReportOf) -> Verdict:
    """The secretariat free of interest, and the project leader who answers, once the report is sent."""
    if found.newest is None:
        return no(_l("Rapporten är inte skickad än."))
    if acts_as(viewer, found.project, Party.LEADER):
        return YES
    return may_handle(viewer, found.project)


def may_set_periods(viewer: Viewer) -> Verdict:
    """The secretariat sets what is reported on and when."""
    return YES if viewer.has(Role.SECRETARIAT) else no(_l("Det kan bara programsekretariatet göra."))


def may_see_overview(viewer: Viewer) -> Verdict:
    """Those who follow several projects; each sees the rows of the projects that he or she sees."""
    roles = (
        Role.SECRETARIAT, Role.COUNCIL, Role.DECISION_MAKER, Role.AUDITOR, Role.WORKING_GROUP,
        Role.CONTROLLER, Role.MANAGER,
    )  # fmt: skip
    if viewer.has_any(*roles):
        return YES
    return no(_l("Översikten är till för dem som följer flera projekt."))


def may_order_period(viewer: Viewer, collection: Collection) -> Verdict:
    """Those who see the overview, of the projects that they see, as long as there are any."""
    allowed = may_see_overview(viewer)
    if allowed and not collection.project_ids:
        return no(_l("Inget projekt som du har rätt att se rapporterar på perioden."))
    return allowed
