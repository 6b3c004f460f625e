"""Who tells what an interrupted project leaves, and who returns its money."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.closing.termination import queries
from app.closing.termination.queries import PromisedBenefit
from app.core.verdict import YES, Verdict, no
from app.core.workflow import INTERRUPTED, Party, State
from app.delivery.funds.policy import may_give_back
from app.projects.models import Project
from app.projects.policy import acts_as, may_handle


def may_begin(viewer: Viewer, project: Project) -> Verdict:
    """The secretariat, in the act that interrupts the project; once."""
    allowed = may_handle(viewer, project)
    if allowed and State(project.state) is not State.TERMINATING:
        return no(_l("Projektet är inte avbrutet."))
    if allowed and queries.termination_of(project.id) is not None:
        return no(_l("Beslutet att avbryta projektet är redan registrerat."))
    return allowed


def may_read_termination(_viewer: Viewer, project: Project) -> Verdict:
    """Whoever sees the case reads what it leaves, once it is interrupted."""
    if State(project.state) in INTERRUPTED and queries.termination_of(project.id) is not None:
        return YES
    return no(_l("Projektet är inte avbrutet."))


def may_account(viewer: Viewer, project: Project) -> Verdict:
    """The project leader, from the day that the project is interrupted until it has ended."""
    if not acts_as(viewer, project, Party.LEADER):
        return no(_l("Det kan bara projektledaren göra."))
    if State(project.state) is not State.TERMINATING or queries.termination_of(project.id) is None:
        return no(_l("Det redovisas när projektet är avbrutet, tills slutrapporten är godkänd."))
    return YES


def may_tell(viewer: Viewer, found: PromisedBenefit) -> Verdict:
    """The project leader tells what becomes of a benefit."""
    return may_account(viewer, found.project)


def may_write_off_rest(viewer: Viewer, project: Project) -> Verdict:
    """The project leader, while there are benefits of which nothing is told."""
    allowed = may_account(viewer, project)
    if allowed and not queries.untold_benefits(project.id):
        return no(_l("Varje nytta är redan redovisad."))
    return allowed


def may_return_rest(viewer: Viewer, project: Project) -> Verdict:
    """A controller of the programme returns everything that is left of an interrupted project's money."""
    allowed = may_give_back(viewer, project)
    if allowed and State(project.state) not in INTERRUPTED:
        return no(_l("Projektet är inte avbrutet."))
    return allowed
