"""The pages of budget effects: the register, one of them, and the section on its benefit's page."""

from __future__ import annotations

from datetime import date
from functools import partial

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from app.accounts.access import Viewer
from app.accounts.session import now, today, viewer
from app.budget_effects import (
    covering,
    forms,
    listing,
    pages,
    policy,
    queries,
    register,
    reminding,
    service,
    taken,
    taking_along,
    views_steps,
    words,
)
from app.budget_effects.blueprint import OF_BENEFIT, ONE, bp, url_of
from app.budget_effects.ledger import HeldError
from app.budget_effects.queries import EffectOf
from app.projects.models import Project
from app.projects.queries import project_for
from app.realisation.beside import on_its_page
from app.realisation.policy import may_read_benefits
from app.realisation.queries import BenefitOf, benefit_for
from app.web import paper
from app.web.access import requires
from app.web.changing import status_of
from app.web.downloads import rows_response
from app.web.language import current_language
from app.web.pages import Page, page_number

__all__ = ["bp", "covering", "reminding", "taken", "views_steps"]

for _filter in (words.effect_tag, words.form_word, words.step_word):
    bp.add_app_template_filter(_filter)


@bp.get("/budgeteffekter")
@requires(policy.may_see_register)
def all_effects() -> ResponseReturnValue:
    """Every budget effect that the viewer may see, with sums of what is found."""
    wanted = listing.asked_for(request.args)
    count, sums = register.sums(viewer(), wanted)
    page = Page(page_number(), count, listing.ROWS).within()
    return render_template(
        "budget_effects/register.html",
        rows=register.listed(viewer(), wanted, limit=page.size, offset=page.offset),
        sums=sums,
        page=page,
        filters=listing.filters(wanted, *register.counts(viewer(), wanted), register.years(viewer())),
        filtered=wanted != register.Wanted(),
        early=words.EARLY,
        taken_along=listing.taken_along(request.args),
    )


@bp.get("/budgeteffekter.csv")
@requires(policy.may_see_register)
def as_csv() -> ResponseReturnValue:
    """Every effect that the page counts, with the same filter, as values between semicolons."""
    return _taken_along("csv")


@bp.get("/budgeteffekter.xlsx")
@requires(policy.may_see_register)
def as_xlsx() -> ResponseReturnValue:
    """The same as a workbook."""
    return _taken_along("xlsx")


def _taken_along(kind: str) -> ResponseReturnValue:
    made = taking_along.sheet(viewer(), listing.asked_for(request.args))
    return rows_response(made, {}, kind, f"budgeteffekter-{today().isoformat()}")


@bp.get("/projekt/<int:project_id>/nyttor.pdf")
@requires(may_read_benefits, load=project_for)
def benefits_as_pdf(project: Project) -> ResponseReturnValue:
    """What the project promised, what has come of it and what is taken home, as a document."""
    from app.budget_effects.documents import benefits_pdf

    asked = partial(benefits_pdf, viewer(), project, today(), current_language())
    return paper.answer(asked, f"nyttor-{project.case_number or project.id}.pdf")


@bp.get(ONE)
@requires(policy.may_read_effect, load=queries.effect_for)
def effect(of: EffectOf) -> ResponseReturnValue:
    """One effect: what is agreed, and every step with it."""
    return render_template(
        "budget_effects/effect.html",
        project=of.project,
        of=of,
        page=pages.effect_page(viewer(), of),
        acts=words.ACTS,
        sides=words.SIDES,
        early=words.EARLY,
    )


@bp.route(f"{OF_BENEFIT}/ny", methods=["GET", "POST"])
@requires(policy.may_promise, load=benefit_for)
def promise(found: BenefitOf) -> ResponseReturnValue:
    """Promise an effect of the benefit."""
    form = forms.EffectForm(data={"year": max(today(), found.benefit.starts_on or today()).year + 1})
    if form.validate_on_submit():
        try:
            of = service.promise(viewer(), found, form.values(), now())
        except HeldError as error:
            form.refused(error)
        else:
            flash(_("Budgeteffekten är utlovad. Den andra parten har fått veta det."), "success")
            return redirect(url_of(of))
    page = render_template(
        "budget_effects/promise.html",
        project=found.project,
        found=found,
        form=form,
        pool=queries.pool_of(found.benefit),
    )
    return page, status_of(form)


@on_its_page
def beside(reader: Viewer, found: BenefitOf, _today: date) -> Markup:
    """What is agreed of the benefit and a budget, year by year; nothing of a benefit without a price."""
    page = pages.of_benefit(reader, found)
    if found.benefit.yearly is None and not page.rows:
        return Markup()
    return Markup(  # noqa: S704 - a template of ours, which escapes
        render_template(
            "budget_effects/_section.html",
            project=found.project,
            found=found,
            page=page,
            acts=words.ACTS,
            early=words.EARLY,
        )
    )
