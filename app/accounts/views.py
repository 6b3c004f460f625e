"""Signing in and out, and the choice of language."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qsl

from flask import current_app, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from app.accounts import queries, service, sessions, views_admin, views_drafts, views_sessions
from app.accounts.blueprint import bp
from app.accounts.forms import SignInForm
from app.accounts.guessing import TooManyAttemptsError
from app.accounts.labels import held_together, wait_text
from app.accounts.limits import WARNED_BEFORE
from app.accounts.policy import signed_in
from app.accounts.session import TOKEN, begin, now, origin, viewer
from app.web import metrics
from app.web.access import public, requires
from app.web.keys import repeatable
from app.web.language import LANGUAGES

__all__ = ["bp", "views_admin", "views_drafts", "views_sessions"]


@bp.route("/logga-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Sign in, then go on to the page that was asked for."""
    form = SignInForm()
    if not form.validate_on_submit():
        return _sign_in_page(form)
    try:
        started = sessions.start(form.email.data or "", form.password.data or "", origin=origin(), now=now())
    except TooManyAttemptsError as error:
        metrics.sign_in_failures.inc()
        form.email.errors = [wait_text(error)]
        return _sign_in_page(form)
    if started is None:
        metrics.sign_in_failures.inc()
        form.password.errors = [_("E-postadressen och lösenordet hör inte ihop.")]
        return _sign_in_page(form)
    _end_the_session_before()
    return begin(started, redirect(_page_asked_for()))


def _end_the_session_before() -> None:
    """Whoever was signed in with this browser is not any more; no session is left open that nobody sees."""
    if g.viewer is not None:
        sessions.end(g.viewer.sign_in_id, g.viewer.id, now())


def _sign_in_page(form: SignInForm) -> ResponseReturnValue:
    demo = _demo_sign_ins() if current_app.config["DEMO"] else []
    page = render_template(
        "accounts/sign_in.html",
        form=form,
        demo=demo,
        demo_password=service.DEMO_PASSWORD,
        idle_hours=current_app.config["SESSION_IDLE_LIMIT"] // timedelta(hours=1),
        most_hours=current_app.config["SESSION_LIFETIME"] // timedelta(hours=1),
        warned_minutes=WARNED_BEFORE // timedelta(minutes=1),
    )
    return page, 422 if form.errors else 200


def _demo_sign_ins() -> list[dict[str, str]]:
    grants = queries.grants_by_person()
    return [
        {
            "name": person.name,
            "email": person.email,
            "roles": "; ".join(held_together(grants.get(person.id, []))),
        }
        for person in queries.demo_people()
    ]


def _page_asked_for() -> str:
    endpoint, parts = session.pop("after_sign_in", None) or ("overview.start", {})
    if endpoint in current_app.view_functions:
        return url_for(endpoint, **parts)
    return url_for("overview.start")


@bp.post("/logga-ut")
@requires(signed_in)
@repeatable
def sign_out() -> ResponseReturnValue:
    """End this browser's session, on the server too."""
    person = viewer()
    if person.sign_in_id is not None:
        sessions.end(person.sign_in_id, person.id, now())
    session.pop(TOKEN, None)
    flash(_("Du är utloggad."), "success")
    return redirect(url_for("accounts.sign_in"))


@bp.post("/sprak")
@requires(signed_in)
@repeatable
def set_language() -> ResponseReturnValue:
    """Keep the person's language and go back to where the switch was used."""
    language = request.form.get("language", "")
    person = queries.person(viewer().id)
    if person is not None and language in LANGUAGES:
        service.set_language(viewer(), person, language, now())
    return redirect(_page_before())


def _page_before() -> str:
    """The page that the switch was used on, if it is one of ours that can be opened by its address."""
    adapter = current_app.create_url_adapter(request)
    path, _mark, query = request.values.get("page", "").partition("?")
    try:
        endpoint, parts = adapter.match(path, "GET") if adapter else ("overview.start", {})
    except (HTTPException, RequestRedirect):  # no page of ours, or one that is written in another way
        return url_for("overview.start")
    filters = {key: text for key, text in parse_qsl(query) if not key.startswith("_")}
    return url_for(endpoint, **(filters | dict(parts)))


@bp.get("/sprak")
@public
def language() -> ResponseReturnValue:
    """The visitor's language, before signing in."""
    chosen = request.args.get("language", "")
    if chosen in LANGUAGES:
        session["language"] = chosen
    return redirect(_page_before())
