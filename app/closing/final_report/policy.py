"""Who writes a final report, who reads it, and who answers it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.closing.final_report.queries import FinalReportOf, OpenSection, OpenVersion
from app.core.final_report import FinalAction, FinalState, after
from app.core.verdict import YES, Verdict, no
from app.core.workflow import Action, Party, State
from app.projects.models import Project
from app.projects.policy import acts_as, may, may_handle

ENDED_BY = {State.CLOSING: Action.HAND_OVER, State.TERMINATING: Action.FINISH_TERMINATION}
"""How a project ends when its final report is approved; in these states it is written."""


def may_open(viewer: Viewer, found: FinalReportOf) -> Verdict:
    """Whoever sees the case reads what has been sent; the project leader opens it to write."""
    if found.newest is not None or may_write(viewer, found):
        return YES
    return no(_l("Slutrapporten är inte skickad än."))


def may_see(viewer: Viewer, project: Project, *, is_sent: bool) -> bool:
    """Whether the project's page leads there."""
    return is_sent or (acts_as(viewer, project, Party.LEADER) and State(project.state) in ENDED_BY)


def may_read(_viewer: Viewer, _found: OpenVersion) -> Verdict:
    """Whoever can load it (queries.version_for) sees the case, and reads what has been sent."""
    return YES


def may_write(viewer: Viewer, found: FinalReportOf) -> Verdict:
    """The project leader, while the project ends, until the report is sent, and when it comes back."""
    if not acts_as(viewer, found.project, Party.LEADER):
        return no(_l("Det kan bara projektledaren göra."))
    if State(found.project.state) not in ENDED_BY:
        return no(_l("Slutrapporten skrivs när projektet avslutas."))
    if after(found.state or FinalState.DRAFT, FinalAction.SEND) is None:
        return no(_l("Slutrapporten är skickad. Den går att ändra om den kommer tillbaka."))
    return YES


def may_write_section(viewer: Viewer, section: OpenSection) -> Verdict:
    """Who writes the report writes each of its sections."""
    return may_write(viewer, section.found)


def may_treat(viewer: Viewer, found: FinalReportOf) -> Verdict:
    """Anybody in the secretariat who is free of interest, once the report has come in."""
    allowed = may_handle(viewer, found.project)
    if not allowed:
        return allowed
    if found.state is not FinalState.SENT:
        return no(_l("Slutrapporten har gått vidare, så det går inte att göra nu. Ladda om sidan."))
    return YES


def may_end(viewer: Viewer, found: FinalReportOf) -> Verdict:
    """Whoever treats it, while the project waits to be ended."""
    allowed = may_treat(viewer, found)
    if not allowed:
        return allowed
    ending = ENDED_BY.get(State(found.project.state))
    if ending is None:
        return no(_l("Projektet har gått vidare, så det går inte att göra nu. Ladda om sidan."))
    return may(viewer, found.project, ending)


def may_see_list(viewer: Viewer) -> Verdict:
    """Those who follow several projects; each sees the rows of the projects that he or she sees."""
    roles = (
        Role.SECRETARIAT, Role.COUNCIL, Role.DECISION_MAKER, Role.AUDITOR, Role.WORKING_GROUP,
        Role.CONTROLLER, Role.MANAGER,
    )  # fmt: skip
    if viewer.has_any(*roles):
        return YES
    return no(_l("Listan är till för dem som följer flera projekt."))
