"""The pages of what an interrupted project leaves."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.session import now, today, viewer
from app.closing.termination import forms, pages, policy, queries, reminding, service, words
from app.closing.termination.queries import PromisedBenefit
from app.projects.models import Project
from app.projects.queries import project_for
from app.web import paper
from app.web.access import requires
from app.web.changing import ChangeForm, on_saved, said_by, status_of
from app.web.formats import iso_date
from app.web.language import current_language
from app.web.opened import AUTO
from app.web.rows import rows_changed

__all__ = ["bp", "reminding"]

bp = Blueprint("termination", __name__)
bp.add_app_template_filter(words.contract_tag)
bp.add_app_template_filter(words.fate_word)
bp.add_app_template_filter(words.not_reached_word)

AT = "/projekt/<int:project_id>/avbrott"


@bp.get(AT)
@requires(policy.may_read_termination, load=project_for)
def termination(project: Project) -> ResponseReturnValue:
    """The decision, what is left, and what is missing before the project has ended."""
    page = pages.termination_page(viewer(), project, today())
    return render_template("closing/termination/termination.html", project=project, page=page, left=page.left)


@bp.get(f"{AT}.pdf")
@requires(policy.may_read_termination, load=project_for)
def pdf(project: Project) -> ResponseReturnValue:
    """The same as a document."""
    from app.closing.termination.documents import termination_pdf

    left, language, day = pages.what_is_left(project, today()), current_language(), today()
    name = f"avbrott-{project.case_number or project.id}.pdf"
    return paper.answer(lambda order: termination_pdf(project, left, day, language, order), name)


@bp.route(f"{AT}/levererat", methods=["GET", "POST"])
@requires(policy.may_account, load=project_for)
def account(project: Project) -> ResponseReturnValue:
    """Tell what was ready, and what was spent besides what is booked."""
    said = queries.the_account(project.id)
    form = on_saved(partial(forms.AccountForm, data=said_by(said, "delivered", "spent")))
    if not form.validate_on_submit():
        return _page("account", project, form)
    delivered, spent = form.delivered.data or "", form.spent.data or ""
    service.save_account(viewer(), project, delivered=delivered, spent=spent, now=now())
    return _saved(project)


@bp.route(f"{AT}/ateranvandning", methods=["GET", "POST"])
@requires(policy.may_account, load=project_for)
def reusable(project: Project) -> ResponseReturnValue:
    """Tell what somebody else can use."""
    form = on_saved(partial(_reusables_form, project))
    if not _is_complete(form):
        return _page("reusable", project, form)
    none = bool(form.none.data)
    service.save_reusable(viewer(), project, form.values(), none=none, now=now())
    return _saved(project)


def _reusables_form(project: Project, formdata: Any = AUTO) -> forms.ReusablesForm:
    listed = [said_by(row, "id", "result", "useful_to", "place") for row in queries.reusable_of(project.id)]
    none = queries.the_account(project.id).nothing_reusable
    return forms.ReusablesForm(formdata, data={"rows": listed, "none": none})


@bp.route(f"{AT}/avtal", methods=["GET", "POST"])
@requires(policy.may_account, load=project_for)
def contracts(project: Project) -> ResponseReturnValue:
    """Tell what becomes of each contract."""
    form = on_saved(partial(_contracts_form, project))
    if not _is_complete(form):
        return _page("contracts", project, form)
    none = bool(form.none.data)
    service.save_contracts(viewer(), project, form.values(), none=none, now=now())
    return _saved(project)


def _contracts_form(project: Project, formdata: Any = AUTO) -> forms.ContractsForm:
    listed = [
        said_by(row, "id", "supplier", "reference", "status", "notice_by", "ends_on", "taken_over_by")
        | {"cost": row.cost or None}
        for row in queries.contracts_of(project.id)
    ]
    none = queries.the_account(project.id).no_contracts
    return forms.ContractsForm(formdata, data={"rows": listed, "none": none})


@bp.route(f"{AT}/nytta", methods=["GET", "POST"])
@requires(policy.may_write_off_rest, load=project_for)
def write_off_rest(project: Project) -> ResponseReturnValue:
    """Write off every benefit of which nothing is told yet."""
    form = forms.WriteOffForm(data={"reason": ""})
    untold = queries.untold_benefits(project.id)
    if not form.validate_on_submit():
        return _page("write_off_rest", project, form, untold=untold)
    service.write_off_rest(viewer(), project, reason=form.reason.data or "", now=now())
    return _saved(project)


@bp.route(f"{AT}/nytta/<int:line_id>", methods=["GET", "POST"])
@requires(policy.may_tell, load=queries.benefit_for)
def benefit(found: PromisedBenefit) -> ResponseReturnValue:
    """Tell what becomes of a benefit."""
    form = on_saved(partial(_outcome_form, found))
    if not form.validate_on_submit():
        return _page("benefit", found.project, form, found=found)
    service.tell_outcome(viewer(), found, form.values(), now())
    return _saved(found.project)


def _outcome_form(found: PromisedBenefit, formdata: Any = AUTO) -> forms.OutcomeForm:
    said = said_by(found.told, "fate", "share", "owner", "reason") if found.told else {}
    form = forms.OutcomeForm(formdata, data={"owner": found.entry.values.owner_role} | said)
    form.priced = found.is_priced
    return form


@bp.route(f"{AT}/aterforing", methods=["GET", "POST"])
@requires(policy.may_return_rest, load=project_for)
def return_rest(project: Project) -> ResponseReturnValue:
    """Return everything that nobody has asked for to the frame."""
    termination = queries.the_termination(project.id)
    rests_on = termination.reference or _("Avbrott beslutat %(day)s", day=iso_date(termination.decided_on))
    form = forms.ReturnRestForm(data={"reference": rests_on})
    if not form.validate_on_submit():
        return _page("return_rest", project, form, left=queries.money_left(project.id))
    service.return_rest(viewer(), project, reference=form.reference.data or "", now=now())
    flash(_("Pengarna är återförda till ramen."), "success")
    return redirect(url_for(".termination", project_id=project.id))


def _is_complete(form: ChangeForm) -> bool:
    """The form is sent to be saved, and without faults. A button for rows has done what it says."""
    if request.method == "GET" or rows_changed(form, request.form):
        return False
    return bool(form.validate_on_submit())


def _page(name: str, project: Project, form: ChangeForm, **more: Any) -> ResponseReturnValue:
    page = render_template(f"closing/termination/{name}.html", project=project, form=form, **more)
    return page, status_of(form)


def _saved(project: Project) -> ResponseReturnValue:
    flash(_("Redovisningen är sparad."), "success")
    return redirect(url_for(".termination", project_id=project.id))
