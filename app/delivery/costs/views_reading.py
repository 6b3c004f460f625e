"""Reading a file of costs and hours in: the file, its columns, a look at it, all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accepted.refusal import AttachmentError
from app.accepted.tables import read_table
from app.accepted.tables.bounds import TableError
from app.accepted.taking_in import TakenIn
from app.accepted.types import TABLES
from app.accounts.session import now, today, viewer
from app.core.tabular import Table
from app.core.verdict import RefusedError
from app.delivery.costs import pages_reading, policy, queries, read_in
from app.delivery.costs.blueprint import bp
from app.delivery.costs.columns import headings_of
from app.delivery.costs.forms_reading import ColumnsForm, ReadInForm, UploadForm, VoidReadInForm
from app.delivery.costs.long_files import LONG, READ_IN
from app.delivery.costs.queries import ReadInOf, UploadOf
from app.delivery.costs.service import lines_of
from app.jobs import service as jobs
from app.jobs.models import Job
from app.projects.models import Project
from app.projects.queries import project_for
from app.web import attached
from app.web.access import requires
from app.web.addresses import record_number


@dataclass(frozen=True)
class TakenTable:
    """A file that can be read as a table, or why not."""

    file: TakenIn | None = None
    fault: str = ""


def _taken_table(_project: Project) -> TakenTable:
    """Check the file, keep it, and read all of it once."""
    if request.method != "POST" or not (form := UploadForm()).validate():
        return TakenTable()
    if len(form.files.chosen) != 1:
        return TakenTable(fault=_("Välj en fil."))
    found = attached.taken_in(form.files.chosen[0], among=TABLES)
    if isinstance(found, AttachmentError):
        return TakenTable(fault=str(found.reason))
    try:
        read_table(attached.store().path(found.stored.sha256), found.media_type)
    except TableError as error:
        return TakenTable(fault=str(error.reason))
    return TakenTable(found)


@bp.route("/projekt/<int:project_id>/kostnader/las-in", methods=["GET", "POST"])
@requires(policy.may_enter, load=project_for, beforehand=_taken_table)
def upload(project: Project, taken: TakenTable) -> ResponseReturnValue:
    """Choose the file."""
    form = UploadForm()
    if form.validate_on_submit():
        form.files.errors = [taken.fault or _("Välj en fil.")]
        if taken.file is not None:
            try:
                read_in.take_up(viewer(), project, taken.file)
            except read_in.AlreadyReadError as error:
                form.files.errors = [pages_reading.already_read(error.before)]
            else:
                return redirect(url_for(".columns", project_id=project.id))
    page = render_template("delivery/costs/upload.html", project=project, form=form)
    return page, 422 if form.errors else 200


def _table(found: UploadOf) -> Table:
    """The file as a table: the sheet that is asked for, else the one that was chosen, else the first."""
    row = found.upload
    chosen = (row.columns or {}).get("sheet", "")
    asked = request.form.get("sheet") or request.args.get("blad") or chosen
    path = attached.store().path(row.sha256)
    try:
        return read_table(path, row.media_type, asked)
    except TableError:
        return read_table(path, row.media_type)


@bp.route("/projekt/<int:project_id>/kostnader/las-in/kolumner", methods=["GET", "POST"])
@requires(policy.may_read_in, load=queries.upload_for, beforehand=_table)
def columns(found: UploadOf, table: Table) -> ResponseReturnValue:
    """Say what the columns mean."""
    project, lines = found.project, lines_of(found.project)
    known = pages_reading.known_columns(found, table, record_number(request.args.get("rubrik", "")))
    form = ColumnsForm(data=known.data)
    row = form.header_row.data if request.method == "POST" else known.header_row
    headings = headings_of(table, row or 0)
    form.offer(table, headings, lines)
    if request.method == "POST" and ("show" in request.form or form.shown.data != headings.print):
        return redirect(url_for(".columns", project_id=project.id, blad=table.sheet, rubrik=row or 0))
    if form.validate_on_submit():
        read_in.choose(
            viewer(),
            found,
            form.columns(),
            headings,
            account=form.account.data,
            save_as=form.save_as.data or "",
            now=now(),
        )
        return redirect(url_for(".preview", project_id=project.id))
    page = render_template(
        "delivery/costs/columns.html",
        project=project,
        upload=found.upload,
        form=form,
        known=known,
        table=table,
    )
    return page, 422 if form.errors else 200


@bp.route("/projekt/<int:project_id>/kostnader/las-in/granska", methods=["GET", "POST"])
@requires(policy.may_read_in, load=queries.chosen_upload_for, beforehand=_table)
def preview(found: UploadOf, table: Table) -> ResponseReturnValue:
    """See what would be entered and what is wrong, row by row; then enter all of it."""
    ground = pages_reading.ground_of(found, today())
    form = ReadInForm()
    if form.validate_on_submit() and len(table.rows) > LONG:
        return redirect(url_for("jobs.job", job_id=_ordered(found, form.shown.data or "").id))
    if form.validate_on_submit():
        try:
            row = read_in.read_in(viewer(), found, table, ground, shown=form.shown.data or "", now=now())
        except read_in.AlreadyReadError as error:
            raise RefusedError(pages_reading.already_read(error.before)) from None
        except read_in.FaultyError:
            return redirect(url_for(".preview", project_id=found.project.id))
        told = ngettext("%(num)s rad är inläst.", "%(num)s rader är inlästa.", row.row_count)
        flash(told, "success")
        return redirect(url_for(".costs", project_id=found.project.id))
    page = pages_reading.preview_page(found, table, ground)
    form.shown.data = page.print
    return render_template(
        "delivery/costs/preview.html", project=found.project, upload=found.upload, page=page, form=form
    )


def _ordered(found: UploadOf, shown: str) -> Job:
    """Have a long file read in beside the pages."""
    asked = {
        "project_id": found.project.id,
        "upload_id": found.upload.id,
        "day": today().isoformat(),
        "shown": shown,
    }
    title = _("Inläsning av %(name)s", name=found.upload.filename)
    return jobs.ask(viewer(), READ_IN, asked, title, now())


@bp.route("/projekt/<int:project_id>/kostnader/inlasning/<int:read_in_id>/makulera", methods=["GET", "POST"])
@requires(policy.may_void_read_in, load=queries.read_in_for)
def void_read_in(found: ReadInOf) -> ResponseReturnValue:
    """Say that none of the file's rows count, and why."""
    form = VoidReadInForm()
    if form.validate_on_submit():
        read_in.void_read_in(viewer(), found, reason=form.reason.data or "", now=now())
        flash(_("Inläsningen är makulerad. Inga av filens poster räknas."), "success")
        return redirect(url_for(".costs", project_id=found.project.id))
    page = render_template(
        "delivery/costs/void_read_in.html", project=found.project, row=found.read_in, form=form
    )
    return page, 422 if form.errors else 200
