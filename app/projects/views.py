"""Starting a project, and changing its own details."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.session import now, today, viewer
from app.programmes.queries import open_rounds, round_by_id, the_programme
from app.projects import interests, policy, queries, service
from app.projects.forms import DetailsForm, InterestForm, StartForm
from app.projects.models import Project, ProjectKind
from app.web.access import requires
from app.web.changing import on_saved, status_of
from app.web.opened import AUTO

bp = Blueprint("projects", __name__)


@bp.route("/projekt/nytt", methods=["GET", "POST"])
@requires(policy.may_start)
def start_project() -> ResponseReturnValue:
    """Start a project, then go on to its application."""
    programme = the_programme()
    if programme is None:
        return render_template("projects/no_programme.html")
    rounds = open_rounds(programme.id, today())
    form = StartForm(data={"round_id": rounds[0].id if rounds else None})
    form.offer_rounds(rounds)
    form.offer_departments(queries.departments_to_start_in(viewer()))
    if request.method == "GET":
        return render_template("projects/start.html", form=form, programme=programme)
    if not form.validate():
        return render_template("projects/start.html", form=form, programme=programme), 422
    project = service.start(
        viewer(),
        programme_id=programme.id,
        round_id=form.round_id.data,
        title=form.title.data or "",
        kind=ProjectKind(form.kind.data),
        department_id=form.department_id.data,
        now=now(),
        start_key=form.start_key.data or None,
    )
    flash(_("Projektet är startat. Nu kan du börja på ansökan."), "success")
    return redirect(url_for("applications.tasks", project_id=project.id))


@bp.route("/projekt/<int:project_id>/uppgifter", methods=["GET", "POST"])
@requires(policy.may_change_details, load=queries.project_for)
def details(project: Project) -> ResponseReturnValue:
    """Rename the project, or choose another round."""
    form = on_saved(partial(_details_form, project))
    if not form.validate_on_submit():
        return render_template("projects/details.html", form=form, project=project), status_of(form)
    service.change_details(
        viewer(), project, title=form.title.data or "", round_id=form.round_id.data, now=now()
    )
    flash(_("Uppgifterna är sparade."), "success")
    return redirect(url_for("applications.tasks", project_id=project.id))


@bp.route("/projekt/<int:project_id>/jav", methods=["GET", "POST"])
@requires(policy.may_declare_interest, load=queries.project_for)
def interest(project: Project) -> ResponseReturnValue:
    """Tell of an interest in the case; what it means, and what is told already."""
    form = InterestForm()
    if form.validate_on_submit():
        interests.declare(viewer(), project, form.reason.data or "", now())
        flash(_("Din anmälan om jäv är sparad. Du deltar inte längre i ärendet."), "success")
        return redirect(url_for(".interest", project_id=project.id))
    page = render_template(
        "projects/interest.html",
        project=project,
        form=form,
        told=queries.own_interest(viewer().id, project.id),
        free=policy.free_of_interest(viewer(), project),
    )
    return page, 422 if form.errors else 200


@bp.post("/projekt/<int:project_id>/jav/ta-tillbaka")
@requires(policy.may_declare_interest, load=queries.project_for)
def take_back_interest(project: Project) -> ResponseReturnValue:
    """The interest is no more."""
    interests.take_back(viewer(), project, now())
    flash(_("Anmälan om jäv är tillbakatagen."), "success")
    return redirect(url_for(".interest", project_id=project.id))


def _details_form(project: Project, formdata: Any = AUTO) -> DetailsForm:
    form = DetailsForm(formdata, data={"title": project.title, "round_id": project.round_id})
    chosen = round_by_id(project.round_id) if project.round_id else None
    form.offer_rounds(open_rounds(project.programme_id, today()), chosen)
    return form
