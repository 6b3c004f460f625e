"""Who asks for changes, who treats them, and when."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.core.changes import ASKED_IN, TARGETS, WRITTEN_IN, ChangeAction
from app.core.verdict import YES, Verdict, no
from app.core.workflow import GRANTED, Action, Party, State
from app.delivery.changes.queries import ChangeOf, PartOf
from app.projects.models import Project
from app.projects.policy import acts_as, may, may_handle


def may_read_changes(_viewer: Viewer, project: Project) -> Verdict:
    """Whoever sees the case reads what has been asked for, once money is granted."""
    if State(project.state) in GRANTED:
        return YES
    return no(_l("Ändringar begärs när pengar är beviljade."))


def may_ask_for_change(viewer: Viewer, project: Project) -> Verdict:
    """The project leader, as long as the project can change."""
    if not acts_as(viewer, project, Party.LEADER):
        return no(_l("Det kan bara projektledaren göra."))
    if State(project.state) not in ASKED_IN:
        return no(_l("Projektet avslutas eller är avslutat, så det går inte att ändra."))
    return YES


def may_read(_viewer: Viewer, _found: ChangeOf) -> Verdict:
    """Whoever can load the request (queries.change_for) reads it."""
    return YES


def may_read_sent(_viewer: Viewer, found: ChangeOf) -> Verdict:
    """What has been sent is a document."""
    return YES if found.request.versions else no(_l("Begäran är inte skickad än."))


def may_write(viewer: Viewer, found: ChangeOf) -> Verdict:
    """The project leader, until it is sent, and while a question is answered."""
    allowed = may_ask_for_change(viewer, found.project)
    if allowed and found.state not in WRITTEN_IN:
        return _MOVED_ON
    return allowed


def may_write_part(viewer: Viewer, asked: PartOf) -> Verdict:
    """Whoever writes the request."""
    return may_write(viewer, asked.found)


def may_send(viewer: Viewer, found: ChangeOf) -> Verdict:
    """The project leader sends the draft."""
    return _leader(viewer, found, ChangeAction.SEND)


def may_answer(viewer: Viewer, found: ChangeOf) -> Verdict:
    """The project leader answers what the secretariat has asked."""
    return _leader(viewer, found, ChangeAction.ANSWER)


def may_withdraw(viewer: Viewer, found: ChangeOf) -> Verdict:
    """The project leader takes a request back until it is decided."""
    return _leader(viewer, found, ChangeAction.WITHDRAW)


def may_ask(viewer: Viewer, found: ChangeOf) -> Verdict:
    """Anybody in the secretariat without an interest asks."""
    return _secretariat(viewer, found, ChangeAction.ASK)


def may_decide(viewer: Viewer, found: ChangeOf) -> Verdict:
    """Anybody in the secretariat without an interest registers what was decided."""
    return _secretariat(viewer, found, ChangeAction.DECIDE)


def may_continue(viewer: Viewer, project: Project) -> Verdict:
    """The project leader takes the work up again after a pause."""
    return may(viewer, project, Action.CONTINUE)


_MOVED_ON = no(_l("Begäran har gått vidare, så det går inte att göra nu. Ladda om sidan."))


def _leader(viewer: Viewer, found: ChangeOf, action: ChangeAction) -> Verdict:
    allowed = may_ask_for_change(viewer, found.project)
    return _if_possible(found, action) if allowed else allowed


def _secretariat(viewer: Viewer, found: ChangeOf, action: ChangeAction) -> Verdict:
    allowed = may_handle(viewer, found.project)
    if allowed and State(found.project.state) not in ASKED_IN:
        return no(_l("Projektet avslutas eller är avslutat, så begäran avgörs inte mer."))
    return _if_possible(found, action) if allowed else allowed


def _if_possible(found: ChangeOf, action: ChangeAction) -> Verdict:
    return YES if (found.state, action) in TARGETS else _MOVED_ON
