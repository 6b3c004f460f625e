"""Who may write, sign and read an application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.applications.addressed import AttachmentOf, SectionOf
from app.core.verdict import YES, Verdict, no
from app.core.workflow import EDITABLE, SIGNING, Action, Party, State
from app.projects.models import Project
from app.projects.policy import acts_as, may


def may_write(viewer: Viewer, project: Project) -> Verdict:
    """The project leader, as long as the application is a draft or returned for completion."""
    if not acts_as(viewer, project, Party.LEADER):
        return no(_l("Bara projektledaren kan ändra ansökan."))
    if State(project.state) not in EDITABLE:
        return no(_l("Ansökan går inte att ändra nu. Ta tillbaka den om den väntar på underskrift."))
    return YES


def may_write_form(viewer: Viewer, form: SectionOf) -> Verdict:
    """Whoever may write the application may write each of its sections."""
    return may_write(viewer, form.project)


def sees_form(_viewer: Viewer, _form: SectionOf) -> Verdict:
    """Whoever can load it (queries.section_of) sees the project; who may not write is led to the text."""
    return YES


def sees_attachment(_viewer: Viewer, _found: AttachmentOf) -> Verdict:
    """Whoever can load it (queries.attachment_for) may read the project, its attachments too."""
    return YES


def may_remove_attachment(viewer: Viewer, found: AttachmentOf) -> Verdict:
    """Whoever may write the application."""
    return may_write(viewer, found.project)


def may_ask_for_signature(viewer: Viewer, project: Project) -> Verdict:
    """The project leader, from a draft or a completion."""
    return may(viewer, project, Action.ASK_FOR_SIGNATURE)


def may_recall(viewer: Viewer, project: Project) -> Verdict:
    """The project leader, until the manager has signed."""
    return may(viewer, project, Action.RECALL)


def may_sign(viewer: Viewer, project: Project) -> Verdict:
    """The manager of the lead department, who does not lead the project."""
    return may(viewer, project, Action.SIGN)


def may_resubmit(viewer: Viewer, project: Project) -> Verdict:
    """The project leader, once the case is back for completion."""
    return may(viewer, project, Action.RESUBMIT)


def may_withdraw(viewer: Viewer, project: Project) -> Verdict:
    """The project leader, until the case is with the council."""
    return may(viewer, project, Action.WITHDRAW)


def awaits_signature(project: Project) -> bool:
    """Nobody writes now: the manager reads."""
    return State(project.state) in SIGNING
