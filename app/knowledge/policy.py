"""Who reads lessons, and who answers them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.core.verdict import YES, Verdict, no
from app.core.workflow import EDITABLE, Party, State
from app.knowledge.queries import PointOf
from app.projects.models import Project
from app.projects.policy import acts_as


def may_read_lessons(_viewer: Viewer) -> Verdict:
    """Everybody who signs in: lessons are approved to be read by those who come after. Who does not see the
    case is not told which it was."""
    return YES


def may_read_outcomes(viewer: Viewer) -> Verdict:
    """Those who handle or follow several cases; each finds what became of those that he or she sees."""
    if viewer.has_any(*_FOLLOW):
        return YES
    return no(_l("Sidan är till för dem som handlägger eller följer flera projekt."))


_FOLLOW = (
    Role.SECRETARIAT, Role.COUNCIL, Role.DECISION_MAKER, Role.AUDITOR, Role.WORKING_GROUP, Role.CONTROLLER,
    Role.MANAGER,
)  # fmt: skip


def may_read_points(_viewer: Viewer, _project: Project) -> Verdict:
    """Whoever sees the case reads what its application answers (queries.answers_in says how far)."""
    return YES


def may_answer_points(viewer: Viewer, project: Project) -> Verdict:
    """The project leader, as long as the application is being written."""
    if not acts_as(viewer, project, Party.LEADER):
        return no(_l("Det kan bara projektledaren göra."))
    if State(project.state) not in EDITABLE:
        return no(_l("Lärdomar besvaras medan ansökan skrivs."))
    return YES


def may_answer(viewer: Viewer, point: PointOf) -> Verdict:
    """Who answers for the application answers each of its points."""
    return may_answer_points(viewer, point.project)
