"""Registering opinions and decisions, and preparing meetings."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.queries import department_names, departments
from app.accounts.session import now, today, viewer
from app.applications.operating import LACKING
from app.applications.queries import newest_version
from app.decisions import policy, queries, service, words
from app.decisions.forms import DecisionForm, OpinionForm, PackForm, prefilled, proposals, show_faults
from app.decisions.printing import MANY_CASES, PACK, agenda_for, filename
from app.decisions.rules import Draft, InvalidError
from app.jobs import service as jobs
from app.programmes.queries import delegation, frame_balance, the_programme
from app.projects.models import Project
from app.projects.queries import project_for
from app.web import paper
from app.web.access import requires
from app.web.language import current_language
from app.web.rows import rows_changed
from app.web.typed import CONTROLS

bp = Blueprint("decisions", __name__)
bp.add_app_template_filter(words.opinion_tag)
bp.add_app_template_filter(words.decision_tag)
bp.add_app_template_filter(words.proposal_text)


@bp.route("/projekt/<int:project_id>/yttrande", methods=["GET", "POST"])
@requires(policy.may_record_opinion, load=project_for)
def opinion(project: Project) -> ResponseReturnValue:
    """Register what the council said."""
    form = OpinionForm()
    if request.method == "GET":
        return render_template("decisions/opinion.html", project=project, form=form)
    if not form.validate_on_submit() or not _opinion_registered(project, form):
        return render_template("decisions/opinion.html", project=project, form=form), 422
    flash(_("Yttrandet är registrerat. Ärendet väntar på beslut."), "success")
    return redirect(url_for("overview.project", project_id=project.id))


def _opinion_registered(project: Project, form: OpinionForm) -> bool:
    try:
        service.record_opinion(
            viewer(),
            project,
            meeting_on=form.meeting_on.data,
            kind=form.opinion_kind(),
            text=form.text.data or "",
            separate_statements=int(form.separate_statements.data or 0),
            now=now(),
        )
    except InvalidError as error:
        show_faults(form, error.faults)
        return False
    return True


@bp.route("/projekt/<int:project_id>/beslut", methods=["GET", "POST"])
@requires(policy.may_decide, load=project_for)
def decide(project: Project) -> ResponseReturnValue:
    """Write the decision, check it on a page of its own, then register it for good."""
    form = _decision_form(project)
    step = request.form.get("step", "check")
    if request.method == "GET" or rows_changed(form, request.form) or step == "change":
        return _decision_page(project, form)
    if not form.validate_on_submit():
        return _decision_page(project, form), 422
    draft = form.draft()
    faults = service.faults_in(project, draft, now())
    if faults:
        show_faults(form, faults)
        return _decision_page(project, form), 422
    if step != "register":
        return _check_page(project, form, draft)
    _register(project, draft)
    flash(_("Beslutet är registrerat. Projektledaren och verksamhetschefen har fått veta det."), "success")
    return redirect(url_for("overview.project", project_id=project.id))


def _decision_form(project: Project) -> DecisionForm:
    version = newest_version(project.id)
    amounts = queries.applied_by_department_and_year(version) if version and request.method == "GET" else []
    form = DecisionForm(data={"amounts": prefilled(amounts), "decided_on": today()})
    _offer(project, form)
    return form


def _offer(project: Project, form: DecisionForm) -> None:
    ground = queries.ground_for(project, form.decided_on.data or today(), today())
    form.offer(ground.delegations, departments())


def _decision_page(project: Project, form: DecisionForm) -> str:
    _offer(project, form)
    return render_template(
        "decisions/decide.html",
        project=project,
        form=form,
        version=newest_version(project.id),
        opinions=queries.opinions_of(project.id),
        balance=frame_balance(project.programme_id),
        operation_lacks=_operation_lacks(project, form),
    )


def _operation_lacks(project: Project, form: DecisionForm) -> list[object]:
    """What keeps the application from being granted, whatever is decided on it."""
    day = form.decided_on.data or today()
    lacks = queries.operation_lacks_in(project, newest_version(project.id), day)
    return [LACKING[lack] for lack in lacks]


def _check_page(project: Project, form: DecisionForm, draft: Draft) -> str:
    return render_template(
        "decisions/check.html",
        project=project,
        form=form,
        draft=draft,
        delegation=delegation(draft.delegation_id),
        departments=department_names(),
        share=queries.share_of_frame(project.programme_id, draft.total),
        sent=[(name, value) for name, value in request.form.items(multi=True) if name not in CONTROLS],
    )


def _register(project: Project, draft: Draft) -> None:
    service.decide(
        viewer(),
        project,
        kind=draft.kind,
        decided_on=draft.decided_on,
        delegation_id=draft.delegation_id,
        amounts=[(row.department_id, row.year, row.amount) for row in draft.amounts],
        conditions=draft.conditions,
        reasons=draft.reasons,
        reference=draft.reference,
        now=now(),
    )


@bp.post("/projekt/<int:project_id>/ta-upp")
@requires(policy.may_resume, load=project_for)
def resume(project: Project) -> ResponseReturnValue:
    """Take a postponed case up again."""
    service.resume(viewer(), project, now())
    flash(_("Ärendet är upptaget igen. Det bedöms på nytt."), "success")
    return redirect(url_for("reviews.case", project_id=project.id))


@bp.get("/moten")
@requires(policy.may_read_packs)
def packs() -> ResponseReturnValue:
    """The packs of all meetings."""
    return render_template(
        "decisions/packs.html", packs=queries.packs(viewer()), may_make=policy.may_make_packs(viewer())
    )


@bp.get("/moten/<int:pack_id>")
@requires(policy.may_read_packs, load=agenda_for)
def pack(agenda: queries.Agenda) -> ResponseReturnValue:
    """One meeting: its cases, what they ask for and what is proposed."""
    return render_template("decisions/pack.html", agenda=agenda, large=len(agenda.items) >= MANY_CASES)


@bp.post("/moten/<int:pack_id>/bestall")
@requires(policy.may_print_pack, load=agenda_for)
def order_pack(agenda: queries.Agenda) -> ResponseReturnValue:
    """Have the documents of a large meeting made, and be told when they are there."""
    title = _("Handlingar till %(meeting)s", meeting=agenda.pack.title)
    job = jobs.ask(viewer(), PACK, {"pack_id": agenda.pack.id}, title, now())
    return redirect(url_for("jobs.job", job_id=job.id))


@bp.get("/moten/<int:pack_id>.pdf")
@requires(policy.may_print_pack, load=agenda_for)
def pack_pdf(agenda: queries.Agenda) -> ResponseReturnValue:
    """The documents of a meeting as one PDF."""
    from app.decisions.pack_documents import pack_pdf as made

    return paper.answer(
        partial(made, agenda, current_language()),
        filename(agenda),
    )


@bp.get("/projekt/<int:project_id>/beslutsunderlag.pdf")
@requires(policy.may_read_memo, load=project_for)
def memo_pdf(project: Project) -> ResponseReturnValue:
    """What a decision on the project rests on, as a PDF."""
    from app.decisions.documents import memo_pdf as made
    from app.decisions.dossier import dossier_of

    dossier = dossier_of(project, today())
    if dossier is None:
        abort(404)
    return paper.answer(
        partial(made, dossier, current_language()),
        f"beslutsunderlag-{project.case_number or project.id}.pdf",
    )


@bp.route("/moten/nytt", methods=["GET", "POST"])
@requires(policy.may_make_packs)
def new_pack() -> ResponseReturnValue:
    """Choose the cases of a meeting and say what is proposed in each."""
    programme = the_programme()
    cases = queries.cases_for_agenda(viewer(), programme.id) if programme else []
    versions = queries.newest_versions([case.id for case in cases])
    form = PackForm(data={"items": proposals(cases, versions)})
    form.complete(proposals(cases, versions))
    page = {"form": form, "cases": {case.id: case for case in cases}, "versions": versions}
    if request.method == "GET" or programme is None:
        return render_template("decisions/new_pack.html", **page)
    pack_id = _pack_made(programme.id, form) if form.validate_on_submit() else None
    if pack_id is None:
        return render_template("decisions/new_pack.html", **page), 422
    flash(_("Möteshandlingarna är skapade."), "success")
    return redirect(url_for("decisions.pack", pack_id=pack_id))


def _pack_made(programme_id: int, form: PackForm) -> int | None:
    chosen = form.chosen()
    try:
        made = service.create_pack(
            viewer(),
            programme_id=programme_id,
            title=form.title.data or "",
            meeting_on=form.meeting_on.data,
            items=[row.form.item() for row in chosen],
            now=now(),
        )
    except InvalidError as error:
        show_faults(form, error.faults, chosen)
        return None
    return made.id
