"""The pages of a project's conditions."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.session import now, today, viewer
from app.delivery.conditions import policy, queries, reminding, service, words
from app.delivery.conditions.forms import AssessForm, Outcome, ReportForm
from app.delivery.conditions.models import ConditionProof
from app.delivery.conditions.queries import ConditionOf
from app.projects.models import Project
from app.projects.policy import visible
from app.projects.queries import project_for
from app.web import attached
from app.web.access import requires
from app.web.attached import Taken

__all__ = ["bp", "reminding"]

bp = Blueprint("conditions", __name__)
bp.add_app_template_filter(words.condition_at_last)


@bp.get("/projekt/<int:project_id>/villkor")
@requires(visible, load=project_for)
def conditions(project: Project) -> ResponseReturnValue:
    """Every condition of the project's grants, and what has become of it."""
    found = queries.conditions_in(project)
    may_report = [row.condition.id for row in found if policy.may_report(viewer(), row)]
    may_assess = [row.condition.id for row in found if policy.may_assess(viewer(), row)]
    return render_template(
        "delivery/conditions/conditions.html",
        project=project,
        conditions=found,
        today=today(),
        may_report=may_report,
        may_assess=may_assess,
        first=next(iter([*may_report, *may_assess]), None),
    )


@bp.get("/projekt/<int:project_id>/villkor/underlag/<int:proof_id>")
@requires(policy.sees_proof, load=queries.proof_for)
def proof(found: ConditionProof) -> ResponseReturnValue:
    """A file that shows that a condition is met."""
    return attached.saved_not_opened(found)


def _taken(_found: ConditionOf) -> Taken:
    return attached.taken_with(ReportForm)


@bp.route("/projekt/<int:project_id>/villkor/<int:condition_id>/redovisa", methods=["GET", "POST"])
@requires(policy.may_report, load=queries.condition_for, beforehand=_taken)
def report(found: ConditionOf, taken: Taken) -> ResponseReturnValue:
    """Say that a condition is met, and show it."""
    form = ReportForm()
    if form.validate_on_submit() and taken.beside(form.files) and _reported(found, form, taken):
        flash(_("Villkoret är redovisat. Sekretariatet prövar det."), "success")
        return _back(found)
    page = render_template("delivery/conditions/report.html", found=found, project=found.project, form=form)
    return page, 422 if form.errors else 200


def _reported(found: ConditionOf, form: ReportForm, taken: Taken) -> bool:
    try:
        service.report(
            viewer(),
            found,
            text=form.text.data or "",
            met_on=form.met_on.data,
            files=taken.files,
            now=now(),
        )
    except service.NotYetError:
        form.met_on.errors = [_("Dagen har inte kommit än. Redovisa villkoret när det är uppfyllt.")]
        return False
    return True


@bp.route("/projekt/<int:project_id>/villkor/<int:condition_id>/prova", methods=["GET", "POST"])
@requires(policy.may_assess, load=queries.condition_for)
def assess(found: ConditionOf) -> ResponseReturnValue:
    """Say whether a condition is met."""
    form = AssessForm()
    if request.method == "GET":
        form.report.data = str(found.latest.id) if found.latest else None
    if not form.validate_on_submit():
        page = render_template(
            "delivery/conditions/assess.html", found=found, project=found.project, form=form
        )
        return page, 422 if form.errors else 200
    if form.outcome.data == Outcome.APPROVE:
        service.approve(viewer(), found, form.report_id, note=form.reason.data or "", now=now())
        flash(_("Villkoret är uppfyllt."), "success")
    else:
        service.give_back(viewer(), found, form.report_id, reason=form.reason.data or "", now=now())
        flash(_("Projektledaren har fått veta vad som saknas."), "success")
    return _back(found)


def _back(found: ConditionOf) -> ResponseReturnValue:
    return redirect(url_for("conditions.conditions", project_id=found.project.id))
