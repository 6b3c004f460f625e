"""Follow-ups: planned, written section by section, checked, sent, read as they were sent, answered."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.session import now, today, viewer
from app.core.lacks import IncompleteError
from app.follow_up import (
    forms,
    gates,
    pages,
    policy,
    queries,
    reading,
    reminding,
    sections,
    service,
    views_list,
    words,
)
from app.follow_up.blueprint import bp
from app.follow_up.queries import FollowUpOf, FollowUpsOf, OpenVersion
from app.follow_up.questions import questions_in
from app.follow_up.sections import OpenSection
from app.projects.models import Project
from app.projects.obstacles import NotReadyError
from app.projects.queries import project_for
from app.web import paper
from app.web.access import requires
from app.web.addresses import record_number
from app.web.changing import on_saved, status_of
from app.web.language import current_language
from app.web.opened import AUTO
from app.web.rows import rows_changed

__all__ = ["bp", "reminding", "views_list"]

ALL = "/projekt/<int:project_id>/uppfoljning"
AT = f"{ALL}/<int:number>"


@bp.get(ALL)
@requires(policy.may_see, load=queries.follow_ups_for)
def follow_ups(found: FollowUpsOf) -> ResponseReturnValue:
    """When the project is followed up, how that went, and what keeps it open."""
    page = pages.project_follow_ups(viewer(), found, today())
    return render_template("follow_up/follow_ups.html", page=page, project=found.project)


@bp.get(AT)
@requires(policy.may_open, load=queries.follow_up_for)
def follow_up(found: FollowUpOf) -> ResponseReturnValue:
    """Where a follow-up stands: what is left to write, what has been sent, what was said of it."""
    page = pages.follow_up_page(viewer(), found, today())
    return render_template(
        "follow_up/follow_up.html", page=page, found=found, project=found.project, words=words
    )


# --- writing ---------------------------------------------------------------------------------------------


@bp.route(f"{AT}/skriv/<section>", methods=["GET", "POST"])
@requires(policy.may_write_section, load=sections.section_for)
def section(opened: OpenSection) -> ResponseReturnValue:
    """Write a section: saved as far as it has come."""
    form = on_saved(partial(_form, opened))
    if request.method == "POST" and rows_changed(form, request.form):
        return _writing(opened, form)
    if not form.validate_on_submit():
        return _writing(opened, form)
    content = service.begun(opened.found, opened.ground)
    service.save(viewer(), opened.found, form.into(content), now())
    flash(_("Avsnittet är sparat."), "success")
    return redirect(_onwards(opened))


def _form(opened: OpenSection, formdata: Any = AUTO) -> forms.SectionForm:
    data = forms.typed(service.begun(opened.found, opened.ground))
    return forms.section_form(opened.section, opened.ground)(formdata, data=data)


def _writing(opened: OpenSection, form: forms.SectionForm) -> ResponseReturnValue:
    page = render_template(
        "follow_up/section.html",
        opened=opened,
        asked=questions_in(opened.section),
        project=opened.found.project,
        name=words.name_of(opened.found.follow_up.months),
        back=pages.follow_up_url(opened.found),
        ground=opened.ground,
        form=form,
        words=words,
        returned=pages.returned(opened.found),
    )
    return page, status_of(form)


def _onwards(opened: OpenSection) -> str:
    """The next section, or all of them."""
    following = pages.following(opened.ground, opened.section)
    if request.form.get("action") == "next" and following is not None:
        return pages.section_url(opened.found, following)
    return pages.follow_up_url(opened.found)


@bp.route(f"{AT}/skicka", methods=["GET", "POST"])
@requires(policy.may_send, load=queries.follow_up_for)
def send(found: FollowUpOf) -> ResponseReturnValue:
    """Show what is lacking, or ask and then send."""
    if request.method == "GET":
        return _checking(found)
    try:
        service.send(viewer(), found, today(), now())
    except IncompleteError:
        return _checking(found), 422
    flash(_("Uppföljningen är skickad. Sekretariatet har fått veta det."), "success")
    return redirect(pages.follow_up_url(found))


def _checking(found: FollowUpOf) -> str:
    page = pages.follow_up_page(viewer(), found, today())
    return render_template(
        "follow_up/send.html",
        page=page,
        project=found.project,
        back=pages.follow_up_url(found),
        section_url=partial(pages.section_url, found),
    )


# --- reading ---------------------------------------------------------------------------------------------


@bp.get(f"{AT}/version/<int:sent>")
@requires(policy.may_read, load=queries.version_for)
def version(opened: OpenVersion) -> ResponseReturnValue:
    """The follow-up as it was sent."""
    found = opened.found
    newest = opened.version is found.newest
    return render_template(
        "follow_up/version.html",
        found=found,
        project=found.project,
        version=opened.version,
        name=words.name_of(found.follow_up.months),
        tag=pages.tag_of(found, today()) if newest else None,
        figures=reading.key_figures(opened.version.content).figures,
        sections=reading.sections_of(opened.version.content),
        remark=found.remark_on(opened.version),
        words=words,
        may_treat=newest and bool(policy.may_treat(viewer(), found)),
    )


@bp.get(f"{AT}/version/<int:sent>.pdf")
@requires(policy.may_read, load=queries.version_for)
def pdf(opened: OpenVersion) -> ResponseReturnValue:
    """The follow-up as a PDF, as it was sent."""
    from app.follow_up.documents import follow_up_pdf

    project, row = opened.found.project, opened.found.follow_up
    name = f"uppfoljning-{project.case_number or project.id}-{row.number}-{opened.version.number}.pdf"
    return paper.answer(partial(follow_up_pdf, opened.version, current_language()), name)


# --- answering -------------------------------------------------------------------------------------------


@bp.route(f"{AT}/tillbaka", methods=["GET", "POST"])
@requires(policy.may_treat, load=queries.follow_up_for)
def give_back(found: FollowUpOf) -> ResponseReturnValue:
    """Send the follow-up back to be put right, and say why."""
    form = forms.ReturnFollowUpForm(data={"number": _newest(found)})
    if not form.validate_on_submit():
        return _answering("give_back", found, form)
    service.give_back(viewer(), found, _shown(form), reason=form.reason.data or "", now=now())
    flash(_("Uppföljningen är skickad tillbaka. De som skriver den har fått veta varför."), "success")
    return redirect(pages.follow_up_url(found))


@bp.route(f"{AT}/godkann", methods=["GET", "POST"])
@requires(policy.may_treat, load=queries.follow_up_for)
def approve(found: FollowUpOf) -> ResponseReturnValue:
    """Ask, and then let the follow-up stand as it is."""
    form = forms.ApproveFollowUpForm(data={"number": _newest(found)})
    if not form.validate_on_submit():
        return _answering("approve", found, form)
    service.approve(viewer(), found, _shown(form), words=form.words.data or "", now=now())
    flash(_("Uppföljningen är godkänd."), "success")
    return redirect(url_for(".follow_ups", project_id=found.project.id))


def _answering(page: str, found: FollowUpOf, form: Any) -> ResponseReturnValue:
    back = url_for(
        ".version", project_id=found.project.id, number=found.follow_up.number, sent=_newest(found)
    )
    name = words.name_of(found.follow_up.months)
    html = render_template(f"follow_up/{page}.html", project=found.project, name=name, back=back, form=form)
    return html, status_of(form)


def _newest(found: FollowUpOf) -> int:
    return found.newest.number if found.newest else 0


def _shown(form: forms.ReturnFollowUpForm | forms.ApproveFollowUpForm) -> int:
    """The version that the button was pressed on."""
    return record_number(str(form.number.data or "")) or 0


# --- the end ---------------------------------------------------------------------------------------------


@bp.route("/projekt/<int:project_id>/stang", methods=["GET", "POST"])
@requires(policy.may_close, load=project_for)
def close(project: Project) -> ResponseReturnValue:
    """Show what keeps the project open, or ask and then close it."""
    form = forms.CloseProjectForm()
    if not form.validate_on_submit():
        return _closing(project, form), status_of(form)
    try:
        service.close(viewer(), queries.whole_of(project), form.words.data or "", now())
    except NotReadyError:
        return _closing(project, form), 422
    flash(_("Projektet är avslutat."), "success")
    return redirect(url_for(".follow_ups", project_id=project.id))


def _closing(project: Project, form: forms.CloseProjectForm) -> str:
    return render_template(
        "follow_up/close.html", project=project, form=form, obstacles=gates.obstacles_to_close(project)
    )
