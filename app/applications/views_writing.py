"""Writing an application: the task list, its sections, the check before it is sent."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import queries as accounts
from app.accounts.session import now, today, viewer
from app.applications import completeness, notes, pages, policy, queries, service
from app.applications.addressed import FormOf, SectionOf
from app.applications.blueprint import bp
from app.applications.content import canonical, departments_in
from app.applications.forms import (
    AttachmentForm,
    SectionForm,
    content_of,
    filled,
    place_after_rows,
    section_form,
    sent_fields,
    typed_again,
    typed_in,
)
from app.applications.reading import changed_answers
from app.projects import drafts
from app.projects.autosaving import autosaved
from app.projects.models import Project, ProjectKind
from app.projects.queries import project_for
from app.web.access import requires
from app.web.formats import clock
from app.web.language import current_language
from app.web.rows import rows_changed


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
    draft = drafts.of(viewer().id, place.project.id, place.key)
    form = typed_again(_form_class(place), draft.fields) if draft else _saved_form(place)
    return section_page(place, form, draft_saved_at=draft.saved_at if draft else None)


@bp.post("/projekt/<int:project_id>/ansokan/<form_key:key>")
@requires(policy.may_write_form, load=queries.section_of)
def save(place: SectionOf) -> ResponseReturnValue:
    """Save the section; or add a row, remove one, throw the draft away."""
    project, key = place.project, place.key
    if request.form.get("action") == "discard":
        drafts.discard(viewer().id, project.id, key)
        flash(_("Utkastet är kastat. Här är det som senast sparades."), "success")
        return redirect(pages.section_url(project, key))
    form = _form_class(place)(formdata=request.form)
    if rows_changed(form, request.form):
        service.keep_draft(viewer(), project, key, typed_in(form), now())
        return redirect(pages.section_url(project, key, place_after_rows(form, request.form)), 303)
    if not form.validate():
        service.keep_draft(viewer(), project, key, sent_fields(request.form), now())
        return section_page(place, form), 422
    try:
        content = content_of(form, place.section, ProjectKind(project.kind))
        service.save_section(viewer(), project, key, content, now(), version=form.started_from)
    except service.StaleSectionError as stale:
        return _conflict_page(place, form, stale), 409
    drafts.settle(viewer().id, project.id, key, str(form.page.data or ""))
    flash(_("Sparad %(time)s.", time=clock(now())), "success")
    _before, after = pages.neighbours(project, key)
    onward = request.form.get("action") == "continue"
    return redirect(after.href if onward else pages.section_url(project, key))


@bp.post("/projekt/<int:project_id>/ansokan/<form_key:key>/utkast")
@requires(policy.may_write_form, load=queries.form_of)
def autosave(form: FormOf) -> ResponseReturnValue:
    """Keep what is typed. Another page's draft of the same form is never written over."""
    return autosaved(viewer().id, form.project.id, form.key, sent_fields(request.form), now())


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
        **{"attachment_form": AttachmentForm(formdata=None), **more},
    )


def _conflict_page(place: SectionOf, form: SectionForm, stale: service.StaleSectionError) -> str:
    """Both texts, field by field; the form keeps the writer's own and starts from what is saved now."""
    kind = ProjectKind(place.project.kind)
    mine = canonical(place.section, kind, content_of(form, place.section, kind))
    names = {str(key): name for key, name in accounts.department_names().items()}
    changes = changed_answers(place.section, stale.saved.content, mine, names, current_language())
    form.version.data = str(stale.saved.version)
    return section_page(place, form, conflict=list(changes), has_errors=True)


def _form_class(place: SectionOf) -> type[SectionForm]:
    """With the departments that there are; one that is no more can be kept where it is chosen already."""
    saved = queries.saved_section(place.project.id, place.key)
    chosen = departments_in(place.section, saved.content) if saved else set()
    offered = tuple(
        (str(row.id), row.name)
        for row in accounts.departments(active_only=False)
        if row.active or str(row.id) in chosen
    )
    return section_form(place.section, ProjectKind(place.project.kind), offered)


def _saved_form(place: SectionOf) -> SectionForm:
    saved = queries.saved_section(place.project.id, place.key)
    content, version = (saved.content, saved.version) if saved else ({}, 0)
    return filled(_form_class(place), place.section, ProjectKind(place.project.kind), content, version)
