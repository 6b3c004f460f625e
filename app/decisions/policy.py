"""Who registers opinions and decisions, and who reads meeting packs."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.core.verdict import YES, Verdict, no
from app.core.workflow import Action, State
from app.decisions.queries import SETTLED, Agenda
from app.projects.models import Project
from app.projects.policy import free_of_interest, may


def may_record_opinion(viewer: Viewer, project: Project) -> Verdict:
    """Anybody in the secretariat registers what the council said, except about a project of their own."""
    return may(viewer, project, Action.RECORD_OPINION)


def may_decide(viewer: Viewer, project: Project) -> Verdict:
    """Anybody in the secretariat registers a decision; approving and rejecting ask for the same."""
    return may(viewer, project, Action.APPROVE)


def may_resume(viewer: Viewer, project: Project) -> Verdict:
    """A postponed case is taken up again by the secretariat."""
    return may(viewer, project, Action.RESUME)


def may_make_packs(viewer: Viewer) -> Verdict:
    """The secretariat prepares the meetings."""
    return YES if viewer.has(Role.SECRETARIAT) else no(_l("Det kan bara programsekretariatet göra."))


def may_read_packs(viewer: Viewer, _agenda: object = None) -> Verdict:
    """The packs are for those who treat, decide and audit."""
    if viewer.has_any(Role.SECRETARIAT, Role.COUNCIL, Role.DECISION_MAKER, Role.AUDITOR):
        return YES
    return no(_l("Möteshandlingarna är till för rådet, beslutsfattarna, revisorerna och sekretariatet."))


def may_read_memo(viewer: Viewer, project: Project) -> Verdict:
    """The memo is for those who treat, decide and audit; once it is decided, for those who applied too.

    Whoever treats cases and has an interest in this one waits for the decision as well.
    """
    if project.submitted_at is None:
        return no(_l("Beslutsunderlaget finns när ansökan har kommit in."))
    treats = bool(may_read_packs(viewer))
    applicant = project.leader_id == viewer.id or viewer.has(Role.MANAGER, project.lead_department_id)
    if (treats or applicant) and State(project.state) in SETTLED:
        return YES
    if treats and free_of_interest(viewer, project):
        return YES
    return no(_l("Du kan läsa beslutsunderlaget när ärendet är beslutat."))


def may_print_pack(viewer: Viewer, agenda: Agenda) -> Verdict:
    """Whoever reads packs, as long as there is a case on the agenda that the viewer may see."""
    allowed = may_read_packs(viewer)
    if allowed and not agenda.items:
        return no(_l("Mötet har inga ärenden som du har rätt att se."))
    return allowed
