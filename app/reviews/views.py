"""The secretariat's page of a case: registration, completeness check, return for completion."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.session import now, today, viewer
from app.applications.notes import announce
from app.applications.queries import newest_version, versions_of
from app.applications.sections import title_of
from app.core.workflow import Action
from app.projects.models import Project
from app.projects.policy import may
from app.projects.queries import interests_in, project_for
from app.reviews import policy, queries, service
from app.reviews.forms import ANSWER_TAGS, CheckForm, ReturnForm, suggested_questions
from app.reviews.notes import QuestionNotes
from app.reviews.pages import answer_form, checklist_form
from app.web.access import requires
from app.web.changing import is_stale, status_of
from app.web.rows import rows_changed

bp = Blueprint("reviews", __name__)

bp.record_once(lambda setup: announce(setup.app, QuestionNotes()))


@bp.get("/projekt/<int:project_id>/granskning")
@requires(policy.may_read_case, load=project_for)
def case(project: Project) -> ResponseReturnValue:
    """Everything that the secretariat needs to move the case on."""
    return _case_page(project, checklist_form(project))


def _case_page(project: Project, form: CheckForm) -> str:
    person = viewer()
    check = queries.check_of(project)
    return render_template(
        "reviews/case.html",
        project=project,
        form=form,
        check=check,
        versions=versions_of(project.id),
        requests=queries.requests_of(project.id),
        interests=interests_in(project.id),
        answer_tags=ANSWER_TAGS,
        title_of=title_of,
        today=today(),
        may={
            "register": policy.may_register(person, project),
            "claim": policy.may_claim(person, project),
            "see_check": policy.may_see_check(person, project),
            "check": policy.may_check(person, project),
            "accept": policy.may_accept(person, project, check),
            "refer": policy.may_refer(person, project),
            "record_opinion": may(person, project, Action.RECORD_OPINION),
            "decide": may(person, project, Action.APPROVE),
            "resume": may(person, project, Action.RESUME),
        },
    )


def _back(project: Project) -> ResponseReturnValue:
    return redirect(url_for("reviews.case", project_id=project.id))


@bp.post("/projekt/<int:project_id>/granskning/registrera")
@requires(policy.may_register, load=project_for)
def register(project: Project) -> ResponseReturnValue:
    """Give the case its number and become its handler."""
    number = service.register(viewer(), project, now(), today())
    flash(
        _("Ärendet är registrerat med diarienummer %(number)s. Du handlägger det.", number=number), "success"
    )
    return _back(project)


@bp.post("/projekt/<int:project_id>/granskning/ta-over")
@requires(policy.may_claim, load=project_for)
def claim(project: Project) -> ResponseReturnValue:
    """Become the case's handler instead of the colleague whom the page named."""
    if is_stale(project.version):
        who = project.handler.name if project.handler else _("ingen")
        flash(
            _("Ärendet har ändrats sedan du öppnade sidan. Nu handlägger %(name)s det.", name=who), "warning"
        )
        return _case_page(project, checklist_form(project)), 409
    service.claim(viewer(), project, now())
    flash(_("Du handlägger nu ärendet."), "success")
    return _back(project)


@bp.post("/projekt/<int:project_id>/granskning/kontroll")
@requires(policy.may_check, load=project_for)
def answer_checklist(project: Project) -> ResponseReturnValue:
    """Save the points that are answered so far."""
    form = checklist_form(project)
    if not form.validate_on_submit():
        return _case_page(project, form), status_of(form)
    service.answer_checklist(viewer(), project, form.answers(), now())
    left = queries.check_of(project).unanswered
    flash(
        ngettext(
            "Kontrollen är sparad. %(num)s punkt återstår.",
            "Kontrollen är sparad. %(num)s punkter återstår.",
            left,
        )
        if left
        else _("Kontrollen är sparad. Alla punkter har svar."),
        "success",
    )
    return _back(project)


@bp.post("/projekt/<int:project_id>/granskning/godkann")
@requires(policy.may_check, load=project_for)
def accept(project: Project) -> ResponseReturnValue:
    """End the check."""
    service.accept_as_complete(viewer(), project, now())
    flash(_("Ansökan är fullständig. Ärendet bedöms nu."), "success")
    return _back(project)


@bp.post("/projekt/<int:project_id>/granskning/sand-till-radet")
@requires(policy.may_refer, load=project_for)
def refer(project: Project) -> ResponseReturnValue:
    """Send the case to the council."""
    service.refer_to_council(viewer(), project, now())
    flash(_("Ärendet är skickat till Lilla utvecklingsrådet. Rådet kan läsa det nu."), "success")
    return _back(project)


@bp.route("/projekt/<int:project_id>/granskning/komplettering", methods=["GET", "POST"])
@requires(policy.may_return, load=project_for)
def return_for_completion(project: Project) -> ResponseReturnValue:
    """Write the questions and give the application back."""
    form = _return_form(project)
    sent = request.method == "POST" and not rows_changed(form, request.form)
    form.offer_sections(project.kind)
    if not sent:
        return render_template("reviews/return.html", project=project, form=form)
    if not form.validate_on_submit() or not _returned(project, form):
        return render_template("reviews/return.html", project=project, form=form), 422
    flash(_("Ansökan är åter hos projektledaren för komplettering."), "success")
    return _back(project)


def _return_form(project: Project) -> ReturnForm:
    """It begins with a question for each point that lacks."""
    version, check = newest_version(project.id), queries.check_of(project)
    lacking = suggested_questions(check, queries.answers_to(version.id)) if version else []
    due_on = service.working_days_after(today(), service.ANSWER_WITHIN_DAYS)
    return ReturnForm(data={"questions": lacking, "due_on": due_on})


def _returned(project: Project, form: ReturnForm) -> bool:
    try:
        service.return_for_completion(
            viewer(),
            project,
            message=form.message.data or "",
            due_on=form.due_on.data,
            questions=form.asked(),
            now=now(),
        )
    except service.NothingAskedError:
        form.questions.errors = [_("Ställ minst en fråga.")]
    except service.DueDateError:
        form.due_on.errors = [_("Ange en dag som inte har passerat.")]
    else:
        return True
    return False


@bp.post("/projekt/<int:project_id>/fragor/<int:question_id>")
@requires(policy.may_answer, load=queries.question_for)
def answer(asked: queries.AskedQuestion) -> ResponseReturnValue:
    """Answer a question in place, then go back to the section that it stands in."""
    form = answer_form(asked)
    if not form.validate_on_submit():
        page = render_template("reviews/answer.html", asked=asked, form=form, title_of=title_of)
        return page, status_of(form)
    service.answer_question(viewer(), asked.project, asked.question, form.answer.data or "", now())
    flash(_("Svaret är sparat."), "success")
    return redirect(
        url_for("applications.section", project_id=asked.project.id, key=asked.question.section)
        + f"#question-{asked.question.id}"
    )
