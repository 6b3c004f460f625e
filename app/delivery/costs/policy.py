"""Who reads and who enters what a project has cost."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.core.verdict import YES, Verdict, no
from app.core.workflow import FUNDED, GRANTED, INTERRUPTED, Party, State
from app.delivery.costs.queries import EffortOf, EntryOf, ReadInOf, UploadOf, is_undone, is_voided
from app.delivery.plans.queries import plan_of
from app.projects.models import Project
from app.projects.policy import acts_as

BOOKED = FUNDED - {State.APPROVED}
"""From the day that the plan is established: until then its lines come and go."""


def may_read_costs(_viewer: Viewer, project: Project) -> Verdict:
    """Whoever sees the case reads what it costs, once the plan is established."""
    if State(project.state) in GRANTED - {State.APPROVED} and not _ended_without_a_plan(project):
        return YES
    return no(_l("Kostnader och timmar visas när projektets plan är fastställd."))


def _ended_without_a_plan(project: Project) -> bool:
    """It was interrupted before it had a plan to book on: what it spent is told in words."""
    return State(project.state) in INTERRUPTED and plan_of(project.id) is None


def may_enter(viewer: Viewer, project: Project) -> Verdict:
    """The project leader, once the plan is established."""
    if not acts_as(viewer, project, Party.LEADER):
        return no(_l("Det kan bara projektledaren göra."))
    if State(project.state) not in BOOKED or _ended_without_a_plan(project):
        return no(_l("Kostnader och timmar bokförs när projektets plan är fastställd."))
    return YES


def may_void(viewer: Viewer, found: EntryOf) -> Verdict:
    """The project leader, once for each entry."""
    allowed = may_enter(viewer, found.project)
    if allowed and is_voided(found.entry.id):
        return no(_l("Posten är redan makulerad."))
    return allowed


def may_assess(viewer: Viewer, found: EffortOf) -> Verdict:
    """The project leader judges how much a role has worked."""
    return may_enter(viewer, found.project)


def may_read_in(viewer: Viewer, found: UploadOf) -> Verdict:
    """The project leader, a file that he or she has begun with (queries.upload_for)."""
    return may_enter(viewer, found.project)


def may_void_read_in(viewer: Viewer, found: ReadInOf) -> Verdict:
    """The project leader, once for each file."""
    allowed = may_enter(viewer, found.project)
    if allowed and is_undone(found.read_in.id):
        return no(_l("Inläsningen är redan makulerad."))
    return allowed
