"""The calculation of a project as a page, and its results while a line is being written."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.accounts.session import today, viewer
from app.benefits import policy, queries, results, views_lines
from app.benefits.beside import beside
from app.benefits.blueprint import bp
from app.benefits.page import page_of, workings_of
from app.benefits.submitted import inputs_as_read_by
from app.core.errors import InputError
from app.projects.models import Project, ProjectKind
from app.projects.policy import visible
from app.projects.queries import project_for
from app.web.access import requires
from app.web.keys import repeatable
from app.web.language import current_language

__all__ = ["bp", "views_lines"]


@bp.get("/projekt/<int:project_id>/kalkyl")
@requires(visible, load=project_for)
def lines(project: Project) -> ResponseReturnValue:
    """The whole calculation, from its finding to its assumptions."""
    inputs = inputs_as_read_by(viewer(), project, today())
    return render_template(
        "benefits/lines.html",
        project=project,
        page=page_of(inputs, current_language(), pre_study=project.kind == ProjectKind.PRE_STUDY),
        beside=beside(project, inputs, today()),
        may_edit=policy.may_edit(viewer(), project),
        leads=project.leader_id == viewer().id,
    )


@bp.get("/projekt/<int:project_id>/kalkyl/utrakning")
@requires(visible, load=project_for)
def workings(project: Project) -> ResponseReturnValue:
    """How each benefit in kronor was counted."""
    inputs = inputs_as_read_by(viewer(), project, today())
    page = workings_of(inputs, current_language())
    return render_template("benefits/workings.html", project=project, page=page)


@bp.post("/projekt/<int:project_id>/kalkyl/prova")
@requires(policy.may_edit, load=project_for)
@repeatable
def try_out(project: Project) -> ResponseReturnValue:
    """The result as it would be with the line as it is typed now. Nothing is stored."""
    stored = queries.inputs_for(project, today())
    typed = views_lines.with_typed_line(project, stored, request.args.get("line", ""))
    try:
        figures = results.strip(typed, current_language())
    except InputError:  # a number beyond what can be counted with: its field says so when it is saved
        figures = results.strip(stored, current_language())
    return render_template("benefits/strip.html", figures=figures)
