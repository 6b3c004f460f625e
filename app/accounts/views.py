"""Signing in and out, and the choice of language."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import queries, service
from app.accounts.forms import SignInForm
from app.accounts.policy import signed_in
from app.accounts.session import TOKEN, begin, now, viewer
from app.web.access import public, requires
from app.web.language import LANGUAGES

bp = Blueprint("accounts", __name__)


@bp.route("/logga-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Sign in, then go on to the page that was asked for."""
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("accounts/sign_in.html", form=form, demo=current_app.config["DEMO"])
    try:
        started = service.start_session(
            form.email.data or "",
            form.password.data or "",
            address=request.remote_addr or "",
            browser=request.user_agent.string,
            now=now(),
        )
    except service.TooManyAttemptsError:
        form.email.errors = [_("För många försök. Vänta en kvart och försök igen.")]
        return render_template("accounts/sign_in.html", form=form, demo=current_app.config["DEMO"]), 422
    if started is None:
        form.password.errors = [_("E-postadressen och lösenordet hör inte ihop.")]
        return render_template("accounts/sign_in.html", form=form, demo=current_app.config["DEMO"]), 422
    begin(started)
    return redirect(_page_asked_for())


def _page_asked_for() -> str:
    endpoint, parts = session.pop("after_sign_in", None) or ("overview.start", {})
    if endpoint in current_app.view_functions:
        return url_for(endpoint, **parts)
    return url_for("overview.start")


@bp.post("/logga-ut")
@requires(signed_in)
def sign_out() -> ResponseReturnValue:
    """End this browser's session, on the server too."""
    person = viewer()
    if person.sign_in_id is not None:
        service.end_session(person.sign_in_id, person.id, now())
    session.pop(TOKEN, None)
    flash(_("Du är utloggad."), "success")
    return redirect(url_for("accounts.sign_in"))


@bp.post("/sprak")
@requires(signed_in)
def set_language() -> ResponseReturnValue:
    """Keep the person's language and go back to where the switch was used."""
    language = request.form.get("language", "")
    person = queries.person(viewer().id)
    if person is not None and language in LANGUAGES:
        service.set_language(viewer(), person, language)
    return redirect(_page_before())


def _page_before() -> str:
    """The page that the switch was used on, if it is one of ours that can be opened by its address."""
    adapter = current_app.create_url_adapter(request)
    path = request.form.get("page", "")
    if adapter is not None and path.startswith("/") and adapter.test(path.partition("?")[0], "GET"):
        endpoint, parts = adapter.match(path.partition("?")[0], "GET")
        return url_for(endpoint, **parts)
    return url_for("overview.start")


@bp.get("/sprak")
@public
def language() -> ResponseReturnValue:
    """The visitor's language, before signing in."""
    chosen = request.args.get("language", "")
    if chosen in LANGUAGES:
        session["language"] = chosen
    return redirect(url_for("accounts.sign_in"))
