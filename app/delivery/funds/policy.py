"""Who asks for granted money, who checks, who pays, and who returns what is left."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.core.requisitions import Hand, RequisitionAction, RequisitionState, move
from app.core.verdict import YES, Verdict, no
from app.core.workflow import FUNDED, Party, State
from app.delivery.funds import queries
from app.delivery.funds.models import RequisitionFile
from app.delivery.funds.queries import RequisitionOf
from app.projects.models import Project
from app.projects.policy import acts_as, free_of_interest, may_handle


def may_see_list(viewer: Viewer) -> Verdict:
    """The lists of requisitions and of changes are for the secretariat, the controllers and the auditors."""
    if viewer.has(Role.SECRETARIAT) or viewer.has_any(Role.CONTROLLER) or viewer.has(Role.AUDITOR):
        return YES
    return no(_l("Listan är till för programsekretariatet, controllers och revisorer."))


def sees(_viewer: Viewer, _found: RequisitionOf) -> Verdict:
    """Whoever can load it (queries.requisition_for) may read the case, its requisitions too."""
    return YES


def sees_file(_viewer: Viewer, _file: RequisitionFile) -> Verdict:
    """Whoever can load it (queries.file_for) may read the case, its files too."""
    return YES


def may_requisition(viewer: Viewer, project: Project) -> Verdict:
    """The project leader, while the project works with its money and some of it is left."""
    if not acts_as(viewer, project, Party.LEADER):
        return no(_l("Det kan bara projektledaren göra."))
    if State(project.state) not in FUNDED:
        return no(_l("Pengar rekvireras medan projektet pågår."))
    if not queries.with_money_left(project.id):
        return no(_l("Allt som är beviljat är redan rekvirerat eller återfört."))
    return YES


def may_send_again(viewer: Viewer, found: RequisitionOf) -> Verdict:
    """The project leader, when it has come back, while the project works with its money."""
    allowed = _may(viewer, found, RequisitionAction.SEND_AGAIN)
    if allowed and State(found.project.state) not in FUNDED:
        return no(_l("Pengar rekvireras medan projektet pågår."))
    return allowed


def may_withdraw(viewer: Viewer, found: RequisitionOf) -> Verdict:
    """The project leader, until it is checked."""
    return _may(viewer, found, RequisitionAction.WITHDRAW)


def may_approve(viewer: Viewer, found: RequisitionOf) -> Verdict:
    """Anybody in the secretariat who is free of interest."""
    return _may(viewer, found, RequisitionAction.APPROVE)


def may_send_back(viewer: Viewer, found: RequisitionOf) -> Verdict:
    """Whoever has it to check or to pay."""
    return _may(viewer, found, RequisitionAction.RETURN)


def may_pay(viewer: Viewer, found: RequisitionOf) -> Verdict:
    """A controller of the whole programme: never the one who checked it, nor anybody with an interest."""
    return _may(viewer, found, RequisitionAction.PAY)


def may_repay(viewer: Viewer, found: RequisitionOf) -> Verdict:
    """A controller of the whole programme takes back what was paid and not used, also when the project has
    ended."""
    allowed = _is_controller(viewer, found.project)
    if allowed and found.state is not RequisitionState.PAID:
        return no(_l("Rekvisitionen är inte utbetald."))
    if allowed and not found.used:
        return no(_l("Allt som är utbetalt är redan återbetalt."))
    return allowed


def may_give_back(viewer: Viewer, project: Project) -> Verdict:
    """A controller of the whole programme returns what nobody has asked for."""
    allowed = _is_controller(viewer, project)
    if allowed and not queries.with_money_left(project.id):
        return no(_l("Det finns inget kvar att återföra."))
    return allowed


def _may(viewer: Viewer, found: RequisitionOf, action: RequisitionAction) -> Verdict:
    step = move(found.state, action)
    if step is None:
        return no(_l("Rekvisitionen har gått vidare, så det går inte att göra nu. Ladda om sidan."))
    return _HANDS[step.hand](viewer, found)


def _leads(viewer: Viewer, found: RequisitionOf) -> Verdict:
    if acts_as(viewer, found.project, Party.LEADER):
        return YES
    return no(_l("Det kan bara projektledaren göra."))


def _checks(viewer: Viewer, found: RequisitionOf) -> Verdict:
    return may_handle(viewer, found.project)


def _pays(viewer: Viewer, found: RequisitionOf) -> Verdict:
    allowed = _is_controller(viewer, found.project)
    if allowed and found.requisition.checked_by_id == viewer.id:
        return no(_l("Du har själv kontrollerat rekvisitionen. Någon annan måste betala ut den."))
    return allowed


def _is_controller(viewer: Viewer, project: Project) -> Verdict:
    if not viewer.has(Role.CONTROLLER):
        return no(_l("Det kan bara programmets controller göra."))
    return free_of_interest(viewer, project)


_HANDS: dict[Hand, Callable[[Viewer, RequisitionOf], Verdict]] = {
    Hand.LEADER: _leads,
    Hand.CHECKER: _checks,
    Hand.PAYER: _pays,
}
