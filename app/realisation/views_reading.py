"""Measurements out of a file: the template, the file, a look at its rows, all of them or none."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accepted.refusal import AttachmentError
from app.accepted.tables import read_table
from app.accepted.tables.bounds import TableError
from app.accepted.types import TABLES
from app.accounts.session import now, today, viewer
from app.core.tabular import Table
from app.realisation import policy, queries, rows, service
from app.realisation.blueprint import bp
from app.realisation.forms_reading import RowsForm, UploadForm
from app.realisation.queries import BenefitOf
from app.realisation.rows import NoSuchTableError
from app.web import attached
from app.web.access import requires
from app.web.downloads import rows_response


@dataclass(frozen=True)
class TakenTable:
    """A file as a table, or why it is none."""

    table: Table | None = None
    name: str = ""
    fault: str = ""


def _taken_table(_found: BenefitOf) -> TakenTable:
    if request.method != "POST" or "rows" in request.form or not (form := UploadForm()).validate():
        return TakenTable()
    if len(form.files.chosen) != 1:
        return TakenTable(fault=_("Välj en fil."))
    file = attached.taken_in(form.files.chosen[0], among=TABLES)
    if isinstance(file, AttachmentError):
        return TakenTable(fault=str(file.reason))
    try:
        path = attached.store().path(file.stored.sha256)
        return TakenTable(read_table(path, file.media_type), file.name)
    except TableError as error:
        return TakenTable(fault=str(error.reason))


@bp.get("/projekt/<int:project_id>/nyttor/<int:benefit_id>/matningar.xlsx")
@requires(policy.may_measure, load=queries.benefit_for)
def template(found: BenefitOf) -> ResponseReturnValue:
    """A workbook to fill in with what was measured."""
    return rows_response(rows.template(found, today()), {}, "xlsx", _("matningar"))


@bp.route("/projekt/<int:project_id>/nyttor/<int:benefit_id>/las-in", methods=["GET", "POST"])
@requires(policy.may_measure, load=queries.benefit_for, beforehand=_taken_table)
def read_in(found: BenefitOf, taken: TakenTable) -> ResponseReturnValue:
    """Choose a file, look at its rows, and keep all of them."""
    if "rows" in request.form:
        return _keep(found)
    form = UploadForm()
    if not form.validate_on_submit():
        return _choose(found, form)
    try:
        if taken.table is None:
            raise NoSuchTableError(taken.fault or _("Välj en fil."))
        return _look(found, rows.rows_of(taken.table, found, taken.name))
    except NoSuchTableError as error:
        form.files.errors = [str(error)]
        return _choose(found, form)


def _keep(found: BenefitOf) -> ResponseReturnValue:
    form = RowsForm()
    try:
        given = rows.from_text(form.rows.data or "")
    except NoSuchTableError as error:
        chosen = UploadForm(None)
        chosen.files.errors = [str(error)]
        return _choose(found, chosen)
    reading = rows.reading_of(given, found, today())
    if not form.validate_on_submit() or not reading.is_whole:
        return _look(found, given)
    kept = service.measure_all(viewer(), found, reading.measurements, now())
    told = ngettext("%(num)s mätning är inläst.", "%(num)s mätningar är inlästa.", len(kept))
    flash(told, "success")
    return redirect(url_for(".benefit", project_id=found.project.id, benefit_id=found.benefit.id))


def _choose(found: BenefitOf, form: UploadForm) -> ResponseReturnValue:
    page = render_template("realisation/read_in.html", project=found.project, found=found, form=form)
    return page, 422 if form.errors else 200


def _look(found: BenefitOf, given: list[rows.FileRow]) -> ResponseReturnValue:
    """What would be kept, or what is wrong with which row."""
    reading = rows.reading_of(given, found, today())
    form = RowsForm(None)
    form.rows.data = rows.as_text(given)
    page = render_template(
        "realisation/look_at_rows.html",
        project=found.project,
        found=found,
        form=form,
        reading=reading,
        heads=rows.heads_of(found),
    )
    return page, 200 if reading.is_whole else 422
