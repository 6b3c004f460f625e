"""Who writes what remains, who takes it over, and who ends it. Nobody accepts for the receiver."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.closing.handover import queries
from app.closing.handover.models import RestItem
from app.closing.handover.queries import ENDS_IN, WRITTEN_IN, RestItemOf
from app.core.handover import Standing
from app.core.verdict import YES, Verdict, no
from app.core.workflow import GRANTED, Action, Party, State
from app.projects.models import Project
from app.projects.policy import acts_as, is_outside, may

_LEADER = _l("Det kan bara projektledaren göra.")
_CLOSED = _l("Restpunkten är avslutad och ändras inte mer.")
_NOT_ASKED = _l("Projektledaren har inte frågat mottagaren än.")


def may_read_handover(_viewer: Viewer, project: Project) -> Verdict:
    """Whoever sees the case reads what remains, from the day that the project runs or is interrupted."""
    if State(project.state) in GRANTED - {State.APPROVED}:
        return YES
    return no(_l("Överlämningen börjar när projektet pågår."))


def may_keep_list(viewer: Viewer, project: Project) -> Verdict:
    """The project leader, while the project runs and while it ends."""
    if not acts_as(viewer, project, Party.LEADER):
        return no(_LEADER)
    if State(project.state) not in WRITTEN_IN:
        return no(_l("Restlistan skrivs medan projektet pågår eller avslutas."))
    return YES


def may_change_item(viewer: Viewer, found: RestItemOf) -> Verdict:
    """The project leader, until the thing is closed."""
    allowed = may_keep_list(viewer, found.project)
    return allowed if not allowed or found.item.is_open else no(_CLOSED)


def may_answer(viewer: Viewer, found: RestItemOf) -> Verdict:
    """The manager of the receiving department accepts or declines, once asked."""
    if found.item.department_id not in viewer.departments(Role.MANAGER):
        return no(_l("Det kan bara verksamhetschefen i den mottagande förvaltningen göra."))
    return _may_receive(viewer, found)


def may_take_over(viewer: Viewer, found: RestItemOf) -> Verdict:
    """Whoever has been asked by name takes the thing over, and nobody else for that person."""
    if found.item.person_id != viewer.id:
        return no(_l("Bara den som är tillfrågad kan ta över restpunkten."))
    return _may_receive(viewer, found)


def _may_receive(viewer: Viewer, found: RestItemOf) -> Verdict:
    outside = is_outside(viewer, found.project)
    if not outside:
        return outside
    if State(found.project.state) not in WRITTEN_IN:
        return no(_l("Mottagaren svarar medan projektet pågår eller avslutas."))
    if not found.item.is_open:
        return no(_CLOSED)
    if found.item.standing == Standing.NOTED:
        return no(_NOT_ASKED)
    return YES


def may_close(viewer: Viewer, found: RestItemOf) -> Verdict:
    """Whoever has the thing: its receiver once it is received, also when the project has ended; the project
    leader before that."""
    if not found.item.is_open:
        return no(_CLOSED)
    if not found.held:
        return may_keep_list(viewer, found.project)
    if not has(viewer, found.item):
        return no(_l("Restpunkten är mottagen. Den som har tagit emot den avslutar den."))
    return YES


def has(viewer: Viewer, item: RestItem) -> bool:
    """Whether the viewer answers for the thing: took it over, or manages the department that accepted it."""
    if item.standing == Standing.TAKEN_OVER:
        return item.held_by_id == viewer.id
    return item.department_id in viewer.departments(Role.MANAGER)


def may_confirm_nothing_left(viewer: Viewer, project: Project) -> Verdict:
    """A manager of the department that leads the project, when it ends and nothing is open on its list."""
    if project.lead_department_id not in viewer.departments(Role.MANAGER):
        return no(_l("Det kan bara verksamhetschefen i den ansvariga förvaltningen göra."))
    outside = is_outside(viewer, project)
    if not outside:
        return outside
    if State(project.state) not in ENDS_IN:
        return no(_l("Det bekräftas när projektet avslutas."))
    if queries.has_open(project.id):
        return no(_l("Något återstår på restlistan."))
    if queries.nothing_left_in(project) is not None:
        return no(_l("Det är redan bekräftat."))
    return YES


def may_begin_closing(viewer: Viewer, project: Project) -> Verdict:
    """The project leader, while the project runs."""
    return may(viewer, project, Action.BEGIN_CLOSING)


def may_reopen(viewer: Viewer, project: Project) -> Verdict:
    """The project leader, as long as the project has not ended."""
    return may(viewer, project, Action.REOPEN)


def may_see_list(viewer: Viewer) -> Verdict:
    """The list of what remains after projects is for those who follow several."""
    if viewer.has_any(Role.SECRETARIAT, Role.CONTROLLER, Role.MANAGER, Role.AUDITOR):
        return YES
    return no(_l("Listan är till för programsekretariatet, verksamhetschefer, controllers och revisorer."))
