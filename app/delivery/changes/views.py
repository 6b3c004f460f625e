"""The pages of requests to change a project."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.session import now, today, viewer
from app.core.changes import Part
from app.decisions.models import DecisionKind
from app.decisions.rules import InvalidError
from app.delivery.changes import forms, grounds, pages, policy, queries, service, waiting, words, writing
from app.delivery.changes.queries import ChangeOf, PartOf
from app.delivery.changes.shown import parts_in
from app.delivery.funds.policy import may_see_list
from app.programmes.queries import delegations_on
from app.projects.models import Project
from app.projects.queries import project_for
from app.web import paper
from app.web.access import requires
from app.web.changing import on_saved, status_of
from app.web.language import current_language
from app.web.pages import PAGE_SIZE, Page, page_number
from app.web.rows import rows_changed

bp = Blueprint("changes", __name__)
bp.add_app_template_filter(words.change_tag)
bp.add_app_template_filter(pages.parts_of, "asked_for")
bp.add_app_template_filter(words.change_withdrawal)
ONE = "/projekt/<int:project_id>/andringar/<int:number>"


@bp.get("/andringar")
@requires(may_see_list)
def queue() -> ResponseReturnValue:
    """The requests of all projects that the viewer may see, by where they stand."""
    standing = pages.standing_asked_for(request.args.get("lage", ""))
    number = page_number()
    rows, count = waiting.queue(viewer(), standing, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE)
    return render_template(
        "delivery/changes/queue.html",
        rows=[pages.listed(found) for found in rows],
        page=Page(number, count),
        count=count,
        filters=pages.filters(standing),
        filtered=bool(standing),
    )


@bp.get("/projekt/<int:project_id>/andringar")
@requires(policy.may_read_changes, load=project_for)
def changes(project: Project) -> ResponseReturnValue:
    """What the project has asked for, and what was decided."""
    return render_template(
        "delivery/changes/changes.html",
        project=project,
        rows=queries.changes_of(viewer(), project),
        may_ask=bool(policy.may_ask_for_change(viewer(), project)),
        may_continue=bool(policy.may_continue(viewer(), project)),
    )


@bp.post("/projekt/<int:project_id>/andringar/ny")
@requires(policy.may_ask_for_change, load=project_for)
def begin(project: Project) -> ResponseReturnValue:
    """Begin a request."""
    row = service.begin(viewer(), project, now())
    return redirect(url_for(".change", project_id=project.id, number=row.number))


@bp.post("/projekt/<int:project_id>/fortsatt")
@requires(policy.may_continue, load=project_for)
def go_on(project: Project) -> ResponseReturnValue:
    """Take the work up again after a pause."""
    service.go_on(viewer(), project, now())
    flash(_("Projektet pågår igen."), "success")
    return redirect(url_for("overview.project", project_id=project.id))


@bp.get(ONE)
@requires(policy.may_read, load=queries.change_for)
def change(found: ChangeOf) -> ResponseReturnValue:
    """One request: its parts while it is written, as it was sent, what was asked and decided."""
    may = pages.allowed(viewer(), found)
    lacks = service.lacks_in(found) if may["write"] else []
    return render_template(
        "delivery/changes/change.html",
        project=found.project,
        found=found,
        may=may,
        lacks=lacks,
        tasks=pages.tasks(found, lacks) if may["write"] else (),
        parts=parts_in(found.latest.content) if found.request.versions else (),
        remarks=queries.remarks_on(found.request.id),
    )


@bp.get(f"{ONE}.pdf")
@requires(policy.may_read_sent, load=queries.change_for)
def pdf(found: ChangeOf) -> ResponseReturnValue:
    """The request as a document."""
    from app.delivery.changes.documents import change_pdf

    called = f"andringsbegaran-{found.project.case_number or found.project.id}-{found.request.number}.pdf"
    return paper.answer(partial(change_pdf, found, current_language()), called)


@bp.route(f"{ONE}/skal", methods=["GET", "POST"])
@requires(policy.may_write, load=queries.change_for)
def reason(found: ChangeOf) -> ResponseReturnValue:
    """Say why."""
    form = on_saved(partial(writing.reason_form, found))
    if not form.validate_on_submit():
        return _page("reason", found, form, title=_("Varför projektet behöver ändras"))
    service.write(viewer(), found, replace(found.wanted, reason=form.reason.data or ""), now())
    return _saved(found)


@bp.route(f"{ONE}/del/<name>", methods=["GET", "POST"])
@requires(policy.may_write_part, load=queries.part_for)
def part(asked: PartOf) -> ResponseReturnValue:
    """Say how the project should be, in one respect."""
    found, which = asked.found, asked.part
    form = on_saved(partial(writing.form_of, which, found))
    if request.method == "GET" or rows_changed(form, request.form) or not form.validate_on_submit():
        title, written = words.PARTS[which], which in found.wanted.parts
        benefits = writing.benefits_asked(found) if which is Part.SCOPE else ()
        return _page(which.value, found, form, title=title, asked=written, name=asked.name, benefits=benefits)
    service.write(viewer(), found, writing.with_part(which, found, form), now())
    return _saved(found)


@bp.post(f"{ONE}/del/<name>/ta-bort")
@requires(policy.may_write_part, load=queries.part_for)
def leave_out(asked: PartOf) -> ResponseReturnValue:
    """Ask for it no more."""
    service.leave_out(viewer(), asked.found, asked.part, now())
    return _saved(asked.found)


@bp.route(f"{ONE}/skicka", methods=["GET", "POST"])
@requires(policy.may_send, load=queries.change_for)
def send(found: ChangeOf) -> ResponseReturnValue:
    """Read what the request would change, and send it."""
    form = on_saved(partial(forms.SendForm, data={"version": str(found.request.version)}))
    lacks = service.lacks_in(found)
    if not lacks and form.validate_on_submit():
        service.send(viewer(), found, now())
        flash(_("Ändringsbegäran är skickad. Sekretariatet tar ställning till den."), "success")
        return _to(found)
    parts = parts_in(grounds.content_of(found))
    status = 422 if lacks and request.method == "POST" else None
    return _page("send", found, form, status=status, lacks=lacks, parts=parts)


@bp.route(f"{ONE}/fraga", methods=["GET", "POST"])
@requires(policy.may_ask, load=queries.change_for)
def ask(found: ChangeOf) -> ResponseReturnValue:
    """Ask the project leader something."""
    form = forms.QuestionForm()
    if not form.validate_on_submit():
        return _page("remark", found, form, title=_("Fråga projektledaren"), done=_("Skicka frågan"))
    service.ask(viewer(), found, form.text.data or "", now())
    flash(_("Projektledaren har fått din fråga."), "success")
    return _to(found)


@bp.route(f"{ONE}/svara", methods=["GET", "POST"])
@requires(policy.may_answer, load=queries.change_for)
def answer(found: ChangeOf) -> ResponseReturnValue:
    """Answer what was asked; what has been changed in the request is sent along."""
    form = forms.AnswerForm()
    lacks = service.lacks_in(found)
    if form.validate_on_submit() and not lacks:
        service.answer(viewer(), found, form.text.data or "", now())
        flash(_("Svaret är skickat."), "success")
        return _to(found)
    status = 422 if lacks and request.method == "POST" else None
    asked = queries.remarks_on(found.request.id)[-1].text
    words_of_page = {"title": _("Svara"), "done": _("Skicka svaret"), "asked": asked}
    return _page("remark", found, form, status=status, lacks=lacks, **words_of_page)


@bp.route(f"{ONE}/ta-tillbaka", methods=["GET", "POST"])
@requires(policy.may_withdraw, load=queries.change_for)
def withdraw(found: ChangeOf) -> ResponseReturnValue:
    """Take the request back, for good."""
    form = on_saved(partial(forms.WithdrawForm, data={"version": str(found.request.version)}))
    if not form.validate_on_submit():
        return _page("withdraw", found, form)
    service.withdraw(viewer(), found, now())
    flash(words.withdrawn(found.request), "success")
    return redirect(url_for(".changes", project_id=found.project.id))


@bp.route(f"{ONE}/beslut", methods=["GET", "POST"])
@requires(policy.may_decide, load=queries.change_for)
def decide(found: ChangeOf) -> ResponseReturnValue:
    """Register what was decided; it changes the project at once."""
    wanted = found.wanted_as_sent
    form = forms.DecideForm(
        data={"read": str(found.latest.number), "amounts": [{"amount": cost.amount} for cost in wanted.costs]}
    )
    limits = delegations_on(found.project.programme_id, today())
    form.offer(limits, money=bool(wanted.costs))
    if form.validate_on_submit() and _decided(found, form):
        flash(words.registered(DecisionKind(form.kind.data)), "success")
        return _to(found)
    parts = parts_in(found.latest.content)
    return _page("decide", found, form, parts=parts, **pages.of_decision(viewer(), found, limits))


def _decided(found: ChangeOf, form: forms.DecideForm) -> bool:
    if form.read.data != str(found.latest.number):
        form.kind.errors = [_("En ny version har kommit in. Läs den innan du registrerar beslutet.")]
        form.read.raw_data = [str(found.latest.number)]
        return False
    try:
        service.decide(viewer(), found, form.draft(found.wanted_as_sent), now())
    except InvalidError as error:
        form.show(error.faults)
        return False
    return True


def _page(
    template: str, found: ChangeOf, form: Any, *, status: int | None = None, **more: Any
) -> ResponseReturnValue:
    page = render_template(
        f"delivery/changes/{template}.html", project=found.project, found=found, form=form, **more
    )
    return page, status or status_of(form)


def _saved(found: ChangeOf) -> ResponseReturnValue:
    flash(_("Begäran är sparad."), "success")
    return _to(found)


def _to(found: ChangeOf) -> ResponseReturnValue:
    return redirect(url_for(".change", project_id=found.project.id, number=found.request.number))
