"""Reading an application as one page, comparing its versions, and fetching its attachments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accepted.refusal import AttachmentError
from app.accepted.taking_in import TakenIn
from app.accounts.session import now, today, viewer
from app.applications import attachments, pages, policy, queries
from app.applications.addressed import AttachmentOf, SectionOf
from app.applications.blueprint import bp
from app.applications.forms import SectionForm
from app.applications.models import ApplicationVersion
from app.applications.reading import ReadSection, compare, read
from app.applications.sections import section_by_key
from app.applications.snapshot import Document, document_of
from app.applications.views_writing import attachment_form, section_page
from app.benefits import results, tables
from app.benefits.inputs import Inputs
from app.benefits.labels import name_of
from app.benefits.snapshot import inputs_from_json
from app.projects.models import Project
from app.projects.policy import sees_working_copy, visible
from app.projects.queries import project_for
from app.web import attached
from app.web.access import requires
from app.web.language import current_language

ATTACHMENTS = "attachments"


@dataclass(frozen=True)
class Reading:
    """An application as it is read: what is being written, or a submitted version."""

    document: Document
    version: ApplicationVersion | None
    sections: list[ReadSection]
    inputs: Inputs
    figures: list[Any]
    headline: str
    costs: tables.CostTable
    benefits: tables.BenefitTable
    unpriced: tuple[Any, ...]


def reading_of(project: Project, version: ApplicationVersion | None) -> Reading:
    """The application for reading; without a version, as it stands now."""
    language = current_language()
    document: Document = version.content if version else document_of(project, today())
    inputs = inputs_from_json(document["calculation"])
    return Reading(
        document,
        version,
        read(document, language),
        inputs,
        results.key_figures(inputs, language)[:4],
        results.headline(inputs.calculation),
        tables.cost_lines(inputs),
        tables.benefit_lines(inputs),
        tables.unpriced(inputs),
    )


@bp.get("/projekt/<int:project_id>/ansokan/las", endpoint="read")
@requires(visible, load=project_for)
def read_whole(project: Project) -> ResponseReturnValue:
    """The whole application as one page: a submitted version, or what is being written."""
    versions = queries.versions_of(project.id)
    asked = request.args.get("version")
    version = _numbered(versions, asked) if asked else None
    if not asked and versions and not sees_working_copy(viewer(), project):
        version = versions[-1]
    return render_template(
        "applications/read.html",
        project=project,
        reading=reading_of(project, version),
        tabs=_tabs(project, versions, version),
        versions=versions,
        may_write=policy.may_write(viewer(), project),
        may_recall=policy.may_recall(viewer(), project),
        name_of=name_of,
    )


def _tabs(
    project: Project, versions: Sequence[ApplicationVersion], shown: ApplicationVersion | None
) -> list[dict[str, Any]]:
    """Ways to each version, and to what is being written for those who may read it."""
    named = [(_("Version %(number)s", number=row.number), row) for row in versions]
    now_written = [(_("Som den ser ut nu"), None)] if sees_working_copy(viewer(), project) else []
    return [
        {
            "label": label,
            "href": url_for("applications.read", project_id=project.id, version=row.number if row else None),
            "current": row is shown,
        }
        for label, row in (*named, *now_written)
    ]


def _numbered(versions: Any, text: str | None) -> ApplicationVersion:
    found: ApplicationVersion | None = next((row for row in versions if str(row.number) == text), None)
    if found is None:
        abort(404)
    return found


@bp.get("/projekt/<int:project_id>/ansokan/jamfor", endpoint="compare")
@requires(visible, load=project_for)
def compare_versions(project: Project) -> ResponseReturnValue:
    """What changed between two submitted versions; the last two unless others are asked for."""
    versions = queries.versions_of(project.id)
    if len(versions) < 2:
        abort(404)
    before = _numbered(versions, request.args.get("from", str(versions[-2].number)))
    after = _numbered(versions, request.args.get("to", str(versions[-1].number)))
    return render_template(
        "applications/compare.html",
        project=project,
        versions=versions,
        before=before,
        after=after,
        sections=compare(before.content, after.content, current_language()),
    )


@bp.get("/projekt/<int:project_id>/bilagor/<int:attachment_id>")
@requires(policy.sees_attachment, load=queries.attachment_for)
def attachment(found: AttachmentOf) -> ResponseReturnValue:
    """The file itself."""
    return attached.saved_not_opened(found.attachment)


def _taken_in(project: Project) -> TakenIn | AttachmentError | None:
    """The file that the form sends, or why it is not taken in; None when the form itself has faults."""
    form = attachment_form(project)
    file = form.file.data
    if not form.validate() or not file or not file.filename:
        return None
    try:
        attachments.refuse_more(project)
    except AttachmentError as error:
        return error
    return attached.taken_in(file)


def _attach(
    project: Project, taken: TakenIn | AttachmentError | None, description: str
) -> AttachmentError | None:
    if isinstance(taken, TakenIn):
        try:
            attachments.add_attachment(viewer(), project, taken, description=description, now=now())
        except AttachmentError as error:
            return error
    return taken if isinstance(taken, AttachmentError) else None


@bp.post("/projekt/<int:project_id>/bilagor")
@requires(policy.may_write, load=project_for, beforehand=_taken_in)
def add_attachment(project: Project, taken: TakenIn | AttachmentError | None) -> ResponseReturnValue:
    """Take a file in; one that cannot be taken in is told why."""
    form = attachment_form(project)
    form.validate()
    if not form.file.data or not form.file.data.filename:
        form.file.errors = [_("Välj en fil.")]
    elif problem := _attach(project, taken, form.description.data or ""):
        form.file.errors = [str(problem.reason)]
    if form.errors:
        place = SectionOf(project, section_by_key(ATTACHMENTS))
        page = section_page(place, SectionForm(formdata=None), attachment_form=form, has_errors=True)
        return page, 422
    flash(_("Bilagan är sparad."), "success")
    return redirect(pages.section_url(project, ATTACHMENTS))


@bp.post("/projekt/<int:project_id>/bilagor/<int:attachment_id>/ta-bort")
@requires(policy.may_remove_attachment, load=queries.attachment_for)
def remove_attachment(found: AttachmentOf) -> ResponseReturnValue:
    """Take an attachment out of the application."""
    attachments.remove_attachment(viewer(), found.project, found.attachment, now())
    flash(_("Bilagan är borttagen."), "success")
    return redirect(pages.section_url(found.project, ATTACHMENTS))
