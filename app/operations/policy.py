"""Who describes a service, who answers for it. Nobody accepts for the department that receives it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.core.operation import ServiceAction, Standing, after
from app.core.verdict import YES, Verdict, no
from app.core.workflow import COMPLETED, GRANTED, Party, State
from app.operations import queries
from app.operations.queries import ServiceOf, YearOf
from app.projects.models import Project, ProjectKind
from app.projects.policy import acts_as, is_outside

ESTABLISHED = GRANTED - {State.APPROVED}
"""States of a project whose plan has been established: its service is described from then on."""
_LEADER = _l("Det kan bara projektledaren göra medan projektet pågår.")
_DECOMMISSIONED = _l("Tjänsten är avvecklad och ändras inte mer.")


def may_see_register(viewer: Viewer) -> Verdict:
    """The register is for those who follow several services; it holds only what each may see."""
    if viewer.has_any(*queries.WHOLE_CITY, Role.MANAGER):
        return YES
    return no(_l("Registret är till för den som följer eller ansvarar för flera tjänster."))


def may_see(_viewer: Viewer, _found: ServiceOf) -> Verdict:
    """Whoever can load the service (queries.service_for) may read it."""
    return YES


def may_read_operation(_viewer: Viewer, project: Project) -> Verdict:
    """Whoever sees the case reads who is to run its service, from the day that the project runs."""
    if project.kind != ProjectKind.IMPLEMENTATION:
        return no(_l("En förstudie lämnar ingen tjänst efter sig."))
    if State(project.state) in ESTABLISHED:
        return YES
    return no(_l("Driftansvaret beskrivs när projektet pågår."))


def may_begin(viewer: Viewer, project: Project) -> Verdict:
    """The project leader, of a project that began to run before there was a register."""
    allowed = may_read_operation(viewer, project)
    if not allowed:
        return allowed
    if not acts_as(viewer, project, Party.LEADER) or State(project.state) in COMPLETED:
        return no(_LEADER)
    if queries.service_of(project) is not None:
        return no(_l("Tjänsten är redan beskriven."))
    return YES


def may_register(viewer: Viewer) -> Verdict:
    """The secretariat registers services that no project of the programme has launched."""
    return YES if viewer.has(Role.SECRETARIAT) else no(_l("Det kan bara programsekretariatet göra."))


def may_write(viewer: Viewer, found: ServiceOf) -> Verdict:
    """The project leader until the project has ended; then those who answer for the service. The secretariat
    keeps the register with them, where no project describes it."""
    if found.service.standing == Standing.DECOMMISSIONED:
        return no(_DECOMMISSIONED)
    if is_with_its_project(found):
        return YES if found.project and acts_as(viewer, found.project, Party.LEADER) else no(_LEADER)
    if answers_for(viewer, found) or viewer.has(Role.SECRETARIAT):
        return YES
    return no(_l("Det kan bara den göra som ansvarar för tjänsten."))


def answers_for(viewer: Viewer, found: ServiceOf) -> bool:
    """Whether the viewer manages the department that owns the service, or holds the owner's role."""
    return found.service.owner_id == viewer.id or manages(viewer, found)


def manages(viewer: Viewer, found: ServiceOf) -> bool:
    """Whether the viewer manages the department that owns the service."""
    return found.service.department_id in viewer.departments(Role.MANAGER)


def is_with_its_project(found: ServiceOf) -> bool:
    """Whether the project that launches it has not ended."""
    return found.project is not None and State(found.project.state) not in COMPLETED


def may_ask(viewer: Viewer, found: ServiceOf) -> Verdict:
    """Whoever describes the service asks the department to accept it, when nobody has been asked yet."""
    allowed = may_write(viewer, found)
    if not allowed:
        return allowed
    if after(Standing(found.service.standing), ServiceAction.ASK) is None:
        return no(_l("Mottagaren är redan tillfrågad."))
    return YES


def may_answer(viewer: Viewer, found: ServiceOf) -> Verdict:
    """The manager of the department that is to own it, once asked; never whoever leads the project."""
    if not manages(viewer, found):
        return no(_l("Det kan bara verksamhetschefen i den mottagande förvaltningen göra."))
    outside = is_outside(viewer, found.project) if found.project else YES
    if not outside:
        return outside
    if after(Standing(found.service.standing), ServiceAction.ACCEPT) is None:
        return no(_l("Ingen har frågat om förvaltningen tar emot, eller också har den redan gjort det."))
    return YES


def may_review(viewer: Viewer, found: ServiceOf) -> Verdict:
    """Those who answer for the service, from the time that it was accepted."""
    if found.service.standing == Standing.DECOMMISSIONED:
        return no(_DECOMMISSIONED)
    if found.service.review_due_on is None:
        return no(_l("Driftansvaret granskas när någon har tagit emot det."))
    if not answers_for(viewer, found):
        return no(_l("Det kan bara den göra som ansvarar för tjänsten."))
    return YES


def may_enter_cost(viewer: Viewer, found: ServiceOf) -> Verdict:
    """Those who answer for the service, and controllers: of the programme, of the department that owns it, of
    the one that pays."""
    own = viewer.departments(Role.CONTROLLER)
    concerned = {found.service.department_id, found.service.payer_department_id}
    if answers_for(viewer, found) or viewer.has(Role.CONTROLLER) or concerned & own:
        return YES
    return no(_l("Det kan bara controllern göra, eller den som ansvarar för tjänsten."))


def may_enter_cost_of(viewer: Viewer, found: YearOf) -> Verdict:
    """The same of a year: what is entered may be put right, however long ago the year was."""
    return may_enter_cost(viewer, found.of)


def may_decommission(viewer: Viewer, found: ServiceOf) -> Verdict:
    """Those who answer for the service, when no project has it any more."""
    if found.service.standing == Standing.DECOMMISSIONED:
        return no(_DECOMMISSIONED)
    if is_with_its_project(found):
        return no(_l("Tjänsten avvecklas när projektet är avslutat."))
    if not answers_for(viewer, found):
        return no(_l("Det kan bara den göra som ansvarar för tjänsten."))
    return YES
