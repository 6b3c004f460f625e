"""Who proposes how a year is shared, and who answers for a department. Nobody answers for another."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.core.sharing import Reason, ShareState
from app.core.verdict import YES, Verdict, no
from app.operations import policy
from app.operations.sharing.queries import ShareOf, SharingOf, share_state
from app.projects.policy import is_outside


def may_see_year(_viewer: Viewer, _found: SharingOf) -> Verdict:
    """Whoever can load the service reads how its cost is shared; a department that has a share can."""
    return YES


def may_see_share(_viewer: Viewer, _found: ShareOf) -> Verdict:
    """The same of one department's bill: the key is the same for all of them."""
    return YES


def may_propose(viewer: Viewer, found: SharingOf) -> Verdict:
    """Whoever writes what the service costs every year."""
    return policy.may_write(viewer, found.of)


def may_withdraw(viewer: Viewer, found: SharingOf) -> Verdict:
    """The same, where the year is shared."""
    if found.standing is None or found.standing.why is Reason.WITHDRAWN:
        return no(_l("Kostnaden för det året delas inte."))
    return may_propose(viewer, found)


def may_answer_share(viewer: Viewer, found: ShareOf) -> Verdict:
    """The manager of the department, until it has accepted. Whoever proposed the key answers for the
    department that owns the service at most, and while a project has it nobody who leads it or has declared
    an interest answers."""
    department_id = found.share.department_id
    if department_id not in viewer.departments(Role.MANAGER):
        return no(_l("Det kan bara förvaltningens verksamhetschef göra."))
    of = found.found.of
    if found.sharing.proposed_by_id == viewer.id and department_id != of.service.department_id:
        return no(_l("Du har föreslagit nyckeln. Någon annan måste svara för förvaltningen."))
    if of.project is not None and policy.is_with_its_project(of):
        outside = is_outside(viewer, of.project)
        if not outside:
            return outside
    if share_state(found.share) is ShareState.ACCEPTED:
        return no(_l("Förvaltningen har redan godkänt sin andel."))
    return YES
