"""Status reports: written by the project leader, read as they were sent, answered by the secretariat."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.session import now, today, viewer
from app.delivery.reports import (
    over_time,
    pages,
    policy,
    queries,
    reminding,
    service,
    views_over_time,
    views_overview,
    views_writing,
    words,
)
from app.delivery.reports.blueprint import AT, bp
from app.delivery.reports.forms import (
    RemarkForm,
    ReturnReportForm,
)
from app.delivery.reports.pictures import pictures_of
from app.delivery.reports.queries import ReportOf
from app.delivery.reports.shown import asked_version
from app.projects.models import Project
from app.projects.queries import project_for
from app.web import paper
from app.web.access import requires
from app.web.addresses import record_number
from app.web.language import current_language

__all__ = ["bp", "reminding", "views_over_time", "views_overview", "views_writing"]


@bp.get(AT)
@requires(policy.may_read_list, load=project_for)
def reports(project: Project) -> ResponseReturnValue:
    """The project's reports, the lights from one to the next, money and milestones over time."""
    page = pages.reports_page(viewer(), project, today())
    known = over_time.as_known(project.id, page.sent) if page.sent else None
    drawn = pictures_of(known, current_language()) if known else ()
    return render_template("delivery/reports/reports.html", page=page, pictures=drawn)


@bp.get(f"{AT}/<int:period_id>")
@requires(policy.may_read, load=queries.report_for)
def report(found: ReportOf) -> ResponseReturnValue:
    """A report as it was sent: the newest version, or the one that is asked for."""
    version = asked_version(found)
    return render_template(
        "delivery/reports/report.html",
        found=found,
        project=found.project,
        version=version,
        said=version.content,
        pictures=pictures_of(over_time.as_of(version), current_language()),
        remarks=[row for row in found.remarks if row.version_id == version.id],
        words=words,
        may_write=bool(policy.may_write(viewer(), found)),
        may_treat=bool(policy.may_treat(viewer(), found)) and version is found.newest,
        form=RemarkForm() if policy.may_comment(viewer(), found) else None,
        today=today(),
    )


@bp.get(f"{AT}/<int:period_id>.pdf")
@requires(policy.may_read, load=queries.report_for)
def pdf(found: ReportOf) -> ResponseReturnValue:
    """The report as a PDF, as it was sent."""
    from app.delivery.reports.documents import report_pdf

    version = asked_version(found)
    name = f"lagesrapport-{found.project.case_number or found.project.id}-{found.period.ends_on}.pdf"
    return paper.answer(partial(report_pdf, version, current_language()), name)


@bp.post(f"{AT}/<int:period_id>/last")
@requires(policy.may_treat, load=queries.report_for)
def read(found: ReportOf) -> ResponseReturnValue:
    """Somebody has read it."""
    service.read(viewer(), found, _shown_version(), now())
    flash(_("Rapporten är läst."), "success")
    return _back(found)


@bp.post(f"{AT}/<int:period_id>/godkann")
@requires(policy.may_treat, load=queries.report_for)
def approve(found: ReportOf) -> ResponseReturnValue:
    """The report stands as it is."""
    service.approve(viewer(), found, _shown_version(), now())
    flash(_("Rapporten är godkänd. Projektledaren har fått veta det."), "success")
    return _back(found)


@bp.route(f"{AT}/<int:period_id>/tillbaka", methods=["GET", "POST"])
@requires(policy.may_treat, load=queries.report_for)
def give_back(found: ReportOf) -> ResponseReturnValue:
    """Send the report back to be put right, and say why."""
    form = ReturnReportForm()
    if not form.validate_on_submit():
        page = render_template(
            "delivery/reports/give_back.html", found=found, project=found.project, form=form
        )
        return page, 422 if form.errors else 200
    service.give_back(viewer(), found, _shown_version(), reason=form.reason.data or "", now=now())
    flash(_("Rapporten är skickad tillbaka. Projektledaren har fått veta varför."), "success")
    return _back(found)


@bp.post(f"{AT}/<int:period_id>/kommentar")
@requires(policy.may_comment, load=queries.report_for)
def comment(found: ReportOf) -> ResponseReturnValue:
    """Say something of the report."""
    form = RemarkForm()
    if not form.validate_on_submit():
        flash(_("Skriv en kommentar."), "error")
        return _back(found)
    service.comment(viewer(), found, form.text.data or "", now())
    flash(_("Kommentaren är sparad."), "success")
    return _back(found)


def _shown_version() -> int:
    """The version that the button was pressed on."""
    return record_number(request.form.get("number", "")) or 0


def _back(found: ReportOf) -> ResponseReturnValue:
    return redirect(url_for(".report", project_id=found.project.id, period_id=found.period.id))
