"""Who may check a case, and who reads what was found."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.core.verdict import YES, Verdict, no
from app.core.workflow import Action, State
from app.projects.models import Project
from app.projects.policy import free_of_interest, may, may_handle
from app.reviews.checklist import Check
from app.reviews.queries import AskedQuestion


def may_read_case(viewer: Viewer, project: Project) -> Verdict:
    """The page of the case is for those who handle and decide, never for one with an interest in it.

    There it stands who checks, what was found and what is asked.
    """
    if viewer.has_any(Role.SECRETARIAT, Role.AUDITOR, Role.COUNCIL, Role.DECISION_MAKER):
        return free_of_interest(viewer, project)
    return no(_l("Sidan är till för dem som handlägger ärendet. Du ser det på projektets egen sida."))


def may_see_check(viewer: Viewer, project: Project) -> Verdict:
    """The checklist's answers and notes are the secretariat's own; the auditor reads everything."""
    if viewer.has(Role.AUDITOR):
        return free_of_interest(viewer, project)
    return may_handle(viewer, project)


def may_register(viewer: Viewer, project: Project) -> Verdict:
    """Anybody in the secretariat takes a submitted application in, and becomes its handler."""
    allowed = may(viewer, project, Action.REGISTER)
    if not allowed and project.handler is not None and may_handle(viewer, project):
        return no(_l("%(name)s har redan registrerat ärendet.", name=project.handler.name))
    return allowed


def may_claim(viewer: Viewer, project: Project) -> Verdict:
    """Anybody else in the secretariat may take a registered case over."""
    allowed = may_handle(viewer, project)
    if not allowed:
        return allowed
    if project.case_number is None:
        return no(_l("Registrera ärendet först."))
    return no(_l("Du handlägger redan ärendet.")) if project.handler_id == viewer.id else YES


def _as_handler(viewer: Viewer, project: Project, action: Action) -> Verdict:
    allowed = may(viewer, project, action)
    if allowed and project.handler_id != viewer.id:
        name = project.handler.name if project.handler else _l("Ingen")
        return no(_l("%(name)s handlägger ärendet. Ta över det först.", name=name))
    return allowed


def may_check(viewer: Viewer, project: Project) -> Verdict:
    """The handler answers the checklist as long as the check goes on."""
    return _as_handler(viewer, project, Action.ACCEPT_AS_COMPLETE)


def may_return(viewer: Viewer, project: Project) -> Verdict:
    """The handler returns the application for completion."""
    return _as_handler(viewer, project, Action.RETURN_FOR_COMPLETION)


def may_accept(viewer: Viewer, project: Project, check: Check) -> Verdict:
    """The handler ends the check when every point is answered and none is lacking."""
    allowed = may_check(viewer, project)
    if not allowed:
        return allowed
    if check.unanswered:
        return no(_l("Svara på alla punkter i fullständighetskontrollen först."))
    if check.lacking:
        return no(_l("Något saknas enligt fullständighetskontrollen. Begär komplettering."))
    return YES


def may_refer(viewer: Viewer, project: Project) -> Verdict:
    """The handler sends an assessed case to the council."""
    return _as_handler(viewer, project, Action.REFER_TO_COUNCIL)


def may_answer(viewer: Viewer, asked: AskedQuestion) -> Verdict:
    """The project leader answers as long as the application is with the applicant for completion."""
    if asked.project.leader_id != viewer.id:
        return no(_l("Det kan bara projektledaren göra."))
    if State(asked.project.state) is not State.RETURNED:
        return no(_l("Ärendet har gått vidare, så det går inte att göra nu. Ladda om sidan."))
    return YES
