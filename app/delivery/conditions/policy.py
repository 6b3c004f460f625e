"""Who says that a condition is met, and who agrees."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.core.conditions import ConditionAction, after
from app.core.verdict import YES, Verdict, no
from app.core.workflow import FUNDED, Party, State
from app.delivery.conditions.models import ConditionProof
from app.delivery.conditions.queries import ConditionOf
from app.projects.policy import acts_as, may_handle

_MOVED_ON = _l("Villkoret har gått vidare, så det går inte att göra nu. Ladda om sidan.")


def sees_proof(_viewer: Viewer, _proof: ConditionProof) -> Verdict:
    """Whoever can load it (queries.proof_for) may read the case, its conditions too."""
    return YES


def may_report(viewer: Viewer, found: ConditionOf) -> Verdict:
    """The project leader, as long as the condition is to be met and the project works with its money."""
    if not acts_as(viewer, found.project, Party.LEADER):
        return no(_l("Det kan bara projektledaren göra."))
    if State(found.project.state) not in FUNDED:
        return no(_l("Villkor redovisas medan projektet pågår."))
    return YES if after(found.state, ConditionAction.REPORT) else no(_MOVED_ON)


def may_assess(viewer: Viewer, found: ConditionOf) -> Verdict:
    """Anybody in the secretariat who is free of interest, once it is said to be met."""
    allowed = may_handle(viewer, found.project)
    if not allowed:
        return allowed
    if State(found.project.state) not in FUNDED:
        return no(_l("Villkor redovisas medan projektet pågår."))
    return YES if after(found.state, ConditionAction.APPROVE) else no(_MOVED_ON)
