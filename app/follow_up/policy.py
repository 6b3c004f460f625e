"""Who writes a follow-up, who answers for it, who reads it, who answers it, and who closes the project."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.core.follow_up import FollowUpAction, after
from app.core.verdict import YES, Verdict, no
from app.core.workflow import FOLLOWED_UP, Action, Party, State
from app.follow_up.queries import FollowUpOf, FollowUpsOf, OpenVersion
from app.follow_up.sections import OpenSection
from app.projects.models import Project, ProjectKind
from app.projects.policy import acts_as, may, may_handle

GONE_ON = _l("Uppföljningen har gått vidare, så det går inte att göra nu. Ladda om sidan.")


def is_followed_up(project: Project) -> bool:
    """What an implementation project has left is followed up; a pre-study leaves nothing to be used, and a
    terminated project nothing to be followed."""
    left = State(project.state) in FOLLOWED_UP | {State.CLOSED}
    return left and project.kind == ProjectKind.IMPLEMENTATION


def may_see(_viewer: Viewer, found: FollowUpsOf) -> Verdict:
    """Whoever sees the case sees when it is followed up, and how that went."""
    if is_followed_up(found.project):
        return YES
    return no(_l("Uppföljningar görs när ett genomfört projekt har lämnats över."))


def may_open(viewer: Viewer, found: FollowUpOf) -> Verdict:
    """Whoever sees the case reads what has been sent; those who write it open it to write."""
    if found.newest is not None or may_write(viewer, found):
        return YES
    return no(_l("Uppföljningen är inte skickad än."))


def may_read(_viewer: Viewer, _found: OpenVersion) -> Verdict:
    """Whoever can load it (queries.version_for) sees the case, and reads what has been sent."""
    return YES


def answers_for(viewer: Viewer, found: FollowUpOf) -> bool:
    """Whether the viewer manages the department that has what the project left."""
    return found.follow_up.department_id in viewer.departments(Role.MANAGER)


def may_write(viewer: Viewer, found: FollowUpOf) -> Verdict:
    """The manager who answers for it, and the project leader as long as he or she is there: until it is sent,
    and when it comes back."""
    if not (answers_for(viewer, found) or acts_as(viewer, found.project, Party.LEADER)):
        return no(
            _l("Det kan bara verksamhetschefen i den förvaltning som äger tjänsten och projektledaren göra.")
        )
    if State(found.project.state) not in FOLLOWED_UP:
        return no(_l("Uppföljningen skrivs när projektet har lämnats över, tills det är avslutat."))
    if after(found.state, FollowUpAction.SEND) is None:
        return no(_l("Uppföljningen är skickad. Den går att ändra om den kommer tillbaka."))
    return YES


def may_write_section(viewer: Viewer, section: OpenSection) -> Verdict:
    """Who writes the follow-up writes each of its sections."""
    return may_write(viewer, section.found)


def may_send(viewer: Viewer, found: FollowUpOf) -> Verdict:
    """The manager who answers for it; not one who has led the project, since it judges what that left."""
    if not answers_for(viewer, found):
        return no(_l("Det kan bara verksamhetschefen i den förvaltning som äger tjänsten göra."))
    if acts_as(viewer, found.project, Party.LEADER):
        return no(_l("Du har lett projektet. En annan chef måste skicka uppföljningen."))
    return may_write(viewer, found)


def may_treat(viewer: Viewer, found: FollowUpOf) -> Verdict:
    """Anybody in the secretariat who is free of interest, once the follow-up has come in."""
    allowed = may_handle(viewer, found.project)
    if not allowed:
        return allowed
    if after(found.state, FollowUpAction.APPROVE) is None or State(found.project.state) not in FOLLOWED_UP:
        return no(GONE_ON)
    return YES


def may_close(viewer: Viewer, project: Project) -> Verdict:
    """The secretariat, when the project has been followed up; what must be in order first: see gates.py."""
    return may(viewer, project, Action.CLOSE)


def may_see_list(viewer: Viewer) -> Verdict:
    """Those who follow several projects; each sees the rows of the projects that he or she sees."""
    roles = (
        Role.SECRETARIAT, Role.COUNCIL, Role.DECISION_MAKER, Role.AUDITOR, Role.WORKING_GROUP,
        Role.CONTROLLER, Role.MANAGER,
    )  # fmt: skip
    if viewer.has_any(*roles):
        return YES
    return no(_l("Listan är till för dem som följer flera projekt."))
