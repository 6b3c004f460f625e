"""An application on paper."""

from __future__ import annotations

from functools import partial

from flask import abort, request
from flask.typing import ResponseReturnValue

from app.accounts.session import today, viewer
from app.applications.blueprint import bp
from app.projects.models import Project
from app.projects.policy import sees_working_copy, visible
from app.projects.queries import project_for
from app.web import paper
from app.web.access import requires
from app.web.language import current_language


@bp.get("/projekt/<int:project_id>/ansokan.pdf")
@requires(visible, load=project_for)
def pdf(project: Project) -> ResponseReturnValue:
    """The whole application as a PDF: a submitted version, or the draft for those who may read it."""
    from app.applications.documents import application_pdf, edition_of

    sees_draft = sees_working_copy(viewer(), project)
    edition = edition_of(project, request.args.get("version", ""), sees_draft=sees_draft, today=today())
    if edition is None:
        abort(404)
    return paper.answer(partial(application_pdf, edition, current_language()), edition.filename)
