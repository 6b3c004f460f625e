"""The pages on which a cost line or a benefit line is written, changed and removed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.accounts import queries as accounts
from app.accounts.session import now, today, viewer
from app.benefits import policy, queries, results, service
from app.benefits.blueprint import bp
from app.benefits.forms import CostForm, Options, cost_form, cost_years, years_in
from app.benefits.forms_benefit import BenefitForm, benefit_form
from app.benefits.inputs import Inputs
from app.benefits.models import BenefitLine, CostLine
from app.benefits.queries import OpenBenefit, OpenCost
from app.benefits.values import Entry
from app.programmes.queries import hourly_rates_on
from app.projects import drafts
from app.projects.models import Draft, Project
from app.projects.queries import project_for
from app.web.access import requires
from app.web.formats import kronor
from app.web.language import current_language
from app.web.opened import differences


@bp.route("/projekt/<int:project_id>/kalkyl/kostnad/ny", methods=["GET", "POST"])
@requires(policy.may_edit, load=project_for)
def new_cost(project: Project) -> ResponseReturnValue:
    """Write a new cost line."""
    if _thrown_away(project, queries.cost_key(None)):
        return redirect(url_for(".new_cost", project_id=project.id), 303)
    form = _cost_form(project, None)
    values = form.values() if form.validate_on_submit() else None
    if values is None:
        return _shown(_cost_page(project, None, form), form)
    page = str(form.page.data or "")[:64]
    service.add_cost_line(viewer(), project, values, now(), form_key=page or None)
    return _saved(project, queries.cost_key(None), page, _("Kostnaden är sparad."))


@bp.route("/projekt/<int:project_id>/kalkyl/kostnad/<int:line_id>", methods=["GET", "POST"])
@requires(policy.may_edit_line, load=queries.open_cost)
def cost(opened: OpenCost) -> ResponseReturnValue:
    """Change a cost line."""
    project, line = opened.project, opened.line
    if _thrown_away(project, queries.cost_key(line.id)):
        return redirect(url_for(".cost", project_id=project.id, line_id=line.id), 303)
    form = _cost_form(project, line)
    values = form.values() if form.validate_on_submit() else None
    if values is None:
        return _shown(_cost_page(project, line, form), form)
    try:
        service.change_cost_line(viewer(), project, line, values, now(), version=form.started_from)
    except service.StaleLineError:
        return _conflict(_cost_page, project, line, _cost_form(project, line, as_saved=True), form)
    return _saved(project, queries.cost_key(line.id), str(form.page.data or ""), _("Kostnaden är sparad."))


@bp.route("/projekt/<int:project_id>/kalkyl/kostnad/<int:line_id>/ta-bort", methods=["GET", "POST"])
@requires(policy.may_edit_line, load=queries.open_cost)
def remove_cost(opened: OpenCost) -> ResponseReturnValue:
    """Ask, then remove a cost line."""
    if request.method == "GET":
        return render_template("benefits/remove.html", project=opened.project, line=opened.line)
    key = queries.cost_key(opened.line.id)
    service.remove_cost_line(viewer(), opened.project, opened.line, now())
    drafts.discard(viewer().id, opened.project.id, key)
    return _saved(opened.project, key, "", _("Kostnaden är borttagen."))


@bp.route("/projekt/<int:project_id>/kalkyl/nytta/ny", methods=["GET", "POST"])
@requires(policy.may_edit, load=project_for)
def new_benefit(project: Project) -> ResponseReturnValue:
    """Write a new benefit line."""
    if _thrown_away(project, queries.benefit_key(None)):
        return redirect(url_for(".new_benefit", project_id=project.id), 303)
    form = _benefit_form(project, None)
    values = form.values() if form.validate_on_submit() else None
    if values is None:
        return _shown(_benefit_page(project, None, form), form)
    page = str(form.page.data or "")[:64]
    service.add_benefit_line(viewer(), project, values, now(), form_key=page or None)
    return _saved(project, queries.benefit_key(None), page, _("Nyttan är sparad."))


@bp.route("/projekt/<int:project_id>/kalkyl/nytta/<int:line_id>", methods=["GET", "POST"])
@requires(policy.may_edit_line, load=queries.open_benefit)
def benefit(opened: OpenBenefit) -> ResponseReturnValue:
    """Change a benefit line."""
    project, line = opened.project, opened.line
    if _thrown_away(project, queries.benefit_key(line.id)):
        return redirect(url_for(".benefit", project_id=project.id, line_id=line.id), 303)
    form = _benefit_form(project, line)
    values = form.values() if form.validate_on_submit() else None
    if values is None:
        return _shown(_benefit_page(project, line, form), form)
    try:
        service.change_benefit_line(viewer(), project, line, values, now(), version=form.started_from)
    except service.StaleLineError:
        return _conflict(_benefit_page, project, line, _benefit_form(project, line, as_saved=True), form)
    return _saved(project, queries.benefit_key(line.id), str(form.page.data or ""), _("Nyttan är sparad."))


@bp.route("/projekt/<int:project_id>/kalkyl/nytta/<int:line_id>/ta-bort", methods=["GET", "POST"])
@requires(policy.may_edit_line, load=queries.open_benefit)
def remove_benefit(opened: OpenBenefit) -> ResponseReturnValue:
    """Ask, then remove a benefit line."""
    if request.method == "GET":
        return render_template("benefits/remove.html", project=opened.project, line=opened.line)
    key = queries.benefit_key(opened.line.id)
    service.remove_benefit_line(viewer(), opened.project, opened.line, now())
    drafts.discard(viewer().id, opened.project.id, key)
    return _saved(opened.project, key, "", _("Nyttan är borttagen."))


def with_typed_line(project: Project, inputs: Inputs, key: str) -> Inputs:
    """The inputs with the line of this key as it is typed in the request, as far as it can be read."""
    names = accounts.department_names()
    if key.startswith("cost-"):
        costs = cost_form(years_in(request.form), _departments(project, None)).values()
        if costs and costs.department_id in names:
            return inputs.with_cost(Entry(key, names[costs.department_id], costs))
    if key.startswith("benefit-"):
        benefits = _benefit_form(project, None).values()
        if benefits and benefits.department_id in names:
            return inputs.with_benefit(Entry(key, names[benefits.department_id], benefits))
    return inputs


def _thrown_away(project: Project, key: str) -> bool:
    """Whether the person asked to forget the draft; then it is forgotten."""
    if request.form.get("action") != "discard":
        return False
    drafts.discard(viewer().id, project.id, key)
    flash(_("Utkastet är borta."), "success")
    return True


def _saved(project: Project, key: str, page: str, message: str) -> ResponseReturnValue:
    drafts.settle(viewer().id, project.id, key, page)
    flash(message, "success")
    return redirect(url_for(".lines", project_id=project.id), 303)


def _cost_form(project: Project, line: CostLine | None, *, as_saved: bool = False) -> CostForm:
    typed = _typed(_draft(project, queries.cost_key(line.id if line else None)))
    existing = {row.year for row in line.amounts} if line else set()
    settings = queries.settings_on(project.programme_id, today())
    last = project.programme.ends_on.year + settings.horizon_years
    return cost_form(
        cost_years(today(), last, existing | set(years_in(typed or ()))),
        _departments(project, line),
        values=queries.cost_values(line) if line else None,
        version=line.version if line else 0,
        typed=typed,
        as_saved=as_saved,
    )


def _benefit_form(project: Project, line: BenefitLine | None, *, as_saved: bool = False) -> BenefitForm:
    offered = hourly_rates_on(project.programme_id, today())
    return benefit_form(
        _departments(project, line),
        {row.staff_category: row.rate for row in offered},
        [
            (row.staff_category, f"{row.staff_category}, {kronor(row.rate, current_language())}")
            for row in offered
        ],
        values=queries.benefit_values(line) if line else None,
        version=line.version if line else 0,
        typed=_typed(_draft(project, queries.benefit_key(line.id if line else None))),
        as_saved=as_saved,
    )


def _departments(project: Project, line: CostLine | BenefitLine | None) -> Options:
    """The project's own department first, since most lines are its own; also one that is no more, if the
    line has it."""
    names = {department.id: department.name for department in accounts.departments()}
    if line:
        names[line.department_id] = line.department.name
    own = project.lead_department
    return [(own.id, own.name), *((key, name) for key, name in names.items() if key != own.id)]


def _draft(project: Project, key: str) -> Draft | None:
    """What the person typed before and did not save; a form that is being sent needs no draft."""
    return drafts.of(viewer().id, project.id, key) if request.method == "GET" else None


def _typed(draft: Draft | None) -> MultiDict[str, str] | None:
    return MultiDict([(name, text) for name, text in draft.fields]) if draft else None


def _conflict(
    page: Callable[..., str],
    project: Project,
    line: CostLine | BenefitLine,
    saved: CostForm | BenefitForm,
    typed: CostForm | BenefitForm,
) -> ResponseReturnValue:
    """Both texts, field by field; the form keeps the writer's own and starts from what is saved now."""
    typed.version.data = str(line.version)
    found = list(differences(saved, typed))
    return page(project, line, typed, conflict=found, last_saved=queries.last_saved(line)), 409


def _shown(page: str, form: CostForm | BenefitForm) -> ResponseReturnValue:
    return page, 422 if form.errors else 200


def _cost_page(project: Project, line: CostLine | None, form: CostForm, **more: Any) -> str:
    key = queries.cost_key(line.id if line else None)
    return _line_page("benefits/cost.html", project, line, form, key, **more)


def _benefit_page(project: Project, line: BenefitLine | None, form: BenefitForm, **more: Any) -> str:
    key = queries.benefit_key(line.id if line else None)
    return _line_page("benefits/benefit.html", project, line, form, key, **more)


def _line_page(
    template: str,
    project: Project,
    line: CostLine | BenefitLine | None,
    form: CostForm | BenefitForm,
    key: str,
    **more: Any,
) -> str:
    inputs = queries.inputs_for(project, today())
    return render_template(
        template,
        project=project,
        line=line,
        form=form,
        key=key,
        draft=_draft(project, key),
        settings=inputs.settings,
        figures=results.strip(inputs, current_language()),
        **more,
    )
