"""The edge of a request: one transaction, committed before the answer leaves; errors as pages."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from app.core.verdict import RefusedError
from app.db import db
from app.engine import reading
from app.web import metrics, once
from app.web.logs import log


class OneTransaction(Flask):
    """Flask, with one database transaction around each request.

    The transaction is committed after the page is made but before it is sent: whoever reads "Sparad" can
    rely on it. A page that only reads takes no write lock.
    """

    def full_dispatch_request(self) -> Response:
        """Answer the request; reads by GET begin no writing transaction."""
        if request.method in ("GET", "HEAD"):
            with reading():
                try:
                    return super().full_dispatch_request()
                finally:
                    db.session.rollback()  # a page about an error has read, too; nothing is left open
        return super().full_dispatch_request()

    def dispatch_request(self) -> Response:
        """Run the view; commit if it succeeded, leave no trace if it did not.

        A form with faults is answered with 422: nothing is changed by it but the draft, which must stay.
        """
        try:
            response = once.answered_before() or self._answer()
            if response.status_code < 400 or response.status_code == 422:
                db.session.commit()
            else:
                db.session.rollback()
        except BaseException:
            db.session.rollback()
            raise
        return response

    def _answer(self) -> Response:
        response = self.make_response(super().dispatch_request())
        once.remember(response)
        return response


def install(app: Flask) -> None:
    """Give each error a page."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(RefusedError, _refused)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(StaleDataError, _stale)
    app.register_error_handler(Exception, _unexpected)


def _page(status: int, title: str, text: Any) -> ResponseReturnValue:
    return render_template("error.html", title=title, text=text, status=status), status


def _refused(error: RefusedError) -> ResponseReturnValue:
    metrics.refusals.labels(request.endpoint).inc()
    title = _("Du kan inte öppna sidan") if request.method == "GET" else _("Det går inte just nu")
    return _page(403, title, error.reason)


def _csrf(_error: CSRFError) -> ResponseReturnValue:
    return _page(
        400,
        _("Sidan är för gammal"),
        _(
            "Gå tillbaka, ladda om sidan och försök igen. "
            "Det du skrev finns kvar om du går tillbaka i webbläsaren."
        ),
    )


def _stale(_error: StaleDataError) -> ResponseReturnValue:
    return _page(
        409,
        _("Någon annan hann före"),
        _("Uppgifterna har ändrats sedan du öppnade sidan. Ladda om och försök igen."),
    )


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error.get_response()
    texts = {
        404: (
            _("Sidan finns inte"),
            _("Kontrollera adressen. Sidan kan också vara en som du inte har rätt att se."),
        ),
        405: (_("Det går inte att göra så"), _("Gå tillbaka till föregående sida och försök därifrån.")),
        413: (_("Filen är för stor"), _("En bilaga får vara högst 20 MB.")),
    }
    title, text = texts.get(error.code, (_("Något gick fel"), _("Gå tillbaka och försök igen.")))
    return _page(error.code, title, text)


def _unexpected(error: Exception) -> ResponseReturnValue:
    log.error("request failed", exc_info=error)
    db.session.rollback()
    return _page(
        500,
        _("Något gick fel hos oss"),
        _(
            "Felet är noterat med nummer %(number)s. Gå tillbaka och försök igen.",
            number=g.get("request_id", ""),
        ),
    )
