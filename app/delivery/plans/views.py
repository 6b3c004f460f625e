"""The plan: drawn up from the decision, written part by part, established, and read."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.queries import departments
from app.accounts.session import now, today, viewer
from app.delivery.plans import document, forms, pages, policy, queries, rules, service
from app.delivery.plans.rules import Part
from app.delivery.plans.words import MILESTONE_KINDS, PARTS
from app.projects.models import Project
from app.projects.queries import project_for
from app.web.access import requires
from app.web.changing import on_saved, status_of
from app.web.opened import AUTO
from app.web.rows import rows_changed

bp = Blueprint("plans", __name__)


@bp.get("/projekt/<int:project_id>/plan")
@requires(policy.may_read_plan, load=project_for)
def plan(project: Project) -> ResponseReturnValue:
    """The plan: while it is drawn up a list of what is left, afterwards as it stands beside the first."""
    return render_template(
        "delivery/plans/plan.html",
        project=project,
        page=pages.plan_page(viewer(), project, today()),
        may_draw_up=bool(policy.may_draw_up(viewer(), project)),
        part_url=pages.part_url,
        kinds=MILESTONE_KINDS,
    )


@bp.post("/projekt/<int:project_id>/plan/borja")
@requires(policy.may_draw_up, load=project_for)
def draw_up(project: Project) -> ResponseReturnValue:
    """Begin the plan with what the decided application says."""
    service.draw_up(viewer(), project, now())
    flash(_("Planen är påbörjad med det som står i den beslutade ansökan. Gå igenom varje del."), "success")
    return redirect(url_for(".plan", project_id=project.id))


@bp.route("/projekt/<int:project_id>/plan/milstolpar", methods=["GET", "POST"])
@requires(policy.may_plan, load=project_for)
def milestones(project: Project) -> ResponseReturnValue:
    """When the project begins and ends, and what is to be ready when."""
    form = on_saved(partial(_milestones_form, project))
    if not _is_complete(form):
        return _part_page(project, Part.MILESTONES, form)
    service.save_milestones(
        viewer(),
        project,
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
        milestones=form.values(),
        now=now(),
    )
    return _saved(project)


def _milestones_form(project: Project, formdata: Any = AUTO) -> forms.MilestonesForm:
    own = queries.the_plan(project.id)
    listed = [
        {"id": row.id, "name": row.name, "kind": row.kind, "planned_on": row.planned_on,
         "responsible": row.responsible}
        for row in queries.milestones_of(project.id)
    ]  # fmt: skip
    return forms.MilestonesForm(
        formdata, data={"starts_on": own.starts_on, "ends_on": own.ends_on, "milestones": listed}
    )


@bp.route("/projekt/<int:project_id>/plan/budget", methods=["GET", "POST"])
@requires(policy.may_plan, load=project_for)
def budget(project: Project) -> ResponseReturnValue:
    """What the project may cost, by line and year."""
    form = on_saved(partial(_budget_form, project))
    if not _is_complete(form):
        return _part_page(
            project, Part.BUDGET, form, granted=queries.granted_rows(project.id), years=_years(project)
        )
    service.save_budget(viewer(), project, form.values(), now())
    return _saved(project)


def _years(project: Project) -> list[int]:
    """The years that the budget may have: those of the plan and of the grant."""
    found = queries.current_plan(project.id)
    granted = {year for _department, year in queries.granted_by_department_and_year(project.id)}
    return sorted({*(found.years if found else ()), *granted})


def _budget_form(project: Project, formdata: Any = AUTO) -> forms.BudgetForm:
    listed = [
        {"id": row.id, "description": row.description, "kind": row.kind, "financier": row.financier,
         "department_id": row.department_id}
        | {f"{forms.AMOUNT}{amount.year}": amount.amount for amount in row.amounts}
        for row in queries.budget_of(project.id)
    ]  # fmt: skip
    form = forms.budget_form(_years(project))(formdata, data={"lines": listed})
    forms.offer(form, departments())
    return form


@bp.route("/projekt/<int:project_id>/plan/bemanning", methods=["GET", "POST"])
@requires(policy.may_plan, load=project_for)
def effort(project: Project) -> ResponseReturnValue:
    """Who works how much."""
    form = on_saved(partial(_staffing_form, project))
    if not _is_complete(form):
        return _part_page(project, Part.EFFORT, form)
    service.save_effort(viewer(), project, form.values(), now())
    return _saved(project)


def _staffing_form(project: Project, formdata: Any = AUTO) -> forms.StaffingForm:
    listed = [
        {"id": row.id, "role": row.role, "department_id": row.department_id, "share": row.share,
         "hours_low": row.hours_low, "hours_high": row.hours_high}
        for row in queries.effort_of(project.id)
    ]  # fmt: skip
    form = forms.StaffingForm(formdata, data={"lines": listed})
    forms.offer(form, departments())
    return form


@bp.route("/projekt/<int:project_id>/plan/nytta", methods=["GET", "POST"])
@requires(policy.may_plan, load=project_for)
def benefits(project: Project) -> ResponseReturnValue:
    """From which day each benefit is expected."""
    form = on_saved(partial(_benefits_form, project))
    if not _is_complete(form):
        return _part_page(project, Part.BENEFITS, form)
    service.save_benefits(viewer(), project, form.values(), now())
    return _saved(project)


def _benefits_form(project: Project, formdata: Any = AUTO) -> forms.BenefitStartsForm:
    return forms.benefits_form(queries.benefits_of(project.id))(formdata)


@bp.route("/projekt/<int:project_id>/plan/styrgrupp", methods=["GET", "POST"])
@requires(policy.may_steer, load=project_for)
def steering(project: Project) -> ResponseReturnValue:
    """Who steers, and when they meet and have met."""
    form = on_saved(partial(_steering_form, project))
    if not _is_complete(form):
        return _part_page(project, Part.STEERING, form)
    service.save_steering(
        viewer(), project, members=form.member_values(), meetings=form.meeting_values(), now=now()
    )
    return _saved(project)


def _steering_form(project: Project, formdata: Any = AUTO) -> forms.SteeringForm:
    members = [
        {"id": row.id, "role": row.role, "department_id": row.department_id, "chairs": row.chairs}
        for row in queries.members_of(project.id)
    ]
    meetings = [
        {"id": row.id, "planned_on": row.planned_on, "held_on": row.held_on, "note": row.note}
        for row in queries.meetings_of(project.id)
    ]
    form = forms.SteeringForm(formdata, data={"members": members, "meetings": meetings})
    forms.offer(form, departments())
    return form


@bp.route("/projekt/<int:project_id>/plan/faststall", methods=["GET", "POST"])
@requires(policy.may_plan, load=project_for)
def establish(project: Project) -> ResponseReturnValue:
    """Ask, then fix the plan as the first baseline: the project runs."""
    page = pages.plan_page(viewer(), project, today())
    if request.method == "GET":
        return render_template("delivery/plans/establish.html", project=project, page=page)
    try:
        service.establish(viewer(), project, now())
    except rules.IncompleteError:
        return render_template("delivery/plans/establish.html", project=project, page=page), 422
    flash(
        _("Planen är fastställd, och projektet pågår. Chefen och handläggaren har fått veta det."), "success"
    )
    return redirect(url_for(".plan", project_id=project.id))


@bp.get("/projekt/<int:project_id>/plan/<int:number>")
@requires(policy.may_read_baseline, load=queries.baseline_for)
def baseline(opened: queries.OpenBaseline) -> ResponseReturnValue:
    """The plan as it was when a decision was made on it."""
    return render_template(
        "delivery/plans/baseline.html",
        project=opened.project,
        baseline=opened.baseline,
        plan=document.from_json(opened.baseline.content),
        kinds=MILESTONE_KINDS,
    )


def _is_complete(form: Any) -> bool:
    """The form is sent to be saved, and without faults. A button for rows has done what it says."""
    if request.method == "GET":
        return False
    if rows_changed(form, request.form):
        forms.offer(form, departments())
        return False
    return bool(form.validate_on_submit())


def _part_page(project: Project, part: Part, form: Any, **more: Any) -> ResponseReturnValue:
    page = render_template(
        f"delivery/plans/{part.value}.html", project=project, title=PARTS[part], form=form, **more
    )
    return page, status_of(form)


def _saved(project: Project) -> ResponseReturnValue:
    flash(_("Planen är sparad."), "success")
    return redirect(url_for(".plan", project_id=project.id))
