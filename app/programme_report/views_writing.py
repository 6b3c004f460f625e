"""A report is written: begun, typed part by part beside its figures, thrown away or issued, begun anew."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.session import now, today, viewer
from app.core.lacks import IncompleteError
from app.programme_report import forms, pages, policy, queries, service, words
from app.programme_report.blueprint import bp
from app.programme_report.figures import Told
from app.programme_report.queries import PartOf, ReportOf
from app.programme_report.questions import ASKED, Part
from app.programme_report.reading import part_of_report
from app.programmes import queries as programmes
from app.web.access import requires
from app.web.changing import on_saved, status_of
from app.web.opened import AUTO

AT = "/programrapporter/<int:report_id>"


@bp.route("/programrapporter/ny", methods=["GET", "POST"])
@requires(policy.may_begin)
def begin() -> ResponseReturnValue:
    """Choose what the report is about, and begin it."""
    known = programmes.programmes()
    if not known:
        return render_template("projects/no_programme.html")
    form = forms.begin_form(known, today(), request.args)
    programme = next((row for row in known if row.id == form.programme.data), known[0])
    if not form.validate_on_submit():
        return render_template("programme_report/begin.html", form=form), status_of(form)
    try:
        report = service.begin(
            viewer(), programme, form.chosen, form.year.data or today().year, today=today(), now=now()
        )
    except service.ReportExistsError as error:
        flash(_("Rapporten är redan påbörjad."), "info")
        return redirect(url_for(".report", report_id=error.report_id))
    return redirect(url_for(".report", report_id=report.id))


@bp.route(f"{AT}/skriv/<part>", methods=["GET", "POST"])
@requires(policy.may_write_part, load=queries.part_for)
def part(opened: PartOf) -> ResponseReturnValue:
    """Write a part, beside its figures: saved as far as it has come."""
    form = on_saved(partial(_form, opened))
    if not form.validate_on_submit():
        return _writing(opened, form)
    service.save(viewer(), opened.found, form.into(service.begun(opened.found)), now())
    flash(_("Texten är sparad."), "success")
    return redirect(_onwards(opened))


def _form(opened: PartOf, formdata: Any = AUTO) -> forms.PartForm:
    data = forms.typed(service.begun(opened.found))
    return forms.part_form(opened.part, opened.goals)(formdata, data=data)


def _writing(opened: PartOf, form: forms.PartForm) -> ResponseReturnValue:
    told = pages.told_of(pages.preview(opened.found, today()) | {"said": {"texts": {}, "goals": {}}})
    page = render_template(
        "programme_report/part.html",
        found=opened.found,
        name=pages.name_of(opened.found),
        part=opened.part,
        asked=ASKED[opened.part],
        form=form,
        figures=pages.figures(told) if opened.part is Part.SUMMARY else (),
        blocks=_blocks(opened, told),
        words=words,
    )
    return page, status_of(form)


def _blocks(opened: PartOf, told: Told) -> tuple[Any, ...]:
    """The figures of the part; goals and summary are words."""
    if opened.part in (Part.SUMMARY, Part.GOALS):
        return ()
    return part_of_report(told, opened.part).blocks


def _onwards(opened: PartOf) -> str:
    """The next part, or all of them."""
    parts = pages.parts_to_write(opened.found)
    following = parts[parts.index(opened.part) + 1 :][:1]
    if request.form.get("action") == "next" and following:
        return url_for(".part", report_id=opened.found.report.id, part=following[0].value)
    return pages.report_url(opened.found)


@bp.route(f"{AT}/dag", methods=["GET", "POST"])
@requires(policy.may_write, load=queries.report_for)
def day(found: ReportOf) -> ResponseReturnValue:
    """Choose the day whose figures the report has."""
    form = on_saved(lambda formdata=AUTO: forms.DayForm(formdata, data={"as_at": found.report.as_at}))
    if not form.validate_on_submit():
        page = render_template("programme_report/day.html", form=form, found=found, name=pages.name_of(found))
        return page, status_of(form)
    service.choose_day(viewer(), found, form.as_at.data, now())
    flash(_("Dagen är sparad."), "success")
    return redirect(pages.report_url(found))


@bp.get(f"{AT}/forhandsvisa")
@requires(policy.may_write, load=queries.report_for)
def preview(found: ReportOf) -> ResponseReturnValue:
    """The report as it would be issued now."""
    return render_template(
        "programme_report/preview.html",
        found=found,
        name=pages.name_of(found),
        shown=pages.shown(
            pages.preview(found, today()),
            request.args.get("del", ""),
            partial(url_for, ".preview", report_id=found.report.id),
        ),
    )


@bp.route(f"{AT}/ge-ut", methods=["GET", "POST"])
@requires(policy.may_write, load=queries.report_for)
def issue(found: ReportOf) -> ResponseReturnValue:
    """Show what is lacking, or ask and then issue."""
    if request.method == "GET":
        return _checking(found)
    try:
        made = service.issue(viewer(), found, today=today(), now=now())
    except IncompleteError:
        return _checking(found), 422
    flash(_("Rapporten är utgiven. Den ändras inte mer."), "success")
    return redirect(url_for(".version", report_id=found.report.id, number=made.number))


def _checking(found: ReportOf) -> str:
    return render_template(
        "programme_report/issue.html",
        found=found,
        name=pages.name_of(found),
        lacks=pages.lacks_of(found, today()),
        lack_url=partial(pages.lack_url, found),
    )


@bp.route(f"{AT}/kasta", methods=["GET", "POST"])
@requires(policy.may_write, load=queries.report_for)
def throw_away(found: ReportOf) -> ResponseReturnValue:
    """Ask why, and throw away what is being written."""
    form, name = forms.ThrowAwayForm(), pages.name_of(found)
    if not form.validate_on_submit():
        page = render_template("programme_report/throw_away.html", form=form, found=found, name=name)
        return page, status_of(form)
    stays = pages.report_url(found) if found.versions else url_for(".all_reports")
    service.throw_away(viewer(), found, reason=form.reason.data or "", now=now())
    flash(_("Utkastet är kastat."), "success")
    return redirect(stays)


@bp.route(f"{AT}/ny-version", methods=["GET", "POST"])
@requires(policy.may_revise, load=queries.report_for)
def revise(found: ReportOf) -> ResponseReturnValue:
    """Say why a later version is needed, and begin it with what the newest says."""
    form = forms.ReviseForm()
    if not form.validate_on_submit():
        page = render_template(
            "programme_report/revise.html", form=form, found=found, name=pages.name_of(found)
        )
        return page, status_of(form)
    service.revise(viewer(), found, reason=form.reason.data or "", now=now())
    flash(_("Den nya versionen är påbörjad med det som den förra säger."), "success")
    return redirect(pages.report_url(found))
