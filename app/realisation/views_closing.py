"""The pages on which a benefit ends, and on which it is said what is expected of it."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.session import now, viewer
from app.core.realisation import BenefitEnd
from app.realisation import closing, deciding, policy, queries
from app.realisation import forms_closing as forms
from app.realisation.blueprint import bp
from app.realisation.queries import BenefitOf
from app.web.access import requires
from app.web.changing import on_saved, status_of
from app.web.opened import OpenedForm


@bp.route("/projekt/<int:project_id>/nyttor/<int:benefit_id>/avsluta", methods=["GET", "POST"])
@requires(policy.may_propose_end, load=queries.benefit_for)
def propose_end(found: BenefitOf) -> ResponseReturnValue:
    """Propose for the department how the benefit ends."""
    form = on_saved(partial(forms.ProposeEndForm, data={"version": queries.closings_of(found.benefit.id)}))
    if form.validate_on_submit():
        try:
            closing.propose(
                viewer(),
                found,
                BenefitEnd(form.outcome.data),
                reason=form.reason.data or "",
                lost=form.lost.data,
                now=now(),
            )
        except forms.FAULTS as error:
            form.refused(error)
        else:
            return _back(found, _("Förslaget är skickat till programsekretariatet."))
    return _page("propose_end", found, form)


@bp.route("/projekt/<int:project_id>/nyttor/<int:benefit_id>/prova", methods=["GET", "POST"])
@requires(policy.may_judge_end, load=queries.benefit_for)
def judge_end(found: BenefitOf) -> ResponseReturnValue:
    """Verify how the benefit ends, or send it back."""
    form = on_saved(partial(forms.JudgeEndForm, data={"version": queries.closings_of(found.benefit.id)}))
    if not form.validate_on_submit():
        return _page("judge_end", found, form, proposed=queries.proposed_end(found.benefit.id))
    if form.answer.data == "verify":
        closing.verify(viewer(), found, form.words.data or "", now())
        return _back(found, _("Nyttan är avslutad."))
    closing.send_back(viewer(), found, form.words.data or "", now())
    return _back(found, _("Förslaget är skickat tillbaka."))


@bp.route("/projekt/<int:project_id>/nyttor/<int:benefit_id>/prognos", methods=["GET", "POST"])
@requires(policy.may_expect, load=queries.benefit_for)
def forecast(found: BenefitOf) -> ResponseReturnValue:
    """Say what is expected of the benefit now."""
    form = forms.ForecastForm()
    if not form.validate_on_submit():
        return _page("forecast", found, form)
    closing.expect(
        viewer(),
        found,
        yearly=form.yearly.data,
        starts_on=form.starts_on.data,
        reason=form.reason.data or "",
        now=now(),
    )
    return _back(found, _("Prognosen är sparad. Löftet står kvar bredvid."))


@bp.route("/projekt/<int:project_id>/nyttor/<int:benefit_id>/lofte", methods=["GET", "POST"])
@requires(policy.may_decide_promise, load=queries.benefit_for)
def decide_promise(found: BenefitOf) -> ResponseReturnValue:
    """Register a decision on what is promised, when the project has ended."""
    benefit, known = found.benefit, queries.decisions_of(found.benefit.id)
    said = {"version": len(known), "yearly": benefit.yearly, "starts_on": benefit.starts_on}
    form = on_saved(partial(forms.DecidePromiseForm, data=said))
    if form.validate_on_submit():
        try:
            deciding.decide(
                viewer(),
                found,
                yearly=form.yearly.data,
                starts_on=form.starts_on.data,
                reason=form.reason.data or "",
                reference=form.reference.data or "",
                decided_on=form.decided_on.data,
                now=now(),
            )
        except forms.DECISION_FAULTS as error:
            form.refused(error)
        else:
            return _back(found, _("Beslutet är registrerat. Det som projektet lovade finns kvar att läsa."))
    return _page("decide_promise", found, form)


def _page(name: str, found: BenefitOf, form: OpenedForm, **more: Any) -> ResponseReturnValue:
    page = render_template(f"realisation/{name}.html", project=found.project, found=found, form=form, **more)
    return page, status_of(form)


def _back(found: BenefitOf, done: str) -> ResponseReturnValue:
    flash(done, "success")
    return redirect(url_for("realisation.benefit", project_id=found.project.id, benefit_id=found.benefit.id))
