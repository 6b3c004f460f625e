"""The page of a whole case: what it consists of, and where it is ordered as one document."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.session import now, today, viewer
from app.casefile.policy import may_print_case
from app.casefile.printing import CASE
from app.jobs import service as jobs
from app.projects.models import Project
from app.projects.queries import project_for
from app.web.access import requires

bp = Blueprint("casefile", __name__)

AT = "/projekt/<int:project_id>/hela-arendet"


@bp.get(AT)
@requires(may_print_case, load=project_for)
def case(project: Project) -> ResponseReturnValue:
    """What the case consists of."""
    from app.casefile.contents import parts_of

    parts = parts_of(viewer(), project, today())
    return render_template("casefile/case.html", project=project, parts=parts)


@bp.post(AT)
@requires(may_print_case, load=project_for)
def order(project: Project) -> ResponseReturnValue:
    """Have the case made as one document, and be told when it is there."""
    asked = {"project_id": project.id, "day": today().isoformat()}
    title = _("Hela ärendet: %(title)s", title=project.title)
    job = jobs.ask(viewer(), CASE, asked, title, now())
    return redirect(url_for("jobs.job", job_id=job.id))
