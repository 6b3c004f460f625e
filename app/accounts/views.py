"""Signing in and out, the choice of language, one's own sessions and password."""

from __future__ import annotations

from flask import abort, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from app.accounts import queries, service, views_admin
from app.accounts.blueprint import bp
from app.accounts.forms import OwnPasswordForm, SignInForm
from app.accounts.labels import browser_name, held
from app.accounts.policy import signed_in
from app.accounts.session import TOKEN, begin, now, viewer
from app.web.access import public, requires
from app.web.language import LANGUAGES

__all__ = ["bp", "views_admin"]


@bp.route("/logga-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Sign in, then go on to the page that was asked for."""
    form = SignInForm()
    if not form.validate_on_submit():
        return _sign_in_page(form)
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
        return _sign_in_page(form)
    if started is None:
        form.password.errors = [_("E-postadressen och lösenordet hör inte ihop.")]
        return _sign_in_page(form)
    begin(started)
    return redirect(_page_asked_for())


def _sign_in_page(form: SignInForm) -> ResponseReturnValue:
    demo = _demo_sign_ins() if current_app.config["DEMO"] else []
    page = render_template("accounts/sign_in.html", form=form, demo=demo, demo_password=service.DEMO_PASSWORD)
    return page, 422 if form.errors else 200


def _demo_sign_ins() -> list[dict[str, str]]:
    grants = queries.grants_by_person()
    return [
        {
            "name": person.name,
            "email": person.email,
            "roles": "; ".join(held(grant) for grant in grants.get(person.id, [])),
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
        service.set_language(viewer(), person, language, now())
    return redirect(_page_before())


def _page_before() -> str:
    """The page that the switch was used on, if it is one of ours that can be opened by its address."""
    adapter = current_app.create_url_adapter(request)
    path = request.form.get("page", "").partition("?")[0]
    try:
        endpoint, parts = adapter.match(path, "GET") if adapter else ("overview.start", {})
    except (HTTPException, RequestRedirect):  # no page of ours, or one that is written in another way
        return url_for("overview.start")
    return url_for(endpoint, **parts)


@bp.get("/sprak")
@public
def language() -> ResponseReturnValue:
    """The visitor's language, before signing in."""
    chosen = request.args.get("language", "")
    if chosen in LANGUAGES:
        session["language"] = chosen
    return redirect(url_for("accounts.sign_in"))


@bp.get("/mina-sessioner")
@requires(signed_in)
def sessions() -> ResponseReturnValue:
    """Where the person is signed in."""
    rows = queries.sign_ins_of(
        viewer().id,
        now=now(),
        idle=current_app.config["SESSION_IDLE_LIMIT"],
        lifetime=current_app.config["SESSION_LIFETIME"],
    )
    return render_template(
        "accounts/sessions.html",
        sessions=[(row, browser_name(row.browser)) for row in rows],
        current=viewer().sign_in_id,
    )


@bp.post("/mina-sessioner/<int:sign_in_id>/avsluta")
@requires(signed_in)
def end_session(sign_in_id: int) -> ResponseReturnValue:
    """Sign one of one's own browsers out."""
    if not service.end_session(sign_in_id, viewer().id, now()):
        abort(404)
    flash(_("Sessionen är avslutad."), "success")
    return redirect(url_for("accounts.sessions"))


@bp.post("/mina-sessioner/avsluta-andra")
@requires(signed_in)
def end_other_sessions() -> ResponseReturnValue:
    """Sign every other browser out."""
    service.end_all_sessions(viewer().id, now(), but=viewer().sign_in_id)
    flash(_("Du är utloggad överallt utom här."), "success")
    return redirect(url_for("accounts.sessions"))


@bp.route("/mina-installningar", methods=["GET", "POST"])
@requires(signed_in)
def own_settings() -> ResponseReturnValue:
    """One's own particulars, and a new password."""
    form = OwnPasswordForm()
    if form.validate_on_submit() and _own_password_changed(form):
        flash(_("Lösenordet är bytt. Du är utloggad överallt utom här."), "success")
        return redirect(url_for("accounts.own_settings"))
    page = render_template(
        "accounts/own_settings.html",
        form=form,
        person=queries.person(viewer().id),
        roles=[held(grant) for grant in queries.grants_of(viewer().id)],
    )
    return page, 422 if form.errors else 200


def _own_password_changed(form: OwnPasswordForm) -> bool:
    try:
        service.change_own_password(
            viewer(),
            old=form.old.data or "",
            new=form.new.data or "",
            address=request.remote_addr or "",
            now=now(),
        )
    except service.WrongPasswordError:
        form.old.errors = [_("Det är inte ditt nuvarande lösenord.")]
    except service.TooManyAttemptsError:
        form.old.errors = [_("För många försök. Vänta en kvart och försök igen.")]
    return not form.old.errors
