"""What went wrong, as pages: a form that could not have its effect is always shown again with its text."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy import exc
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from app.core.verdict import RefusedError
from app.db import db
from app.web import keys, metrics, typed
from app.web.access import to_sign_in
from app.web.logs import log
from app.web.navigation import leave_out
from app.web.once import KeyMissingError

TOO_LARGE = 413
"""What is too large is not read, so it cannot be shown again either."""
BUSY = 503
"""The database cannot write just now: locked, full, or not there."""


def install(app: Flask) -> None:
    """Give the app a page for each thing that can go wrong."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(RefusedError, _refused)
    app.register_error_handler(CSRFError, _too_old)
    app.register_error_handler(KeyMissingError, _too_old)
    for overtaken in (StaleDataError, exc.IntegrityError):
        app.register_error_handler(overtaken, _overtaken)
    for unwritten in (exc.OperationalError, exc.InterfaceError, exc.TimeoutError):
        app.register_error_handler(unwritten, _unwritten)
    app.register_error_handler(Exception, _unexpected)


def _page(status: int, title: str, text: Any, *, again: bool = False) -> ResponseReturnValue:
    """The page; with what was typed when the request sent a form, to copy or (`again`) to send once more."""
    if request.accept_mimetypes.best == "application/json":
        return jsonify(message=str(text)), status
    sent = typed.shown_again() if request.method == "POST" and status != TOO_LARGE else []
    page = render_template(
        "error.html",
        title=title,
        text=text,
        status=status,
        typed=sent,
        kept=g.get("kept", False),
        hidden=_hidden() if again and sent and keys.sent() else None,
    )
    return page, status


def _hidden() -> list[tuple[str, str]]:
    """What the form sends besides what is typed; the same key, so that it cannot have its effect twice."""
    names = ("version", "action", "step", keys.FIELD)
    return [(name, request.form[name]) for name in names if name in request.form]


def _keep() -> None:
    """What is typed stays, though nothing else does."""
    if request.method == "POST":
        typed.keep_alone()


def _refused(error: RefusedError) -> ResponseReturnValue:
    metrics.refusals.labels(request.endpoint).inc()
    _keep()
    title = _("Du kan inte öppna sidan") if request.method == "GET" else _("Det går inte just nu")
    return _page(403, title, error.reason)


def _too_old(_error: HTTPException) -> ResponseReturnValue:
    """The page was opened in a session that is over, or before another sign-in: it is shown anew."""
    # What another site sends is refused before anybody asks who is signed in: nothing of it is kept.
    key = keys.sent() if "viewer" in g else None
    if key is not None:
        _keep()
        if g.viewer is None:
            return to_sign_in()
        page = typed.where_it_stands(key.stands_on, keys.here())
        if page is not None and key.person_id == g.viewer.id:
            flash(_("Sidan var för gammal, så inget har hänt än. Läs igenom och försök igen."), "warning")
            return redirect(url_for(page[0], **page[1]), 303)
    return _page(
        400,
        _("Sidan är för gammal"),
        _("Inget är ändrat. Öppna sidan på nytt och försök igen."),
    )


def _overtaken(error: Exception) -> ResponseReturnValue:
    log.info("request was overtaken", exc_info=error)
    _keep()
    return _page(
        409,
        _("Någon annan hann före"),
        _("Uppgifterna har ändrats sedan du öppnade sidan. Inget är överskrivet. Öppna sidan på nytt."),
    )


def _unwritten(error: Exception) -> ResponseReturnValue:
    """No second attempt is made here: it would wait as long as the first."""
    log.error("request: the database did not answer", exc_info=error)
    db.session.rollback()
    leave_out()
    text = _("Databasen är upptagen eller full, så inget är sparat. Vänta en stund och försök igen.")
    answer = current_app.make_response(_page(BUSY, _("Det gick inte att spara just nu"), text, again=True))
    answer.headers["Retry-After"] = "10"
    return answer


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error.get_response()
    texts = {
        404: (
            _("Sidan finns inte"),
            _("Kontrollera adressen. Sidan kan också vara en som du inte har rätt att se."),
        ),
        405: (_("Det går inte att göra så"), _("Gå tillbaka till föregående sida och försök därifrån.")),
        TOO_LARGE: (_("Filen är för stor"), _("En bilaga får vara högst 20 MB.")),
    }
    title, text = texts.get(error.code, (_("Något gick fel"), _("Gå tillbaka och försök igen.")))
    if error.code != TOO_LARGE:
        _keep()
    return _page(error.code, title, text)


def _unexpected(error: Exception) -> ResponseReturnValue:
    log.error("request failed", exc_info=error)
    db.session.rollback()
    _keep()
    leave_out()
    text = _("Felet är noterat med nummer %(number)s. Försök igen.", number=g.get("request_id", ""))
    return _page(500, _("Något gick fel hos oss"), text, again=True)
