"""The pages of what remains of a project, and of its way into the last step."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.queries import departments
from app.accounts.session import now, today, viewer
from app.closing.handover import (
    afterwards,
    ending,
    forms,
    pages,
    policy,
    queries,
    reminding,
    service,
    waiting,
    words,
)
from app.closing.handover.queries import RestItemOf
from app.core.handover import RestAction, RestOutcome
from app.projects.models import Project
from app.projects.queries import project_for
from app.web import paper
from app.web.access import requires
from app.web.changing import on_saved, said_by, status_of
from app.web.language import current_language
from app.web.opened import OpenedForm
from app.web.pages import PAGE_SIZE, Page, page_number

__all__ = ["afterwards", "bp", "reminding"]

bp = Blueprint("handover", __name__)
for _filter in (words.rest_tag, words.standing_tag, words.kind_word, words.answer_word):
    bp.add_app_template_filter(_filter)

ITEM = ("text", "kind", "department_id", "owner", "person_id", "due_on")


@bp.get("/restpunkter")
@requires(policy.may_see_list)
def queue() -> ResponseReturnValue:
    """What remains after the projects that the viewer may see: the late ones, or all."""
    everything = request.args.get("visa") == "alla"
    number = page_number()
    rows, count = waiting.queue(
        viewer(), today(), only_late=not everything, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE
    )
    return render_template(
        "closing/handover/queue.html",
        rows=rows,
        count=count,
        page=Page(number, count),
        everything=everything,
        today=today(),
    )


@bp.get("/projekt/<int:project_id>/overlamning")
@requires(policy.may_read_handover, load=project_for)
def plan(project: Project) -> ResponseReturnValue:
    """What remains, who has it, and what is missing before the project can be handed over."""
    return render_template(
        "closing/handover/plan.html",
        project=project,
        page=pages.handover_page(viewer(), project),
        today=today(),
    )


@bp.get("/projekt/<int:project_id>/overlamning.pdf")
@requires(policy.may_read_handover, load=project_for)
def pdf(project: Project) -> ResponseReturnValue:
    """The handover plan as a document."""
    from app.closing.handover.documents import handover_pdf

    language, day = current_language(), today()
    return paper.answer(
        lambda order: handover_pdf(project, day, language, order),
        f"overlamningsplan-{project.case_number}.pdf",
    )


# --- the project leader ----------------------------------------------------------------------------------


def _item_form(**rest: Any) -> forms.RestItemForm:
    form = forms.RestItemForm(**rest)
    form.offer(departments(), queries.candidates())
    return form


@bp.route("/projekt/<int:project_id>/overlamning/ny", methods=["GET", "POST"])
@requires(policy.may_keep_list, load=project_for)
def new(project: Project) -> ResponseReturnValue:
    """Write down something that remains."""
    form = _item_form()
    if form.validate_on_submit() and _written(form, partial(service.add_item, viewer(), project)):
        return _back(project, _("Restpunkten är tillagd. Fråga mottagaren när listan är klar."))
    return _page("edit", project, form, title=_("Ny restpunkt"))


@bp.route("/projekt/<int:project_id>/overlamning/<int:item_id>", methods=["GET", "POST"])
@requires(policy.may_change_item, load=queries.item_for)
def item(found: RestItemOf) -> ResponseReturnValue:
    """Write something that remains otherwise."""
    form = on_saved(partial(_item_form, data=said_by(found.item, *ITEM)))
    if form.validate_on_submit() and _written(form, partial(service.change_item, viewer(), found)):
        return _back(found.project, _("Restpunkten är sparad."))
    return _page("edit", found.project, form, title=_("Ändra restpunkt"), item=found.item)


def _written(form: forms.RestItemForm, write: Any) -> bool:
    try:
        write(form.values(), now())
    except service.OutsideTheCaseError:
        fault = _(
            "Personen läser inte ärendet. Välj någon i den mottagande förvaltningen eller en som deltar."
        )
        form.person_id.errors = [fault]
        return False
    return True


@bp.post("/projekt/<int:project_id>/overlamning/fraga")
@requires(policy.may_keep_list, load=project_for)
def ask(project: Project) -> ResponseReturnValue:
    """Ask the receivers of everything that has been written or changed."""
    count = service.ask(viewer(), project, now())
    if not count:
        return _back(project, _("Det finns ingen ny restpunkt att fråga om."))
    asked = ngettext(
        "Mottagaren är tillfrågad om %(num)s restpunkt.",
        "Mottagarna är tillfrågade om %(num)s restpunkter.",
        count,
    )
    return _back(project, asked)


@bp.route("/projekt/<int:project_id>/avsluta", methods=["GET", "POST"])
@requires(policy.may_begin_closing, load=project_for)
def begin_closing(project: Project) -> ResponseReturnValue:
    """Tell what is still open, and ask whether the project is ready all the same."""
    form = forms.BeginForm()
    if not form.validate_on_submit():
        return _page("begin_closing", project, form, still_open=ending.still_open(project, today()))
    service.begin_closing(viewer(), project, now())
    return _back(project, _("Projektet avslutas. Se till att allt som återstår har en mottagare."))


@bp.route("/projekt/<int:project_id>/ateruppta", methods=["GET", "POST"])
@requires(policy.may_reopen, load=project_for)
def reopen(project: Project) -> ResponseReturnValue:
    """Say that the project was not ready, and why."""
    form = forms.ReopenForm()
    if not form.validate_on_submit():
        return _page("reopen", project, form)
    service.reopen(viewer(), project, form.reason.data or "", now())
    return _back(project, _("Projektet pågår igen."))


# --- the receiver ----------------------------------------------------------------------------------------


@bp.route("/projekt/<int:project_id>/overlamning/<int:item_id>/svara", methods=["GET", "POST"])
@requires(policy.may_answer, load=queries.item_for)
def answer(found: RestItemOf) -> ResponseReturnValue:
    """Accept for one's department, or decline."""
    form = on_saved(partial(forms.AnswerForm, data=said_by(found.item, "version")))
    if not form.validate_on_submit():
        return _page("answer", found.project, form, item=found.item)
    service.answer(viewer(), found, RestAction(form.answer.data), form.words.data or "", now())
    return _back(found.project, _("Svaret är sparat. Projektledaren har fått veta det."))


@bp.route("/projekt/<int:project_id>/overlamning/<int:item_id>/ta-over", methods=["GET", "POST"])
@requires(policy.may_take_over, load=queries.item_for)
def take_over(found: RestItemOf) -> ResponseReturnValue:
    """Take over in one's own name."""
    form = on_saved(partial(forms.WordsForm, data=said_by(found.item, "version")))
    if not form.validate_on_submit():
        return _page("take_over", found.project, form, item=found.item)
    service.take_over(viewer(), found, form.words.data or "", now())
    return _back(found.project, _("Du har tagit över restpunkten."))


@bp.route("/projekt/<int:project_id>/overlamning/<int:item_id>/avsluta", methods=["GET", "POST"])
@requires(policy.may_close, load=queries.item_for)
def close(found: RestItemOf) -> ResponseReturnValue:
    """Say that it is done, or is not to be done."""
    form = on_saved(partial(forms.CloseForm, data=said_by(found.item, "version")))
    if not form.validate_on_submit():
        return _page("close", found.project, form, item=found.item)
    service.close(viewer(), found, RestOutcome(form.outcome.data), note=form.note.data or "", now=now())
    return _back(found.project, _("Restpunkten är avslutad."))


@bp.route("/projekt/<int:project_id>/overlamning/inget-aterstar", methods=["GET", "POST"])
@requires(policy.may_confirm_nothing_left, load=project_for)
def nothing_left(project: Project) -> ResponseReturnValue:
    """Confirm for the department that nothing remains."""
    known = {"version": str(queries.count_of(project.id))}
    form = on_saved(partial(forms.WordsForm, data=known))
    if not form.validate_on_submit():
        return _page("nothing_left", project, form, closed=queries.items_of(project.id))
    service.confirm_nothing_left(viewer(), project, form.words.data or "", now())
    return _back(project, _("Du har bekräftat att inget återstår."))


def _page(name: str, project: Project, form: OpenedForm, **more: Any) -> ResponseReturnValue:
    page = render_template(f"closing/handover/{name}.html", project=project, form=form, **more)
    return page, status_of(form)


def _back(project: Project, done: str) -> ResponseReturnValue:
    flash(done, "success")
    return redirect(url_for(".plan", project_id=project.id))
