"""Who reads what comes of benefits, who says how they are measured, and who measures."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.core.realisation import BenefitStanding
from app.core.verdict import YES, Verdict, no
from app.core.workflow import COMPLETED, GRANTED, State
from app.projects.models import Project
from app.projects.policy import may_handle
from app.realisation.queries import BenefitOf, MeasurementOf, proposed_end

_CLOSED = _l("Nyttan är avslutad och ändras inte mer.")

FOLLOWS = (
    Role.SECRETARIAT, Role.CONTROLLER, Role.MANAGER, Role.WORKING_GROUP, Role.COUNCIL, Role.DECISION_MAKER,
    Role.AUDITOR,
)  # fmt: skip
"""Those who follow the benefits of several projects."""


def may_read_benefits(_viewer: Viewer, project: Project) -> Verdict:
    """Whoever sees the case reads what comes of its benefits, from the day that its plan is established."""
    if State(project.state) in GRANTED - {State.APPROVED}:
        return YES
    return no(_l("Nyttorna följs när planen är fastställd. Tills dess står de i ansökan."))


def may_read_benefit(viewer: Viewer, found: BenefitOf) -> Verdict:
    """The same of one."""
    return may_read_benefits(viewer, found.project)


def may_plan_benefit(viewer: Viewer, found: BenefitOf) -> Verdict:
    """The project leader until the project has ended; the managers of the department that owns it."""
    if not may_read_benefits(viewer, found.project):
        return may_read_benefits(viewer, found.project)
    if found.benefit.standing == BenefitStanding.CLOSED:
        return no(_CLOSED)
    if _leads(viewer, found.project) or _manages(viewer, found):
        return YES
    return no(
        _l("Det kan bara projektledaren göra, eller verksamhetschefen i den förvaltning som äger nyttan.")
    )


def may_measure(viewer: Viewer, found: BenefitOf) -> Verdict:
    """Whoever measures or owns it, its department's managers, and the project leader until the end."""
    if found.benefit.standing == BenefitStanding.CLOSED:
        return no(_CLOSED)
    plan = found.plan
    if plan is None:
        return no(_l("Skriv nyttoplanen först: vem som äger nyttan, och hur den mäts."))
    if found.benefit.starts_on is None:
        return no(_l("Nyttan har ingen startdag än. Ange den i projektets plan."))
    named = viewer.id in {plan.measurer_id, plan.owner_id}
    if named or _leads(viewer, found.project) or _manages(viewer, found):
        return YES
    return no(_l("Det kan bara den göra som mäter eller äger nyttan."))


def may_correct(viewer: Viewer, of: MeasurementOf) -> Verdict:
    """The same people put a measurement right, by another that replaces it."""
    return may_measure(viewer, of.found)


def may_expect(viewer: Viewer, found: BenefitOf) -> Verdict:
    """Whoever plans the benefit says what is expected of it, when it has a price and goes on."""
    allowed = may_plan_benefit(viewer, found)
    if allowed and (found.benefit.yearly is None or found.benefit.starts_on is None):
        return no(_l("Nyttan har inget pris eller ingen startdag, så den har ingen prognos i kronor."))
    return allowed


def may_decide_promise(viewer: Viewer, found: BenefitOf) -> Verdict:
    """Somebody in the secretariat without an interest, when the project has ended and the benefit goes on."""
    allowed = may_handle(viewer, found.project)
    if not allowed:
        return allowed
    if State(found.project.state) not in COMPLETED:
        return no(_l("Så länge projektet pågår ändras löftet med en ändringsbegäran."))
    if found.benefit.standing == BenefitStanding.CLOSED:
        return no(_CLOSED)
    if found.benefit.yearly is None:
        return no(_l("Nyttan har inget pris, så det finns inget belopp att ändra."))
    return YES


def may_propose_end(viewer: Viewer, found: BenefitOf) -> Verdict:
    """A manager of the department that owns the benefit proposes how it ends."""
    if not may_read_benefits(viewer, found.project):
        return may_read_benefits(viewer, found.project)
    if not _manages(viewer, found):
        return no(_l("Det kan bara verksamhetschefen i den förvaltning som äger nyttan göra."))
    if found.benefit.standing != BenefitStanding.OPEN:
        return no(_l("Det är redan föreslaget hur nyttan avslutas."))
    return YES


def may_judge_end(viewer: Viewer, found: BenefitOf) -> Verdict:
    """Somebody in the secretariat without an interest, who has not proposed it."""
    allowed = may_handle(viewer, found.project)
    if not allowed:
        return allowed
    proposed = proposed_end(found.benefit.id)
    if found.benefit.standing != BenefitStanding.PROPOSED or proposed is None:
        return no(_l("Ingen har föreslagit att nyttan avslutas."))
    if proposed.proposed_by_id == viewer.id:
        return no(_l("Du har själv föreslagit det. Någon annan måste pröva det."))
    return YES


def may_see_register(viewer: Viewer) -> Verdict:
    """The register of all benefits is for those who follow several projects."""
    if viewer.has_any(*FOLLOWS):
        return YES
    return no(_l("Registret är till för dem som följer flera projekt."))


def _leads(viewer: Viewer, project: Project) -> bool:
    return project.leader_id == viewer.id and State(project.state) not in COMPLETED


def _manages(viewer: Viewer, found: BenefitOf) -> bool:
    return found.owner_department_id in viewer.departments(Role.MANAGER)
