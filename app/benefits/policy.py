"""Who may change a calculation. Whoever may read the project may read its calculation."""

from __future__ import annotations

from typing import Protocol

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.core.verdict import YES, Verdict, no
from app.core.workflow import EDITABLE, Party, State
from app.projects.models import Project
from app.projects.policy import acts_as


def may_edit(viewer: Viewer, project: Project) -> Verdict:
    """The project leader, as long as the application is a draft or returned for completion."""
    if not acts_as(viewer, project, Party.LEADER):
        return no(_l("Bara projektledaren kan ändra kalkylen."))
    if State(project.state) not in EDITABLE:
        return no(_l("Kalkylen går inte att ändra nu, för ansökan är inte längre ett utkast."))
    return YES


class OpenLine(Protocol):
    """A line with the project that it belongs to."""

    @property
    def project(self) -> Project: ...


def may_edit_line(viewer: Viewer, opened: OpenLine) -> Verdict:
    """The same for one line."""
    return may_edit(viewer, opened.project)
