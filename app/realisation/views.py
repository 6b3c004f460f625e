"""The pages of what comes of promised benefits."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.queries import departments
from app.accounts.session import now, today, viewer
from app.projects.models import Project
from app.projects.queries import project_for
from app.realisation import (
    beginning,
    beside,
    beside_costs,
    forms,
    forms_measuring,
    gate,
    listing,
    pages,
    people,
    pictures,
    policy,
    promises,
    queries,
    register,
    reminding,
    service,
    taking_along,
    views_closing,
    views_reading,
    words,
)
from app.realisation.blueprint import bp
from app.realisation.queries import BenefitOf, MeasurementOf
from app.web.access import requires
from app.web.changing import ChangeForm, on_saved, status_of
from app.web.downloads import rows_response
from app.web.language import current_language
from app.web.pages import WORDY_PAGE_SIZE, Page, page_number

__all__ = ["beside_costs", "bp", "gate", "promises", "reminding", "views_closing", "views_reading"]

bp.add_app_template_filter(words.end_tag)
bp.add_app_template_filter(words.realised_tag)
bp.add_app_template_filter(words.direction_word)


@bp.get("/nyttor")
@requires(policy.may_see_register)
def all_benefits() -> ResponseReturnValue:
    """Every promised benefit that the viewer may see, with sums of what is found."""
    wanted, number = listing.asked_for(request.args), page_number()
    found = register.Found(viewer(), wanted, today())
    page = Page(number, found.sums.count, WORDY_PAGE_SIZE).within()
    return render_template(
        "realisation/register.html",
        rows=found.listed(limit=page.size, offset=page.offset),
        sums=found.sums,
        page=page,
        filters=listing.filters(request.args, found.counts),
        filtered=wanted != register.Wanted(),
        taken_along=listing.taken_along(request.args),
        today=today(),
    )


@bp.get("/nyttor.csv")
@requires(policy.may_see_register)
def as_csv() -> ResponseReturnValue:
    """Every benefit that the page counts, with the same filter, as values between semicolons."""
    return _taken_along("csv")


@bp.get("/nyttor.xlsx")
@requires(policy.may_see_register)
def as_xlsx() -> ResponseReturnValue:
    """The same as a workbook."""
    return _taken_along("xlsx")


def _taken_along(kind: str) -> ResponseReturnValue:
    made = taking_along.sheet(viewer(), listing.asked_for(request.args), today())
    return rows_response(made, {}, kind, f"nyttor-{today().isoformat()}")


@bp.get("/projekt/<int:project_id>/nyttor")
@requires(policy.may_read_benefits, load=project_for)
def benefits(project: Project) -> ResponseReturnValue:
    """What the project promised, and what has come of it."""
    return render_template(
        "realisation/benefits.html",
        project=project,
        page=pages.benefits_page(viewer(), project, today()),
        today=today(),
    )


@bp.get("/projekt/<int:project_id>/nyttor/<int:benefit_id>")
@requires(policy.may_read_benefit, load=queries.benefit_for)
def benefit(found: BenefitOf) -> ResponseReturnValue:
    """One benefit: its promise, its plan, and every measurement."""
    page = pages.benefit_page(viewer(), found, today())
    return render_template(
        "realisation/benefit.html",
        project=found.project,
        found=found,
        page=page,
        pictures=pictures.pictures_of(found, page, today(), current_language()),
        methods=words.METHODS,
        often=words.OFTEN,
        counted=words.COUNTED,
        sections=beside.sections(viewer(), found, today()),
        today=today(),
    )


@bp.route("/projekt/<int:project_id>/nyttor/<int:benefit_id>/plan", methods=["GET", "POST"])
@requires(policy.may_plan_benefit, load=queries.benefit_for)
def plan(found: BenefitOf) -> ResponseReturnValue:
    """Say who answers for the benefit, and how it is measured."""
    form = on_saved(partial(forms.BenefitPlanForm, data=beginning.of_plan(found)))
    form.offer(departments(), people.candidates(found.project, form.department_id.data))
    if form.validate_on_submit():
        try:
            service.save_plan(viewer(), found, form.values(), now())
        except forms.PLAN_FAULTS as error:
            form.refused(error)
        else:
            return _back(found, _("Nyttoplanen är sparad."))
    return _page("plan", found, form, claims=queries.other_claims(found.plan) if found.plan else [])


@bp.route("/projekt/<int:project_id>/nyttor/<int:benefit_id>/mat", methods=["GET", "POST"])
@requires(policy.may_measure, load=queries.benefit_for)
def measure(found: BenefitOf) -> ResponseReturnValue:
    """Enter what was seen and counted in a period."""
    form = forms_measuring.MeasurementForm(found=found, data=beginning.of_measurement(found, today()))
    if form.validate_on_submit():
        try:
            service.measure(viewer(), found, form.values(), now())
        except forms_measuring.MEASUREMENT_FAULTS as error:
            form.refused(error)
        else:
            return _back(found, _("Mätningen är sparad."))
    return _page("measure", found, form, counted=beginning.counted_in_plan(found.benefit))


@bp.route(
    "/projekt/<int:project_id>/nyttor/<int:benefit_id>/mat/<int:measurement_id>", methods=["GET", "POST"]
)
@requires(policy.may_correct, load=queries.measurement_for)
def correct(of: MeasurementOf) -> ResponseReturnValue:
    """Put a measurement right by another in its place."""
    form = on_saved(
        partial(
            forms_measuring.MeasurementForm,
            found=of.found,
            corrects=True,
            data=beginning.of_correction(of.measurement),
        )
    )
    if form.validate_on_submit():
        try:
            service.correct(viewer(), of, form.values(), now())
        except forms_measuring.MEASUREMENT_FAULTS as error:
            form.refused(error)
        else:
            return _back(of.found, _("Mätningen är rättad. Den gamla finns kvar att läsa."))
    counted = beginning.counted_in_plan(of.found.benefit)
    return _page("measure", of.found, form, corrects=of.measurement, counted=counted)


def _page(name: str, found: BenefitOf, form: ChangeForm, **more: Any) -> ResponseReturnValue:
    page = render_template(f"realisation/{name}.html", project=found.project, found=found, form=form, **more)
    return page, status_of(form)


def _back(found: BenefitOf, done: str) -> ResponseReturnValue:
    flash(done, "success")
    return redirect(url_for(".benefit", project_id=found.project.id, benefit_id=found.benefit.id))
