"""The final report: written section by section, checked, sent, read as it was sent, answered."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.session import now, today, viewer
from app.closing.final_report import (
    forms,
    gates,
    notifying,
    pages,
    policy,
    queries,
    reading,
    service,
    words,
)
from app.closing.final_report.blueprint import bp
from app.closing.final_report.document import roles_in
from app.closing.final_report.over_time import kept_in
from app.closing.final_report.queries import FinalReportOf, OpenSection, OpenVersion
from app.core.final_report import FinalState
from app.core.lacks import IncompleteError
from app.delivery.reports.pictures import pictures_of
from app.projects.obstacles import NotReadyError
from app.web import paper
from app.web.access import requires
from app.web.addresses import record_number
from app.web.changing import on_saved, status_of
from app.web.language import current_language
from app.web.opened import AUTO
from app.web.pages import WORDY_PAGE_SIZE, Page, page_number

__all__ = ["bp", "notifying"]

AT = "/projekt/<int:project_id>/slutrapport"


@bp.get(AT)
@requires(policy.may_open, load=queries.final_report_for)
def report(found: FinalReportOf) -> ResponseReturnValue:
    """Where the report stands: what is left to write, what has been sent, what was said of it."""
    page = pages.final_report_page(viewer(), found, today())
    return render_template(
        "closing/final_report/report.html", page=page, found=found, project=found.project, words=words
    )


# --- writing ---------------------------------------------------------------------------------------------


@bp.route(f"{AT}/skriv/<section>", methods=["GET", "POST"])
@requires(policy.may_write_section, load=queries.section_for)
def section(opened: OpenSection) -> ResponseReturnValue:
    """Write a section: saved as far as it has come."""
    form = on_saved(partial(_form, opened))
    if not form.validate_on_submit():
        return _writing(opened, form)
    content = service.begun(opened.found, opened.ground)
    service.save(viewer(), opened.found, form.into(content), now())
    flash(_("Avsnittet är sparat."), "success")
    return redirect(_onwards(opened))


def _form(opened: OpenSection, formdata: Any = AUTO) -> forms.SectionForm:
    data = forms.typed(service.begun(opened.found, opened.ground), opened.section)
    return forms.section_form(opened.section, opened.ground)(formdata, data=data)


def _writing(opened: OpenSection, form: forms.SectionForm) -> ResponseReturnValue:
    page = render_template(
        "closing/final_report/section.html",
        opened=opened,
        project=opened.found.project,
        ground=opened.ground,
        roles=roles_in(opened.ground),
        form=form,
        words=words,
        returned=pages.returned(opened.found),
    )
    return page, status_of(form)


def _onwards(opened: OpenSection) -> str:
    """The next section, or all of them."""
    _before, following = pages.neighbours(opened.ground, opened.section)
    if request.form.get("action") == "next" and following is not None:
        return pages.section_url(opened.found, following)
    return url_for(".report", project_id=opened.found.project.id)


@bp.route(f"{AT}/skicka", methods=["GET", "POST"])
@requires(policy.may_write, load=queries.final_report_for)
def send(found: FinalReportOf) -> ResponseReturnValue:
    """Show what is lacking, or ask and then send."""
    if request.method == "GET":
        return _checking(found)
    try:
        service.send(viewer(), found, today(), now())
    except IncompleteError:
        return _checking(found), 422
    flash(_("Slutrapporten är skickad. Sekretariatet har fått veta det."), "success")
    return _back(found)


def _checking(found: FinalReportOf) -> str:
    page = pages.final_report_page(viewer(), found, today())
    return render_template(
        "closing/final_report/send.html",
        page=page,
        found=found,
        project=found.project,
        words=words,
        section_url=partial(pages.section_url, found),
    )


# --- reading ---------------------------------------------------------------------------------------------


@bp.get(f"{AT}/<int:number>")
@requires(policy.may_read, load=queries.version_for)
def version(opened: OpenVersion) -> ResponseReturnValue:
    """The report as it was sent."""
    found = opened.found
    return render_template(
        "closing/final_report/version.html",
        found=found,
        project=found.project,
        version=opened.version,
        figures=reading.key_figures(opened.version.content).figures,
        sections=reading.sections_of(opened.version.content),
        remark=found.remark_on(opened.version),
        ended=pages.ended_text(opened.version),
        has_charts=kept_in(opened.version.content) is not None,
        words=words,
        may_treat=bool(policy.may_treat(viewer(), found)) and opened.version is found.newest,
    )


@bp.get(f"{AT}/<int:number>/over-tid")
@requires(policy.may_read, load=queries.version_for)
def over_time(opened: OpenVersion) -> ResponseReturnValue:
    """Milestones and money over time, as the report has kept them."""
    known = kept_in(opened.version.content)
    return render_template(
        "closing/final_report/over_time.html",
        project=opened.found.project,
        version=opened.version,
        pictures=pictures_of(known, current_language()) if known else (),
    )


@bp.get(f"{AT}/<int:number>.pdf")
@requires(policy.may_read, load=queries.version_for)
def pdf(opened: OpenVersion) -> ResponseReturnValue:
    """The report as a PDF, as it was sent."""
    from app.closing.final_report.documents import final_report_pdf

    project = opened.found.project
    name = f"slutrapport-{project.case_number or project.id}-{opened.version.number}.pdf"
    return paper.answer(partial(final_report_pdf, opened.version, current_language()), name)


# --- answering -------------------------------------------------------------------------------------------


@bp.route(f"{AT}/tillbaka", methods=["GET", "POST"])
@requires(policy.may_treat, load=queries.final_report_for)
def give_back(found: FinalReportOf) -> ResponseReturnValue:
    """Send the report back to be put right, and say why."""
    form = forms.ReturnFinalReportForm(data={"number": _newest(found)})
    if not form.validate_on_submit():
        page = render_template(
            "closing/final_report/give_back.html", found=found, project=found.project, form=form
        )
        return page, status_of(form)
    service.give_back(viewer(), found, _shown(form), reason=form.reason.data or "", now=now())
    flash(_("Slutrapporten är skickad tillbaka. Projektledaren har fått veta varför."), "success")
    return _back(found)


@bp.route(f"{AT}/godkann", methods=["GET", "POST"])
@requires(policy.may_end, load=queries.final_report_for)
def approve(found: FinalReportOf) -> ResponseReturnValue:
    """Show what keeps the project from ending, or ask and then end it."""
    form = forms.ApproveFinalReportForm(data={"number": _newest(found)})
    if not form.validate_on_submit():
        return _approving(found, form), status_of(form)
    try:
        service.approve(viewer(), found, _shown(form), words=form.words.data or "", now=now())
    except NotReadyError:
        return _approving(found, form), 422
    flash(_("Slutrapporten är godkänd, och projektet är avslutat."), "success")
    return _back(found)


def _approving(found: FinalReportOf, form: forms.ApproveFinalReportForm) -> str:
    return render_template(
        "closing/final_report/approve.html",
        found=found,
        project=found.project,
        form=form,
        obstacles=gates.obstacles_to_end(found.project),
    )


def _newest(found: FinalReportOf) -> int:
    return found.newest.number if found.newest else 0


def _shown(form: forms.ReturnFinalReportForm | forms.ApproveFinalReportForm) -> int:
    """The version that the button was pressed on."""
    return record_number(str(form.number.data or "")) or 0


def _back(found: FinalReportOf) -> ResponseReturnValue:
    return redirect(url_for(".report", project_id=found.project.id))


# --- all of them -----------------------------------------------------------------------------------------


@bp.get("/slutrapporter")
@requires(policy.may_see_list)
def all_reports() -> ResponseReturnValue:
    """The final reports of all projects that are being ended or have been: the longest waiting first."""
    asked = request.args.get("lage", "")
    state = FinalState(asked) if asked in set(FinalState) else None
    page = Page(page_number(), 0, WORDY_PAGE_SIZE)
    rows, count = queries.listed(viewer(), state, limit=page.size, offset=page.offset)
    return render_template(
        "closing/final_report/list.html",
        rows=rows,
        page=Page(page.number, count, page.size),
        state=state,
        words=words,
    )
