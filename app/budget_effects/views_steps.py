"""The pages on which somebody takes a step with a budget effect."""

from __future__ import annotations

from functools import partial
from typing import Any, TypeVar

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.session import now, today, viewer
from app.budget_effects import forms, pages, policy, queries, service
from app.budget_effects.blueprint import ONE, bp, url_of
from app.budget_effects.queries import EffectOf
from app.web.access import requires
from app.web.changing import ConfirmForm, on_saved, status_of


@bp.route(f"{ONE}/svara", methods=["GET", "POST"])
@requires(policy.may_answer, load=queries.effect_for)
def answer(of: EffectOf) -> ResponseReturnValue:
    """Agree to what is promised, or decline it."""
    form = _on(of, forms.AnswerEffectForm)
    if not form.validate_on_submit():
        return _page("answer", of, form)
    if form.answer.data == "agree":
        service.agree(viewer(), of, form.words.data or "", now())
        return _back(of, _("Ni är överens om budgeteffekten."))
    service.decline(viewer(), of, form.words.data or "", now())
    return _back(of, _("Budgeteffekten är avböjd."))


@bp.route(f"{ONE}/budget", methods=["GET", "POST"])
@requires(policy.may_enter, load=queries.effect_for)
def enter(of: EffectOf) -> ResponseReturnValue:
    """Say by which document it is in the budget."""
    form = _on(of, forms.EnterEffectForm)
    if form.validate_on_submit():
        try:
            service.enter(viewer(), of, form.reference.data or "", form.booked_on.data, now())
        except forms.FAULTS as error:
            form.refused(error)
        else:
            return _back(of, _("Budgetbeslutet är inskrivet. Någon annan kontrollerar det."))
    return _page("enter", of, form)


@bp.route(f"{ONE}/kontrollera", methods=["GET", "POST"])
@requires(policy.may_verify, load=queries.effect_for)
def verify(of: EffectOf) -> ResponseReturnValue:
    """Verify that it is in the budget, or send it back."""
    form = _on(of, forms.VerifyEffectForm)
    if not form.validate_on_submit():
        return _page("verify", of, form, entered=queries.entered(of.effect.id))
    if form.answer.data == "verify":
        service.verify(viewer(), of, form.words.data or "", now())
        return _back(of, _("Budgeteffekten är kontrollerad mot budgeten."))
    service.send_back(viewer(), of, form.words.data or "", now())
    return _back(of, _("Budgeteffekten är skickad tillbaka."))


@bp.route(f"{ONE}/hemtagning", methods=["GET", "POST"])
@requires(policy.may_take, load=queries.effect_for)
def take(of: EffectOf) -> ResponseReturnValue:
    """Post an amount as taken home."""
    most = pages.effect_page(viewer(), of).most
    form = _on(of, forms.TakeEffectForm, amount=most, booked_on=today())
    if form.validate_on_submit():
        try:
            service.take(
                viewer(),
                of,
                form.amount.data,
                booked_on=form.booked_on.data,
                reference=form.reference.data or "",
                now=now(),
            )
        except forms.FAULTS as error:
            form.refused(error)
        else:
            return _back(of, _("Beloppet är bokfört."))
    return _page("take", of, form, most=most)


@bp.route(f"{ONE}/aterfor", methods=["GET", "POST"])
@requires(policy.may_take_back, load=queries.effect_for)
def take_back(of: EffectOf) -> ResponseReturnValue:
    """Post that an amount was not taken home after all."""
    form = _on(of, forms.TakeBackForm)
    if form.validate_on_submit():
        try:
            service.take_back(viewer(), of, form.amount.data, form.words.data or "", now())
        except forms.FAULTS as error:
            form.refused(error)
        else:
            return _back(of, _("Beloppet är återfört."))
    return _page("take_back", of, form)


@bp.route(f"{ONE}/ta-tillbaka", methods=["GET", "POST"])
@requires(policy.may_withdraw, load=queries.effect_for)
def withdraw(of: EffectOf) -> ResponseReturnValue:
    """Take the effect back before it is in the budget."""
    form = _on(of, forms.WithdrawEffectForm)
    if not form.validate_on_submit():
        return _page("withdraw", of, form)
    service.withdraw(viewer(), of, form.words.data or "", now())
    return _back(of, _("Budgeteffekten är återtagen. Posten är fri igen."))


Made = TypeVar("Made", bound=ConfirmForm)


def _on(of: EffectOf, form: type[Made], **data: Any) -> Made:
    """The form, asked anew when somebody else has taken a step meanwhile."""
    steps = len(queries.entries_of(of.effect.id))
    return on_saved(partial(form, data={"version": steps, **data}))


def _page(name: str, of: EffectOf, form: ConfirmForm, **more: Any) -> ResponseReturnValue:
    page = render_template(
        f"budget_effects/{name}.html",
        project=of.project,
        of=of,
        form=form,
        pool=queries.pool_of(of.found.benefit),
        **more,
    )
    return page, status_of(form)


def _back(of: EffectOf, done: str) -> ResponseReturnValue:
    flash(done, "success")
    return redirect(url_of(of))
