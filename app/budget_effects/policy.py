"""Who promises a budget effect, who agrees, who enters it in the budget, who verifies, who takes it home."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.budget_effects import queries
from app.budget_effects.queries import EffectOf
from app.core.budget_effects import Form, Step, most_to_take
from app.core.realisation import BenefitStanding
from app.core.verdict import YES, Verdict, no
from app.projects.models import Project
from app.projects.policy import may_handle
from app.realisation.policy import may_read_benefit
from app.realisation.queries import BenefitOf

FOLLOWS = (
    Role.SECRETARIAT, Role.CONTROLLER, Role.MANAGER, Role.COUNCIL, Role.DECISION_MAKER, Role.AUDITOR,
)  # fmt: skip
"""Those who follow the budget effects of several projects."""
_GONE_ON = _l("Budgeteffekten har gått vidare, så det går inte att göra nu. Ladda om sidan.")
_BOTH = _l("Det kan bara verksamhetschefen i den förvaltning som äger nyttan göra, eller en controller.")


class Side(StrEnum):
    """The two who agree."""

    OWNER = "owner"
    """A manager of the department that owns the benefit."""
    CONTROLLER = "controller"
    """A controller of that department, or of the programme."""


def may_see_register(viewer: Viewer) -> Verdict:
    """The register is for managers, controllers, the secretariat, those who decide, and auditors."""
    if viewer.has_any(*FOLLOWS):
        return YES
    return no(_l("Registret är till för dem som följer budgeteffekter i flera projekt."))


def may_read_effect(viewer: Viewer, of: EffectOf) -> Verdict:
    """Whoever reads what comes of the benefit reads its budget effects."""
    return may_read_benefit(viewer, of.found)


def side_of(viewer: Viewer, project: Project, department_id: int) -> Side | None:
    """For whom the viewer speaks; None: for nobody. A controller who leads the project or has declared an
    interest in it does not speak for the budget."""
    if department_id in viewer.departments(Role.MANAGER):
        return Side.OWNER
    if viewer.has(Role.CONTROLLER, department_id) and _is_outside(viewer, project):
        return Side.CONTROLLER
    return None


def _is_outside(viewer: Viewer, project: Project) -> bool:
    return project.leader_id != viewer.id and all(row.person_id != viewer.id for row in project.interests)


def may_promise(viewer: Viewer, found: BenefitOf) -> Verdict:
    """A manager of the department that owns the benefit, or a controller, while the benefit goes on."""
    allowed = may_read_benefit(viewer, found)
    if not allowed:
        return allowed
    if side_of(viewer, found.project, found.owner_department_id) is None:
        return no(_BOTH)
    if found.benefit.standing == BenefitStanding.CLOSED:
        return no(_l("Nyttan är avslutad. Det som är överenskommet kan tas hem, men inget nytt utlovas."))
    if found.benefit.yearly is None:
        return no(_l("Nyttan räknas inte i kronor, så den har ingen budgeteffekt."))
    return YES


def may_answer(viewer: Viewer, of: EffectOf) -> Verdict:
    """The other of the two: a controller answers a manager's promise, a manager a controller's."""
    side = _side(viewer, of)
    if side is None:
        return no(_BOTH)
    if not of.standing.allows(Step.AGREE):
        return no(_GONE_ON)
    if of.effect.promised_by_id == viewer.id or side == of.effect.side:
        return no(_l("Den andra parten svarar: nyttans ägare och en controller kommer överens."))
    return YES


def may_withdraw(viewer: Viewer, of: EffectOf) -> Verdict:
    """Either of the two, until it is in the budget."""
    return _either(viewer, of, Step.WITHDRAW)


def may_enter(viewer: Viewer, of: EffectOf) -> Verdict:
    """Either of the two says in which document it is in the budget."""
    if Form(of.effect.form) is Form.CAPACITY:
        return no(_l("Tid som stannar som kapacitet ändrar ingen budget."))
    return _either(viewer, of, Step.ENTER)


def may_verify(viewer: Viewer, of: EffectOf) -> Verdict:
    """A controller, or somebody in the secretariat without an interest; never who entered it."""
    controls = viewer.has(Role.CONTROLLER, of.effect.department_id) and _is_outside(viewer, of.project)
    if not controls and not may_handle(viewer, of.project):
        return no(_l("Det kan bara en controller eller programsekretariatet göra."))
    if not of.standing.allows(Step.VERIFY):
        return no(_GONE_ON)
    entered = queries.entered(of.effect.id)
    if entered is None or entered.by_id == viewer.id:
        return no(_l("Du har själv skrivit in budgetbeslutet. Någon annan måste kontrollera det."))
    return YES


def may_take(viewer: Viewer, of: EffectOf) -> Verdict:
    """A controller, as far as the benefit has been measured and not been taken home."""
    if _side(viewer, of) is not Side.CONTROLLER:
        return no(_l("Det kan bara en controller göra."))
    if not of.standing.allows(Step.TAKE):
        return no(_GONE_ON)
    if most_to_take(of.standing, queries.pool_of(of.found.benefit)) <= 0:
        return no(_l("Inget av nyttan är mätt som inte redan är hemtaget. Nyttan måste mätas först."))
    return YES


def may_take_back(viewer: Viewer, of: EffectOf) -> Verdict:
    """A controller, of what is taken home."""
    if _side(viewer, of) is not Side.CONTROLLER:
        return no(_l("Det kan bara en controller göra."))
    return YES if of.standing.allows(Step.TAKE_BACK) else no(_GONE_ON)


def _either(viewer: Viewer, of: EffectOf, step: Step) -> Verdict:
    if _side(viewer, of) is None:
        return no(_BOTH)
    return YES if of.standing.allows(step) else no(_GONE_ON)


def _side(viewer: Viewer, of: EffectOf) -> Side | None:
    return side_of(viewer, of.project, of.effect.department_id)
