"""The pages on which a cost line or a benefit line is written, changed and removed."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import drafts
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
from app.projects.models import Project
from app.projects.queries import project_for
from app.web.access import requires
from app.web.changing import ConfirmForm, on_saved, status_of
from app.web.formats import kronor, moment
from app.web.keys import here
from app.web.language import current_language
from app.web.opened import AUTO, typed_at


@bp.route("/projekt/<int:project_id>/kalkyl/kostnad/ny", methods=["GET", "POST"])
@requires(policy.may_edit, load=project_for)
def new_cost(project: Project) -> ResponseReturnValue:
    """Write a new cost line."""
    form = _cost_form(project, None)
    values = form.values() if form.validate_on_submit() else None
    if values is None:
        return _cost_page(project, None, form), status_of(form)
    service.add_cost_line(viewer(), project, values, now(), form_key=form.key.page)
    return _saved(project, _("Kostnaden är sparad."))


@bp.route("/projekt/<int:project_id>/kalkyl/kostnad/<int:line_id>", methods=["GET", "POST"])
@requires(policy.may_edit_line, load=queries.open_cost)
def cost(opened: OpenCost) -> ResponseReturnValue:
    """Change a cost line."""
    project, line = opened.project, opened.line
    form = on_saved(partial(_cost_form, project, line), _last_saved(line))
    values = form.values() if form.validate_on_submit() else None
    if values is None:
        return _cost_page(project, line, form), status_of(form)
    service.change_cost_line(viewer(), project, line, values, now(), version=form.started_from)
    return _saved(project, _("Kostnaden är sparad."))


@bp.route("/projekt/<int:project_id>/kalkyl/kostnad/<int:line_id>/ta-bort", methods=["GET", "POST"])
@requires(policy.may_edit_line, load=queries.open_cost)
def remove_cost(opened: OpenCost) -> ResponseReturnValue:
    """Ask, then remove a cost line."""
    form = on_saved(partial(ConfirmForm, obj=opened.line))
    if not form.validate_on_submit():
        return render_template("benefits/remove.html", **_asked(opened, form)), status_of(form)
    service.remove_cost_line(viewer(), opened.project, opened.line, now(), version=form.started_from)
    drafts.throw_away_about(viewer().id, f"{opened.project.id}/{queries.cost_key(opened.line.id)}")
    return _saved(opened.project, _("Kostnaden är borttagen."))


@bp.route("/projekt/<int:project_id>/kalkyl/nytta/ny", methods=["GET", "POST"])
@requires(policy.may_edit, load=project_for)
def new_benefit(project: Project) -> ResponseReturnValue:
    """Write a new benefit line."""
    form = _benefit_form(project, None)
    values = form.values() if form.validate_on_submit() else None
    if values is None:
        return _benefit_page(project, None, form), status_of(form)
    service.add_benefit_line(viewer(), project, values, now(), form_key=form.key.page)
    return _saved(project, _("Nyttan är sparad."))


@bp.route("/projekt/<int:project_id>/kalkyl/nytta/<int:line_id>", methods=["GET", "POST"])
@requires(policy.may_edit_line, load=queries.open_benefit)
def benefit(opened: OpenBenefit) -> ResponseReturnValue:
    """Change a benefit line."""
    project, line = opened.project, opened.line
    form = on_saved(partial(_benefit_form, project, line), _last_saved(line))
    values = form.values() if form.validate_on_submit() else None
    if values is None:
        return _benefit_page(project, line, form), status_of(form)
    service.change_benefit_line(viewer(), project, line, values, now(), version=form.started_from)
    return _saved(project, _("Nyttan är sparad."))


@bp.route("/projekt/<int:project_id>/kalkyl/nytta/<int:line_id>/ta-bort", methods=["GET", "POST"])
@requires(policy.may_edit_line, load=queries.open_benefit)
def remove_benefit(opened: OpenBenefit) -> ResponseReturnValue:
    """Ask, then remove a benefit line."""
    form = on_saved(partial(ConfirmForm, obj=opened.line))
    if not form.validate_on_submit():
        return render_template("benefits/remove.html", **_asked(opened, form)), status_of(form)
    service.remove_benefit_line(viewer(), opened.project, opened.line, now(), version=form.started_from)
    drafts.throw_away_about(viewer().id, f"{opened.project.id}/{queries.benefit_key(opened.line.id)}")
    return _saved(opened.project, _("Nyttan är borttagen."))


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


def _asked(opened: OpenCost | OpenBenefit, form: ConfirmForm) -> dict[str, Any]:
    return {"project": opened.project, "line": opened.line, "form": form}


def _saved(project: Project, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for(".lines", project_id=project.id), 303)


def _cost_form(project: Project, line: CostLine | None, formdata: Any = AUTO) -> CostForm:
    existing = {row.year for row in line.amounts} if line else set()
    settings = queries.settings_on(project.programme_id, today())
    last = project.programme.ends_on.year + settings.horizon_years
    return cost_form(
        cost_years(today(), last, existing | set(years_in(typed_at(here())))),
        _departments(project, line),
        values=queries.cost_values(line) if line else None,
        version=line.version if line else 0,
        about=f"{project.id}/{queries.cost_key(line.id if line else None)}",
        formdata=formdata,
    )


def _benefit_form(project: Project, line: BenefitLine | None, formdata: Any = AUTO) -> BenefitForm:
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
        about=f"{project.id}/{queries.benefit_key(line.id if line else None)}",
        formdata=formdata,
    )


def _last_saved(line: CostLine | BenefitLine) -> str:
    saved = queries.last_saved(line) if request.method == "POST" else None
    return _("Sparad %(when)s av %(who)s", when=moment(saved.at), who=saved.actor_name) if saved else ""


def _departments(project: Project, line: CostLine | BenefitLine | None) -> Options:
    """The project's own department first, since most lines are its own; also one that is no more, if the
    line has it."""
    names = {department.id: department.name for department in accounts.departments()}
    if line:
        names[line.department_id] = line.department.name
    own = project.lead_department
    return [(own.id, own.name), *((key, name) for key, name in names.items() if key != own.id)]


def _cost_page(project: Project, line: CostLine | None, form: CostForm) -> str:
    key = queries.cost_key(line.id if line else None)
    return _line_page("benefits/cost.html", project, line, form, key)


def _benefit_page(project: Project, line: BenefitLine | None, form: BenefitForm) -> str:
    key = queries.benefit_key(line.id if line else None)
    return _line_page("benefits/benefit.html", project, line, form, key)


def _line_page(
    template: str,
    project: Project,
    line: CostLine | BenefitLine | None,
    form: CostForm | BenefitForm,
    key: str,
) -> str:
    inputs = queries.inputs_for(project, today())
    return render_template(
        template,
        project=project,
        line=line,
        form=form,
        key=key,
        settings=inputs.settings,
        figures=results.strip(inputs, current_language()),
    )
