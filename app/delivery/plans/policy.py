"""Who plans a project, and when."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.core.verdict import YES, Verdict, no
from app.core.workflow import FUNDED, GRANTED, Action, Party, State
from app.delivery.plans.queries import OpenBaseline, plan_of
from app.projects.models import Project
from app.projects.policy import acts_as, may


def may_read_plan(_viewer: Viewer, project: Project) -> Verdict:
    """Whoever sees the case reads its plan, once money is granted."""
    if State(project.state) in GRANTED:
        return YES
    return no(_l("Projektet har ingen plan än. Den görs när pengar är beviljade."))


def may_read_baseline(_viewer: Viewer, _opened: OpenBaseline) -> Verdict:
    """Whoever sees the case reads its baselines."""
    return YES


def may_draw_up(viewer: Viewer, project: Project) -> Verdict:
    """The project leader draws up the plan when money is granted, once."""
    allowed = may(viewer, project, Action.START_RUNNING)
    if allowed and plan_of(project.id) is not None:
        return no(_l("Planen är redan påbörjad. Fortsätt med den."))
    return allowed


def may_plan(viewer: Viewer, project: Project) -> Verdict:
    """The project leader writes the plan until it is established; after that it changes by decision."""
    allowed = may(viewer, project, Action.START_RUNNING)
    if allowed and plan_of(project.id) is None:
        return no(_l("Planen är inte påbörjad. Börja på planens sida."))
    return allowed


def may_steer(viewer: Viewer, project: Project) -> Verdict:
    """The project leader keeps the steering group and its meetings up to date, while the project runs too."""
    if not acts_as(viewer, project, Party.LEADER):
        return no(_l("Det kan bara projektledaren göra."))
    if plan_of(project.id) is None or State(project.state) not in FUNDED:
        return no(_l("Planen är inte påbörjad. Börja på planens sida."))
    return YES
