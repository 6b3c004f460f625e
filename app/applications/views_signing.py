"""Signing, submitting, completing and taking back."""

from __future__ import annotations

from functools import partial

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.session import now, today, viewer
from app.applications import notes, policy, queries, service
from app.applications.blueprint import bp
from app.applications.forms import CommentForm, SignForm, WithdrawForm
from app.applications.snapshot import document_of, sha256_of
from app.applications.views_reading import reading_of
from app.applications.views_writing import check_page
from app.benefits.labels import name_of
from app.projects.models import Project
from app.projects.policy import visible
from app.projects.queries import project_for
from app.web.access import requires
from app.web.changing import on_saved, status_of


def _to_project(project: Project) -> ResponseReturnValue:
    return redirect(url_for("overview.project", project_id=project.id))


def _open_questions(project: Project) -> int:
    return sum(notes.open_questions(project).values())


@bp.post("/projekt/<int:project_id>/ansokan/underskrift")
@requires(policy.may_ask_for_signature, load=project_for)
def ask_for_signature(project: Project) -> ResponseReturnValue:
    """Send the application to the manager; with something lacking, show what."""
    try:
        service.ask_for_signature(viewer(), project, now(), open_questions=_open_questions(project))
    except service.IncompleteError:
        return check_page(project), 422
    flash(_("Ansökan är skickad för underskrift. Verksamhetschefen har fått en avisering."), "success")
    return _to_project(project)


@bp.post("/projekt/<int:project_id>/ansokan/ta-tillbaka")
@requires(policy.may_recall, load=project_for)
def recall(project: Project) -> ResponseReturnValue:
    """Take the application back from the manager."""
    service.recall(viewer(), project, now())
    flash(_("Ansökan är tillbaka hos dig. Du kan skriva igen."), "success")
    return redirect(url_for("applications.tasks", project_id=project.id))


@bp.get("/projekt/<int:project_id>/underskrift")
@requires(policy.may_sign, load=project_for)
def sign(project: Project) -> ResponseReturnValue:
    """The manager reads the whole application, and signs or sends it back."""
    return _sign_page(project, _sign_form(project), _comment_form(project))


@bp.post("/projekt/<int:project_id>/underskrift")
@requires(policy.may_sign, load=project_for)
def put_signature(project: Project) -> ResponseReturnValue:
    """Sign: the application is submitted as it stands."""
    form = _sign_form(project)
    if not form.validate_on_submit():
        return _sign_page(project, form, _comment_form(project)), status_of(form)
    service.sign(viewer(), project, now())
    return redirect(url_for("applications.signed", project_id=project.id))


@bp.get("/projekt/<int:project_id>/underskrift/klar")
@requires(visible, load=project_for)
def signed(project: Project) -> ResponseReturnValue:
    """What was signed, and what happens next."""
    version = queries.last_signed_version(project.id)
    if version is None:
        abort(404)
    return render_template("applications/signed.html", project=project, version=version)


@bp.post("/projekt/<int:project_id>/underskrift/tillbaka")
@requires(policy.may_sign, load=project_for)
def send_back(project: Project) -> ResponseReturnValue:
    """Send the application back unsigned, with a comment."""
    form = _comment_form(project)
    if not form.validate_on_submit():
        return _sign_page(project, _sign_form(project), form), 422
    service.send_back(viewer(), project, form.comment.data or "", now())
    flash(_("Ansökan är tillbaka hos projektledaren, med din kommentar."), "success")
    return redirect(url_for("overview.start"))


def _sign_form(project: Project) -> SignForm:
    """It remembers what the page showed: nobody signs what somebody has written since."""
    shown = {"version": sha256_of(document_of(project, today()))}
    return on_saved(
        partial(SignForm, data=shown, at=url_for("applications.put_signature", project_id=project.id))
    )


def _comment_form(project: Project) -> CommentForm:
    return CommentForm(at=url_for("applications.send_back", project_id=project.id))


def _sign_page(project: Project, sign_form: SignForm, comment_form: CommentForm) -> str:
    last = queries.newest_version(project.id)
    return render_template(
        "applications/sign.html",
        project=project,
        reading=reading_of(project, None),
        sign_form=sign_form,
        comment_form=comment_form,
        last_version=last.number if last else None,
        name_of=name_of,
        has_errors=bool(sign_form.errors or comment_form.errors),
    )


@bp.post("/projekt/<int:project_id>/ansokan/skicka-in")
@requires(policy.may_resubmit, load=project_for)
def resubmit(project: Project) -> ResponseReturnValue:
    """Submit the completed application; with something lacking, show what."""
    try:
        version = service.resubmit(viewer(), project, now(), open_questions=_open_questions(project))
    except service.IncompleteError:
        return check_page(project), 422
    flash(_("Kompletteringen är inskickad som version %(number)s.", number=version.number), "success")
    return _to_project(project)


@bp.route("/projekt/<int:project_id>/ansokan/aterta", methods=["GET", "POST"])
@requires(policy.may_withdraw, load=project_for)
def withdraw(project: Project) -> ResponseReturnValue:
    """Ask, then take the application back for good."""
    form = WithdrawForm()
    if request.method == "POST" and form.validate():
        service.withdraw(viewer(), project, form.reason.data or "", now())
        flash(_("Ansökan är återtagen."), "success")
        return _to_project(project)
    page = render_template(
        "applications/withdraw.html",
        project=project,
        form=form,
        today=today(),
    )
    return page, 422 if request.method == "POST" else 200
