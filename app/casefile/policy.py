"""Who gets a whole case as one document."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.core.verdict import Verdict, no
from app.core.workflow import DECIDED, State
from app.decisions.policy import may_read_memo
from app.projects.models import Project


def may_print_case(viewer: Viewer, project: Project) -> Verdict:
    """Whoever reads what the decision rests on, once it is decided; what is in it besides is read by all who
    see the case."""
    if State(project.state) not in DECIDED:
        return no(_l("Hela ärendet finns som ett dokument när det är beslutat."))
    return may_read_memo(viewer, project)
