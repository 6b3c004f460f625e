"""The accessibility statement, the form where barriers are told, and the administrator's list of them."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import date

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accessibility import queries, service
from app.accessibility.forms import FeedbackForm, OutcomeForm
from app.accessibility.models import ANSWERED_WITHIN, Feedback
from app.accessibility.policy import may_handle
from app.accounts.guessing import TooManyAttemptsError
from app.accounts.labels import wait_text
from app.accounts.queries import person
from app.accounts.session import now, origin, today, viewer
from app.history.service import System
from app.web.access import public, requires
from app.web.keys import FIELD
from app.web.pages import PAGE_SIZE, Page, page_number

ASSESSED_ON = date(2026, 11, 26)
"""When the product was last assessed as a whole."""

SUPERVISOR = "https://www.digg.se/tdosanmalan"
"""Where one complains about what the city does with feedback."""

bp = Blueprint("accessibility", __name__)


@bp.get("/tillganglighet")
@public
def statement() -> ResponseReturnValue:
    """How accessible the product is, as the law asks to have it said."""
    return render_template(
        "accessibility/statement.html",
        assessed_on=ASSESSED_ON,
        answered_within=ANSWERED_WITHIN.days,
        supervisor=SUPERVISOR,
    )


@bp.route("/tillganglighet/synpunkt", methods=["GET", "POST"])
@public
def tell() -> ResponseReturnValue:
    """Tell about a barrier."""
    known = {"place": request.args.get("sida", "")[:300], "reply_to": _own_address()}
    form = FeedbackForm(at=url_for("accessibility.tell"), data=known)
    if form.validate_on_submit() and _taken_in(form):
        flash(_("Tack. Vi har tagit emot det du skrev."), "success")
        return redirect(url_for("accessibility.statement"))
    page = render_template("accessibility/tell.html", form=form, answered_within=ANSWERED_WITHIN.days)
    return page, 422 if form.errors else 200


def _own_address() -> str:
    """Nobody is asked for what the product knows."""
    found = person(g.viewer.id) if g.get("viewer") else None
    return found.email if found else ""


def _key_of(form: FeedbackForm) -> str:
    """The same for the same form with the same words: what is written anew is never swallowed."""
    key = request.form.get(FIELD) or secrets.token_hex(12)
    told = [key, form.text.data, form.place.data, form.reply_to.data]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _taken_in(form: FeedbackForm) -> bool:
    try:
        service.receive(
            g.get("viewer") or System(_("Besökare")),
            text=form.text.data or "",
            place=form.place.data or "",
            reply_to=form.reply_to.data or "",
            form_key=_key_of(form),
            address=origin().address,
            now=now(),
        )
    except TooManyAttemptsError as error:
        form.text.errors = [wait_text(error)]
    return not form.errors


@bp.get("/admin/synpunkter")
@requires(may_handle)
def feedback() -> ResponseReturnValue:
    """Everything that has been told, what waits first."""
    page = Page(page_number(), queries.count())
    return render_template(
        "accessibility/feedback.html",
        rows=queries.page_of_feedback(limit=PAGE_SIZE, offset=(page.number - 1) * PAGE_SIZE),
        page=page,
        waiting=queries.waiting(),
        today=today(),
    )


@bp.route("/admin/synpunkter/<int:feedback_id>", methods=["GET", "POST"])
@requires(may_handle, load=queries.feedback_for)
def one_feedback(record: Feedback) -> ResponseReturnValue:
    """One of them: what was told, and what was done about it."""
    form = OutcomeForm(data={"outcome": record.outcome})
    if form.validate_on_submit():
        try:
            service.handle(viewer(), record, form.outcome.data or "", now())
        except service.AlreadyHandledError:
            flash(_("Någon annan har redan tagit hand om synpunkten."), "warning")
        else:
            flash(_("Synpunkten är hanterad."), "success")
        return redirect(url_for("accessibility.feedback"))
    page = render_template("accessibility/one_feedback.html", form=form, feedback=record, today=today())
    return page, 422 if form.errors else 200


@bp.post("/admin/synpunkter/<int:feedback_id>/oppna-igen")
@requires(may_handle, load=queries.feedback_for)
def reopen(record: Feedback) -> ResponseReturnValue:
    """It was not done after all."""
    service.reopen(viewer(), record, now())
    flash(_("Synpunkten väntar igen."), "success")
    return redirect(url_for("accessibility.one_feedback", feedback_id=record.id))
