"""What is seen from above: the start page, the list of cases, the project page."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.accounts.policy import may_administer, signed_in
from app.projects.models import Project
from app.projects.policy import visible
from app.projects.queries import project_for
from app.web import styleguide as sample
from app.web.access import requires

bp = Blueprint("overview", __name__)


@bp.get("/")
@requires(signed_in)
def start() -> ResponseReturnValue:
    """What waits for me."""
    return render_template("overview/start.html")


@bp.get("/arenden")
@requires(signed_in)
def queue() -> ResponseReturnValue:
    """The list of cases."""
    return render_template("overview/start.html")


@bp.get("/projekt/<int:project_id>")
@requires(visible, load=project_for)
def project(project: Project) -> ResponseReturnValue:
    """One project."""
    return render_template("overview/start.html", project=project)


@bp.get("/styleguide")
@requires(may_administer)
def styleguide() -> ResponseReturnValue:
    """Every macro in every state."""
    return render_template("styleguide.html", **sample.samples())
