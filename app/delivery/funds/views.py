"""The pages of a project's money, and the list of requisitions of all projects."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.session import now, today, viewer
from app.delivery.funds import pages, policy, queries, repaying, service, words
from app.delivery.funds.forms import (
    GiveBackForm,
    PayForm,
    RepayForm,
    RequisitionForm,
    SendAgainForm,
    SendBackForm,
    WithdrawForm,
    read_version,
)
from app.delivery.funds.models import RequisitionFile
from app.delivery.funds.queries import RequisitionOf
from app.projects.models import Project
from app.projects.policy import visible
from app.projects.queries import project_for
from app.web import attached, paper
from app.web.access import requires
from app.web.addresses import record_number
from app.web.attached import Taken
from app.web.formats import exact
from app.web.language import current_language
from app.web.pages import PAGE_SIZE, Page, page_number

bp = Blueprint("funds", __name__)
bp.add_app_template_filter(words.requisition_tag)


@bp.get("/rekvisitioner")
@requires(policy.may_see_list)
def queue() -> ResponseReturnValue:
    """The requisitions of all projects that the viewer may see, by where they stand."""
    state = pages.state_asked_for(request.args.get("lage", ""))
    number = page_number()
    rows, totals = queries.queue(viewer(), state, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE)
    return render_template(
        "delivery/funds/queue.html",
        rows=rows,
        totals=totals,
        page=Page(number, totals.count),
        filters=pages.filters(state),
        filtered=state is not None,
    )


@bp.get("/projekt/<int:project_id>/rekvisitioner")
@requires(visible, load=project_for)
def project(project: Project) -> ResponseReturnValue:
    """A project's money: by department and budget year, and its requisitions."""
    accounts = queries.accounts_of(project.id)
    return render_template(
        "delivery/funds/project.html",
        project=project,
        accounts=accounts,
        total=queries.sums_of(accounts),
        requisitions=queries.requisitions_of(project),
        may_requisition=policy.may_requisition(viewer(), project),
        may_give_back=bool(policy.may_give_back(viewer(), project)),
    )


@bp.get("/projekt/<int:project_id>/rekvisitioner/<int:requisition_id>")
@requires(policy.sees, load=queries.requisition_for)
def requisition(found: RequisitionOf) -> ResponseReturnValue:
    """One requisition: what it asks for, what has become of it, and what can be done now."""
    return render_template(
        "delivery/funds/requisition.html",
        found=found,
        project=found.project,
        may=pages.allowed(viewer(), found),
    )


@bp.get("/projekt/<int:project_id>/rekvisitioner/<int:requisition_id>.pdf")
@requires(policy.sees, load=queries.requisition_for)
def pdf(found: RequisitionOf) -> ResponseReturnValue:
    """The requisition as a document."""
    from app.delivery.funds.documents import requisition_pdf

    called = service.reference_of(found.project, found.requisition.number)
    language = current_language()
    return paper.answer(lambda order: requisition_pdf(found, language, order), f"rekvisition-{called}.pdf")


@bp.get("/projekt/<int:project_id>/rekvisitioner/underlag/<int:file_id>")
@requires(policy.sees_file, load=queries.file_for)
def file(found: RequisitionFile) -> ResponseReturnValue:
    """A file that shows what a requisition covers."""
    return attached.saved_not_opened(found)


# --- the project leader ----------------------------------------------------------------------------------


def _new_form(project: Project) -> RequisitionForm:
    form = RequisitionForm()
    form.account.offer(queries.with_money_left(project.id))
    return form


def _taken_with_new(project: Project) -> Taken:
    return attached.taken_with(lambda: _new_form(project))


@bp.route("/projekt/<int:project_id>/rekvisitioner/ny", methods=["GET", "POST"])
@requires(policy.may_requisition, load=project_for, beforehand=_taken_with_new)
def new(project: Project, taken: Taken) -> ResponseReturnValue:
    """Ask for a part of what was granted."""
    form = _new_form(project)
    if form.validate_on_submit() and taken.beside(form.files):
        try:
            row = service.send(viewer(), project, form.claim(), files=taken.files, now=now())
        except service.GrantExceededError as error:
            form.amount.errors = [form.account.too_much(error)]
        else:
            flash(_("Rekvisitionen är skickad. Sekretariatet kontrollerar den."), "success")
            return redirect(url_for("funds.requisition", project_id=project.id, requisition_id=row.id))
    page = render_template("delivery/funds/edit.html", project=project, form=form, found=None)
    return page, 422 if form.errors else 200


def _changed_form(found: RequisitionOf) -> SendAgainForm:
    form = SendAgainForm(data=pages.said_last(found))
    form.account.offer(queries.open_to(found))
    form.offer_files(found.latest.files)
    return form


def _taken_with_changed(found: RequisitionOf) -> Taken:
    return attached.taken_with(lambda: _changed_form(found))


@bp.route("/projekt/<int:project_id>/rekvisitioner/<int:requisition_id>/andra", methods=["GET", "POST"])
@requires(policy.may_send_again, load=queries.requisition_for, beforehand=_taken_with_changed)
def change(found: RequisitionOf, taken: Taken) -> ResponseReturnValue:
    """Put right what came back, and send it again."""
    form = _changed_form(found)
    if form.validate_on_submit() and taken.beside(form.files):
        kept = frozenset(form.kept.data or ())
        try:
            service.send_again(viewer(), found, form.claim(), files=taken.files, kept=kept, now=now())
        except service.GrantExceededError as error:
            form.amount.errors = [form.account.too_much(error)]
        else:
            flash(_("Rekvisitionen är skickad på nytt."), "success")
            return _to(found)
    page = render_template("delivery/funds/edit.html", project=found.project, form=form, found=found)
    return page, 422 if form.errors else 200


@bp.route("/projekt/<int:project_id>/rekvisitioner/<int:requisition_id>/ta-tillbaka", methods=["GET", "POST"])
@requires(policy.may_withdraw, load=queries.requisition_for)
def withdraw(found: RequisitionOf) -> ResponseReturnValue:
    """Take a requisition back, for good."""
    form = WithdrawForm()
    if form.validate_on_submit():
        service.withdraw(viewer(), found, now())
        flash(_("Rekvisitionen är återtagen."), "success")
        return _to(found)
    return render_template("delivery/funds/withdraw.html", found=found, project=found.project, form=form)


# --- checking and paying ---------------------------------------------------------------------------------


@bp.post("/projekt/<int:project_id>/rekvisitioner/<int:requisition_id>/godkann")
@requires(policy.may_approve, load=queries.requisition_for)
def approve(found: RequisitionOf) -> ResponseReturnValue:
    """Find a requisition right."""
    read = record_number(request.form.get("read", "")) or 0
    service.approve(viewer(), found, read, now())
    flash(_("Rekvisitionen är godkänd. Programmets controller betalar ut den."), "success")
    return _to(found)


@bp.route(
    "/projekt/<int:project_id>/rekvisitioner/<int:requisition_id>/skicka-tillbaka", methods=["GET", "POST"]
)
@requires(policy.may_send_back, load=queries.requisition_for)
def send_back(found: RequisitionOf) -> ResponseReturnValue:
    """Send a requisition back to the project leader."""
    form = SendBackForm(data={"read": found.latest.number})
    if form.validate_on_submit():
        service.send_back(viewer(), found, read_version(form), reason=form.reason.data or "", now=now())
        flash(_("Projektledaren har fått veta vad som ska rättas."), "success")
        return _to(found)
    page = render_template("delivery/funds/send_back.html", found=found, project=found.project, form=form)
    return page, 422 if form.errors else 200


@bp.route("/projekt/<int:project_id>/rekvisitioner/<int:requisition_id>/betala", methods=["GET", "POST"])
@requires(policy.may_pay, load=queries.requisition_for)
def pay(found: RequisitionOf) -> ResponseReturnValue:
    """Post the payment in the frame's ledger."""
    form = PayForm(data={"read": found.latest.number, "paid_on": today()})
    if form.validate_on_submit():
        try:
            service.pay(
                viewer(),
                found,
                read_version(form),
                paid_on=form.paid_on.data,
                reference=form.reference.data or "",
                now=now(),
            )
        except service.DayError:
            form.paid_on.errors = [_("Ange en dag från och med kontrollen till och med i dag.")]
        else:
            flash(_("Utbetalningen är bokförd i ramboken."), "success")
            return _to(found)
    page = render_template("delivery/funds/pay.html", found=found, project=found.project, form=form)
    return page, 422 if form.errors else 200


@bp.route("/projekt/<int:project_id>/rekvisitioner/<int:requisition_id>/aterbetala", methods=["GET", "POST"])
@requires(policy.may_repay, load=queries.requisition_for)
def repay(found: RequisitionOf) -> ResponseReturnValue:
    """Post that a part of the payment came back."""
    form = RepayForm(data={"repaid_on": today()})
    if form.validate_on_submit():
        try:
            repaying.repay(viewer(), found, form.repaid(), now())
        except repaying.DayError:
            form.repaid_on.errors = [_("Ange en dag från och med utbetalningen till och med i dag.")]
        except repaying.RepaymentExceededError as error:
            form.amount.errors = [
                _("Ange högst %(amount)s, det som är utbetalt och inte återbetalt.", amount=exact(error.used))
            ]
        else:
            flash(_("Återbetalningen är bokförd i ramboken."), "success")
            return _to(found)
    page = render_template("delivery/funds/repay.html", found=found, project=found.project, form=form)
    return page, 422 if form.errors else 200


@bp.route("/projekt/<int:project_id>/aterforing", methods=["GET", "POST"])
@requires(policy.may_give_back, load=project_for)
def give_back(project: Project) -> ResponseReturnValue:
    """Return what nobody has asked for to the frame."""
    form = GiveBackForm()
    form.account.offer(queries.with_money_left(project.id))
    if form.validate_on_submit():
        try:
            service.give_back(
                viewer(),
                project,
                *form.account.key,
                amount=form.amount.data,
                reference=form.reference.data or "",
                now=now(),
            )
        except service.GrantExceededError as error:
            form.amount.errors = [form.account.too_much(error)]
        else:
            flash(_("Pengarna är återförda till ramen."), "success")
            return redirect(url_for("funds.project", project_id=project.id))
    page = render_template("delivery/funds/give_back.html", project=project, form=form)
    return page, 422 if form.errors else 200


def _to(found: RequisitionOf) -> ResponseReturnValue:
    return redirect(
        url_for("funds.requisition", project_id=found.project.id, requisition_id=found.requisition.id)
    )
