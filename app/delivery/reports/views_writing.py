"""A report is written: the plan's rows part by part, then the lights and the words, and it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.session import now, viewer
from app.core.reporting import proposals
from app.delivery.costs.queries import actuals_of
from app.delivery.reports import pages, parts, policy, queries, rules, service, words
from app.delivery.reports.blueprint import AT, bp
from app.delivery.reports.document import Ground, figures_of
from app.delivery.reports.forms import RowsForm, StatusReportForm, report_form, rows_form, typed
from app.delivery.reports.queries import OpenPart, ReportOf
from app.web.access import requires
from app.web.changing import on_saved, status_of
from app.web.opened import AUTO

WRITE = f"{AT}/<int:period_id>/skriv"


@bp.route(WRITE, methods=["GET", "POST"])
@requires(policy.may_write, load=queries.report_for)
def write(found: ReportOf) -> ResponseReturnValue:
    """The lights and the words, and what is left of the parts: save it as far as it has come, or send it."""
    ground = queries.ground_of(found.project, found.period)
    form = on_saved(partial(_form, found))
    if request.method == "GET" or not form.validate_on_submit():
        return _writing(found, ground, form)
    content = form.into(service.begun(found))
    if request.form.get("action") != "send":
        service.save(viewer(), found, content, now())
        flash(_("Rapporten är sparad. Skicka den när den är klar."), "success")
        return redirect(_address(found))
    try:
        service.send(viewer(), found, content, now())
    except service.InvalidReportError as error:
        form.show(error.faults)
        form.form_errors = list(_elsewhere(ground, error.faults))
        return _writing(found, ground, form)
    flash(_("Rapporten är skickad. Sekretariatet har fått veta det."), "success")
    return redirect(url_for(".report", project_id=found.project.id, period_id=found.period.id))


def _form(found: ReportOf, formdata: Any = AUTO) -> StatusReportForm:
    return report_form()(formdata, data=typed(service.begun(found)))


def _elsewhere(ground: Ground, faults: Mapping[str, Any]) -> list[str]:
    """What is lacking in the parts, which have pages of their own."""
    lacking = [(part, len(faults.keys() & set(part.fields))) for part in parts.parts_of(ground.plan)]
    return [
        ngettext(
            "%(part)s: %(num)s sak saknas.",
            "%(part)s: %(num)s saker saknas.",
            count,
            part=pages.part_name(part),
        )
        for part, count in lacking
        if count
    ]


def _writing(found: ReportOf, ground: Ground, form: StatusReportForm) -> ResponseReturnValue:
    content = form.into(service.begun(found))
    page = render_template(
        "delivery/reports/write.html",
        found=found,
        project=found.project,
        form=form,
        tasks=pages.tasks(found, ground, rules.faults_in(ground, content)),
        proposed=proposals(figures_of(ground, content)),
        words=words,
        last=queries.last_sent_before(found.project.id, found.period),
        returned=pages.returned(found),
    )
    return page, status_of(form)


# --- the plan's rows -------------------------------------------------------------------------------------


@bp.route(f"{WRITE}/<part>", methods=["GET", "POST"])
@requires(policy.may_write_part, load=queries.part_for)
def write_part(opened: OpenPart) -> ResponseReturnValue:
    """When milestones are expected, or what was spent or worked: some rows of the plan."""
    form = on_saved(partial(_rows_form, opened))
    if request.method == "GET":
        if "saknas" in request.args:
            form.show(rules.faults_in(opened.ground, service.begun(opened.found)))
        return _writing_part(opened, form)
    if not form.validate_on_submit():
        return _writing_part(opened, form), status_of(form)
    service.save(viewer(), opened.found, form.into(service.begun(opened.found)), now())
    flash(_("Uppgifterna är sparade."), "success")
    return redirect(_onwards(opened))


def _rows_form(opened: OpenPart, formdata: Any = AUTO) -> RowsForm:
    return rows_form(opened.part)(formdata, data=typed(service.begun(opened.found)))


def _writing_part(opened: OpenPart, form: RowsForm) -> str:
    found = opened.found
    return render_template(
        "delivery/reports/write_part.html",
        found=found,
        project=found.project,
        form=form,
        part=opened.part,
        title=pages.part_name(opened.part),
        rows=pages.rows_of(opened),
        back=_address(found),
        booked=actuals_of(found.project.id, found.period.ends_on),
    )


def _onwards(opened: OpenPart) -> str:
    """The next part, or what is left when there is none."""
    if request.form.get("action") == "save":
        return pages.part_url(opened.found, opened.part)
    following = parts.after(opened.ground.plan, opened.part)
    return pages.part_url(opened.found, following) if following else _address(opened.found)


def _address(found: ReportOf) -> str:
    return url_for(".write", project_id=found.project.id, period_id=found.period.id)
