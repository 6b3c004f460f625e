"""The pages of a project's risks and issues."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.session import now, today, viewer
from app.core.risks import REPORTED_FROM, WATCHED_FROM, Outcome
from app.delivery.risks import forms, pages, policy, queries, reminding, service, words
from app.delivery.risks.queries import IssueOf, RiskOf
from app.projects.models import Project
from app.projects.queries import project_for
from app.web.access import requires
from app.web.changing import ChangeForm, on_saved, said_by, status_of

__all__ = ["bp", "reminding"]

bp = Blueprint("risks", __name__)
bp.add_app_template_filter(words.risk_tag)
bp.add_app_template_filter(words.outcome_word)

ISSUE = ("text", "consequence", "action", "owner", "due_on")
RISK = (*ISSUE, "probability")


@bp.get("/projekt/<int:project_id>/risker")
@requires(policy.may_read_risks, load=project_for)
def risks(project: Project) -> ResponseReturnValue:
    """What may happen and what has: the open ones first, the closed ones folded."""
    return render_template(
        "delivery/risks/risks.html",
        project=project,
        page=pages.risks_page(viewer(), project),
        today=today(),
        levels=words.LEVELS,
        watched_from=WATCHED_FROM,
        reported_from=REPORTED_FROM,
    )


@bp.route("/projekt/<int:project_id>/risker/ny", methods=["GET", "POST"])
@requires(policy.may_keep_risks, load=project_for)
def new_risk(project: Project) -> ResponseReturnValue:
    """Note what may happen."""
    form = forms.RiskForm()
    if not form.validate_on_submit():
        return _page("edit", project, form, title=_("Ny risk"))
    service.add_risk(viewer(), project, form.values(), now())
    return _back(project, _("Risken är tillagd."))


@bp.route("/projekt/<int:project_id>/risker/<int:risk_id>", methods=["GET", "POST"])
@requires(policy.may_change_risk, load=queries.risk_for)
def risk(found: RiskOf) -> ResponseReturnValue:
    """Weigh a risk anew, or change what is done about it."""
    form = on_saved(partial(forms.RiskForm, data=said_by(found.risk, *RISK)))
    if not form.validate_on_submit():
        return _page("edit", found.project, form, title=_("Ändra risk"), risk=found.risk)
    service.change_risk(viewer(), found, form.values(), now())
    return _back(found.project, _("Risken är sparad."))


@bp.route("/projekt/<int:project_id>/risker/<int:risk_id>/stang", methods=["GET", "POST"])
@requires(policy.may_change_risk, load=queries.risk_for)
def close_risk(found: RiskOf) -> ResponseReturnValue:
    """Say what became of a risk that did not happen."""
    form = on_saved(partial(forms.CloseRiskForm, obj=found.risk))
    if not form.validate_on_submit():
        return _page("close_risk", found.project, form, risk=found.risk)
    service.close_risk(viewer(), found, Outcome(form.outcome.data), note=form.note.data or "", now=now())
    return _back(found.project, _("Risken är stängd."))


@bp.route("/projekt/<int:project_id>/risker/<int:risk_id>/intraffad", methods=["GET", "POST"])
@requires(policy.may_change_risk, load=queries.risk_for)
def happened(found: RiskOf) -> ResponseReturnValue:
    """A risk has happened: it becomes an issue, which begins with what the risk says."""
    form = on_saved(partial(forms.IssueForm, data=said_by(found.risk, *ISSUE)))
    if not form.validate_on_submit():
        return _page("edit", found.project, form, title=_("Risken har inträffat"), happens=found.risk)
    service.happened(viewer(), found, form.values(), now())
    return _back(found.project, _("Risken är stängd och har blivit ett problem."))


@bp.route("/projekt/<int:project_id>/risker/problem/nytt", methods=["GET", "POST"])
@requires(policy.may_keep_risks, load=project_for)
def new_issue(project: Project) -> ResponseReturnValue:
    """Note what has happened."""
    form = forms.IssueForm()
    if not form.validate_on_submit():
        return _page("edit", project, form, title=_("Nytt problem"))
    service.add_issue(viewer(), project, form.values(), now())
    return _back(project, _("Problemet är tillagt."))


@bp.route("/projekt/<int:project_id>/risker/problem/<int:issue_id>", methods=["GET", "POST"])
@requires(policy.may_change_issue, load=queries.issue_for)
def issue(found: IssueOf) -> ResponseReturnValue:
    """Change what an issue leads to, or what is done about it."""
    form = on_saved(partial(forms.IssueForm, data=said_by(found.issue, *ISSUE)))
    if not form.validate_on_submit():
        return _page("edit", found.project, form, title=_("Ändra problem"), issue=found.issue)
    service.change_issue(viewer(), found, form.values(), now())
    return _back(found.project, _("Problemet är sparat."))


@bp.route("/projekt/<int:project_id>/risker/problem/<int:issue_id>/los", methods=["GET", "POST"])
@requires(policy.may_change_issue, load=queries.issue_for)
def close_issue(found: IssueOf) -> ResponseReturnValue:
    """Say how an issue was solved."""
    form = on_saved(partial(forms.CloseIssueForm, obj=found.issue))
    if not form.validate_on_submit():
        return _page("close_issue", found.project, form, issue=found.issue)
    service.close_issue(viewer(), found, solution=form.solution.data or "", now=now())
    return _back(found.project, _("Problemet är löst."))


def _page(name: str, project: Project, form: ChangeForm, **more: Any) -> ResponseReturnValue:
    page = render_template(f"delivery/risks/{name}.html", project=project, form=form, **more)
    return page, status_of(form)


def _back(project: Project, done: str) -> ResponseReturnValue:
    flash(done, "success")
    return redirect(url_for(".risks", project_id=project.id))
