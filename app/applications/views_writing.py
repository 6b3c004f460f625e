"""Writing an application: the task list, its sections, the check before it is sent."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import queries as accounts
from app.accounts.session import now, today, viewer
from app.applications import completeness, notes, pages, policy, queries, service
from app.applications.addressed import SectionOf
from app.applications.blueprint import bp
from app.applications.content import departments_in
from app.applications.forms import (
    AttachmentForm,
    SectionForm,
    content_of,
    place_after_rows,
    saved_data,
    section_form,
)
from app.projects.models import Project, ProjectKind
from app.projects.queries import project_for
from app.web.access import requires
from app.web.changing import on_saved, status_of, typed_in
from app.web.formats import clock
from app.web.rows import rows_changed
from app.web.typed import still_writing


@bp.get("/projekt/<int:project_id>/ansokan")
@requires(policy.may_write, load=project_for)
def tasks(project: Project) -> ResponseReturnValue:
    """Every section with how far it has come."""
    return render_template(
        "applications/tasks.html",
        project=project,
        tasks=pages.task_list(project, today()),
        versions=queries.versions_of(project.id),
        may_withdraw=policy.may_withdraw(viewer(), project),
    )


@bp.get("/projekt/<int:project_id>/ansokan/<form_key:key>")
@requires(policy.sees_form, load=queries.section_of)
def section(place: SectionOf) -> ResponseReturnValue:
    """One section, to write in; for everybody else, the place in the text where it is read."""
    if not policy.may_write_form(viewer(), place):
        address = url_for("applications.read", project_id=place.project.id, _anchor=place.key)
        return redirect(address)
    return section_page(place, _form(place))


@bp.post("/projekt/<int:project_id>/ansokan/<form_key:key>")
@requires(policy.may_write_form, load=queries.section_of)
def save(place: SectionOf) -> ResponseReturnValue:
    """Save the section; or add a row, or remove one."""
    project, form = place.project, _form(place)
    if rows_changed(form, request.form):
        anchor = place_after_rows(form, request.form)
        return still_writing(redirect(pages.section_url(project, place.key, anchor), 303), typed_in(form))
    if not form.validate():
        return section_page(place, form), status_of(form)
    content = content_of(form, place.section, ProjectKind(project.kind))
    service.save_section(viewer(), project, place.key, content, now(), version=form.started_from)
    flash(_("Sparad %(time)s.", time=clock(now())), "success")
    _before, after = pages.neighbours(project, place.key)
    onward = request.form.get("action") == "continue"
    return redirect(after.href if onward else pages.section_url(project, place.key))


@bp.get("/projekt/<int:project_id>/ansokan/kontroll")
@requires(policy.may_write, load=project_for)
def check(project: Project) -> ResponseReturnValue:
    """What is lacking, each with a link to its place; nothing lacking: send it."""
    return check_page(project)


def check_page(project: Project) -> str:
    """The check, and the way on that is open."""
    found = [*completeness.lacks(project, today()), *pages.question_lacks(project)]
    completing = bool(policy.may_resubmit(viewer(), project))
    return render_template(
        "applications/check.html",
        project=project,
        groups=pages.lack_groups(project, found),
        count=len(found),
        completing=completing,
        new_signature=completing and not found and service.needs_new_signature(project, today()),
    )


# --- a section's page ------------------------------------------------------------------------------------


def section_page(place: SectionOf, form: SectionForm, **more: Any) -> str:
    """The page of a section with this form."""
    project = place.project
    saved = queries.saved_section(project.id, place.key)
    before, after = pages.neighbours(project, place.key)
    return render_template(
        "applications/section.html",
        project=project,
        section=place.section,
        kind=ProjectKind(project.kind),
        form=form,
        saved=pages.saved_text(saved, today()),
        links=pages.section_links(project, place.key, today()),
        notes=notes.beside(viewer(), project, place.key),
        before=before,
        after=after,
        columns_of=pages.columns_of,
        example_of=pages.example_of,
        attachments=queries.attachments_of(project.id) if place.section.holds == "attachments" else (),
        **{"attachment_form": attachment_form(project), **more},
    )


def attachment_form(project: Project) -> AttachmentForm:
    """The form that takes a file in."""
    return AttachmentForm(at=url_for("applications.add_attachment", project_id=project.id))


def _form(place: SectionOf) -> SectionForm:
    """With the departments that there are; one that is no more can be kept where it is chosen already."""
    kind, saved = ProjectKind(place.project.kind), queries.saved_section(place.project.id, place.key)
    content, version = (saved.content, saved.version) if saved else ({}, 0)
    chosen = departments_in(place.section, content)
    offered = tuple(
        (str(row.id), row.name)
        for row in accounts.departments(active_only=False)
        if row.active or str(row.id) in chosen
    )
    make = partial(
        section_form(place.section, kind, offered),
        data=saved_data(place.section, kind, content, version),
        at=pages.section_url(place.project, place.key),
        about=f"{place.project.id}/{place.key}",
    )
    return on_saved(make, pages.saved_text(saved, today()))
