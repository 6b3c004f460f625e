"""Who may see a project, and who may move it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.core.verdict import YES, Verdict, no
from app.core.workflow import (
    BEFORE_SUBMISSION,
    EDITABLE,
    Action,
    IllegalTransitionError,
    Party,
    State,
    transition,
)
from app.projects.models import Project


def may_start(viewer: Viewer) -> Verdict:
    """A project leader starts projects in the departments that the role is held for."""
    if viewer.has_any(Role.PROJECT_LEADER):
        return YES
    return no(_l("Bara projektledare kan starta projekt. Be administratören om rollen."))


def may_start_in(viewer: Viewer, department_id: int) -> Verdict:
    """A project is started in a department that the viewer leads projects for."""
    if viewer.has(Role.PROJECT_LEADER, department_id):
        return YES
    return no(_l("Du är inte projektledare i den förvaltningen. Välj en annan."))


def may_change_details(viewer: Viewer, project: Project) -> Verdict:
    """The project leader, as long as the application is being written."""
    if project.leader_id != viewer.id:
        return no(_WHO[Party.LEADER])
    if State(project.state) not in EDITABLE:
        return no(_l("Uppgifterna går inte att ändra nu, för ansökan är inte längre ett utkast."))
    return YES


def may_read(viewer: Viewer, project: Project, participating: frozenset[int] = frozenset()) -> Verdict:
    """The same rule as `queries.visible_to`, for one project; `participating` are its departments' ids."""
    came_in = project.submitted_at is not None and State(project.state) not in BEFORE_SUBMISSION
    own = viewer.departments(Role.MANAGER, Role.CONTROLLER)
    whole_programme = (
        viewer.has(Role.SECRETARIAT) or viewer.has(Role.CONTROLLER) or viewer.has(Role.WORKING_GROUP)
    )
    deciding = viewer.has(Role.COUNCIL) or viewer.has(Role.DECISION_MAKER)
    grounds = (
        viewer.has(Role.AUDITOR),
        project.leader_id == viewer.id,
        project.lead_department_id in own,
        came_in and (whole_programme or bool(participating & own)),
        deciding and project.referred_at is not None,
    )
    return YES if any(grounds) else no(_l("Du har inte rätt att se projektet."))


def visible(_viewer: Viewer, _project: Project) -> Verdict:
    """Whoever can load the project (queries.project_for) may read it."""
    return YES


def acts_as(viewer: Viewer, project: Project, party: Party) -> bool:
    """Whether the viewer is this party in this project."""
    if party is Party.LEADER:
        return project.leader_id == viewer.id
    if party is Party.MANAGER:
        return viewer.has(Role.MANAGER, project.lead_department_id)
    return viewer.has(Role.SECRETARIAT)


_WHO = {
    Party.LEADER: _l("Det kan bara projektledaren göra."),
    Party.MANAGER: _l("Det kan bara verksamhetschefen i den ansvariga förvaltningen göra."),
    Party.SECRETARIAT: _l("Det kan bara programsekretariatet göra."),
}


def free_of_interest(viewer: Viewer, project: Project) -> Verdict:
    """Whoever has an interest in a case (jäv) takes no part in treating it: who leads the project, works in
    the department that does, or has declared an interest. `queries.free_of_interest` says it of lists."""
    if project.leader_id == viewer.id:
        return no(_l("Du leder projektet och kan därför inte handlägga det. Be en kollega."))
    if project.lead_department_id in viewer.departments(*Role):
        return no(_l("Din förvaltning leder projektet. Därför kan du inte handlägga det. Be en kollega."))
    if any(row.person_id == viewer.id for row in project.interests):
        return no(_l("Du har anmält jäv i ärendet och kan därför inte handlägga det. Be en kollega."))
    return YES


def is_outside(viewer: Viewer, project: Project) -> Verdict:
    """Whoever receives from a project does not lead it, and has declared no interest in it. The department
    that leads it may well receive what it leaves."""
    if project.leader_id == viewer.id:
        return no(_l("Du leder projektet. Någon annan måste ta emot."))
    if any(row.person_id == viewer.id for row in project.interests):
        return no(_l("Du har anmält jäv i ärendet. Någon annan måste ta emot."))
    return YES


TREATING = (
    Role.SECRETARIAT,
    Role.WORKING_GROUP,
    Role.COUNCIL,
    Role.DECISION_MAKER,
)
"""The roles that treat cases, and that an interest keeps from it."""


def may_declare_interest(viewer: Viewer, _project: Project) -> Verdict:
    """Whoever treats cases tells of an interest in one that he or she sees, and takes it back."""
    if viewer.has_any(*TREATING):
        return YES
    return no(_l("Jäv anmäls av den som handlägger eller bedömer ärenden."))


def may(viewer: Viewer, project: Project, action: Action) -> Verdict:
    """Whether the viewer may take the action now: it exists in this state, and is this viewer's.

    Nobody signs an application of their own, and nobody in the secretariat handles one with an interest.
    """
    try:
        row = transition(State(project.state), action)
    except IllegalTransitionError:
        return no(_l("Ärendet har gått vidare, så det går inte att göra nu. Ladda om sidan."))
    if not acts_as(viewer, project, row.party):
        return no(_WHO[row.party])
    if row.party is Party.SECRETARIAT:
        return free_of_interest(viewer, project)
    if row.party is Party.MANAGER and project.leader_id == viewer.id:
        return no(_l("Du leder projektet. En annan chef måste skriva under ansökan."))
    return YES


def may_handle(viewer: Viewer, project: Project) -> Verdict:
    """The secretariat handles registered cases in which they have no interest."""
    if not viewer.has(Role.SECRETARIAT):
        return no(_WHO[Party.SECRETARIAT])
    return free_of_interest(viewer, project)


def sees_working_copy(viewer: Viewer, project: Project) -> bool:
    """Whether the viewer reads what is being written, or what was last submitted.

    What the department writes during a completion is its own until it is submitted; before the first
    submission there is nothing else to read.
    """
    own = acts_as(viewer, project, Party.LEADER) or acts_as(viewer, project, Party.MANAGER)
    return own or project.submitted_at is None or State(project.state) in BEFORE_SUBMISSION
