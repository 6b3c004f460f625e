"""One's own sessions and password: where one is signed in, for how long, and how to end it."""

from __future__ import annotations

from flask import abort, current_app, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf

from app.accounts import queries, service, sessions
from app.accounts.blueprint import bp
from app.accounts.forms import MailChoiceForm, OwnPasswordForm
from app.accounts.guessing import TooManyAttemptsError
from app.accounts.labels import browser_name, held_together, wait_text
from app.accounts.limits import Limits
from app.accounts.policy import signed_in
from app.accounts.session import limits, now, origin, viewer
from app.web.access import public, requires
from app.web.formats import clock
from app.web.keys import repeatable


@bp.get("/mina-sessioner")
@requires(signed_in)
def own_sessions() -> ResponseReturnValue:
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
    if not sessions.end(sign_in_id, viewer().id, now()):
        abort(404)
    flash(_("Sessionen är avslutad."), "success")
    return redirect(url_for("accounts.own_sessions"))


@bp.post("/mina-sessioner/avsluta-andra")
@requires(signed_in)
def end_other_sessions() -> ResponseReturnValue:
    """Sign every other browser out."""
    sessions.end_all(viewer().id, now(), but=viewer().sign_in_id)
    flash(_("Du är utloggad överallt utom här."), "success")
    return redirect(url_for("accounts.own_sessions"))


@bp.get("/session")
@public
def session_state() -> ResponseReturnValue:
    """How long the session lasts, for a page that stands open. To ask does not prolong it."""
    return _state(limits())


@bp.post("/session")
@requires(signed_in)
@repeatable
def extend_session() -> ResponseReturnValue:
    """Stay signed in, as opening any page would."""
    sessions.mark_seen(viewer().sign_in_id, now())
    g.seen_long_ago = True
    return _state(limits())


def _state(found: Limits | None) -> ResponseReturnValue:
    """What the page needs to warn, and to go on with its forms when its person has signed in anew."""
    if found is None:
        return {"person": None}
    return {
        "person": viewer().id,
        "csrf_token": generate_csrf(),
        "warned_in": found.warned_in,
        "ends_in": found.ends_in,
        "can_be_extended": found.can_be_extended,
        "warning": _warning(found),
    }


def _warning(found: Limits) -> str:
    time = clock(found.first_end)
    if found.can_be_extended:
        return _("Du loggas ut klockan %(time)s om du inte gör något innan dess.", time=time)
    return _(
        "Du loggas ut klockan %(time)s. Så länge kan man vara inloggad åt gången. "
        "Spara det du håller på med och logga in igen.",
        time=time,
    )


@bp.route("/mina-installningar", methods=["GET", "POST"])
@requires(signed_in)
def own_settings() -> ResponseReturnValue:
    """One's own particulars, and a new password."""
    form = OwnPasswordForm()
    if form.validate_on_submit() and _own_password_changed(form):
        flash(_("Lösenordet är bytt. Du är utloggad överallt utom här."), "success")
        return redirect(url_for("accounts.own_settings"))
    return _settings_page(form, _mail_form())


@bp.post("/mina-installningar/mejl")
@requires(signed_in)
def set_mail_choice() -> ResponseReturnValue:
    """When one wants mail."""
    form = _mail_form()
    person = queries.person(viewer().id)
    if person is None or not form.validate_on_submit():
        return _settings_page(OwnPasswordForm(at=url_for("accounts.own_settings"), formdata=None), form)
    service.set_mail_choice(viewer(), person, form.mail_choice.data, now())
    flash(_("Valet är sparat."), "success")
    return redirect(url_for("accounts.own_settings"))


def _mail_form() -> MailChoiceForm:
    person = queries.person(viewer().id)
    known = {"mail_choice": person.mail_choice if person else None}
    return MailChoiceForm(at=url_for("accounts.set_mail_choice"), data=known)


def _settings_page(form: OwnPasswordForm, mail_form: MailChoiceForm) -> ResponseReturnValue:
    faulty = mail_form if mail_form.errors else form
    page = render_template(
        "accounts/own_settings.html",
        form=faulty,
        password_form=form,
        mail_form=mail_form,
        person=queries.person(viewer().id),
        roles=held_together(queries.grants_of(viewer().id)),
    )
    return page, 422 if faulty.errors else 200


def _own_password_changed(form: OwnPasswordForm) -> bool:
    try:
        sessions.change_own_password(
            viewer(), old=form.old.data or "", new=form.new.data or "", origin=origin(), now=now()
        )
    except sessions.WrongPasswordError:
        form.old.errors = [_("Det är inte ditt nuvarande lösenord.")]
    except TooManyAttemptsError as error:
        form.old.errors = [wait_text(error)]
    return not form.old.errors
