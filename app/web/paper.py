"""Answers with a PDF: where the door to paper meets the request and the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

from flask import Response, current_app, g, make_response, render_template, request, send_file
from flask_babel import gettext, ngettext
from flask_babel import gettext as _
from jinja2 import Environment

from app import pdf
from app.pdf import BusyError, LostError, NotYetError, Order, PdfError, Press, Workshop
from app.web import metrics
from app.web.logs import log
from config import PROJECT_ROOT

_PATIENCE = 20
"""Seconds that somebody waits at the open page; the work goes on, and what is done is kept."""
_COME_BACK_AFTER = 10


@cache
def environment() -> Environment:
    """The templates for paper, in the language of the moment; numbers come written by `app.web.formats`."""
    return pdf.environment(PROJECT_ROOT / "templates", gettext=gettext, ngettext=ngettext)


@cache
def workshop() -> Workshop:
    """The makers of documents of this process."""
    return pdf.Workshop()


def press() -> Press:
    """The press of the current app; what it has made is kept in the app's own folder."""
    folder: Path = current_app.config["PAPER_FOLDER"]
    return pdf.Press(environment(), workshop(), pdf.KeptDocuments(folder))


def made(
    make: Callable[[Order], bytes], watch: Callable[[Callable[[], tuple[int, int]]], None] | None = None
) -> bytes:
    """Make a document and wait for it as long as it takes; `watch` gets what tells how far it has come."""
    with press().order() as order:
        if watch is not None:
            watch(order.progress)
        return make(order)


def answer(make: Callable[[Order], bytes], filename: str) -> Response:
    """Make the document and send it; when it cannot be made, a page that says so and what to do."""
    try:
        with metrics.document(), press().order(current_app.config.get("PAPER_PATIENCE", _PATIENCE)) as order:
            return pdf_response(make(order), filename)
    except PdfError as error:
        return _not_made(error)


def pdf_response(pdf: bytes, filename: str) -> Response:
    """Send a PDF to be shown by the browser, or saved under this name whatever signs the name holds."""
    name = "".join(sign for sign in filename if sign.isprintable())
    return send_file(BytesIO(pdf), mimetype="application/pdf", download_name=name)


def _not_made(error: PdfError) -> Response:
    if isinstance(error, NotYetError):
        return _come_back(_("Dokumentet håller på att göras"), _progress(error))
    if isinstance(error, BusyError):
        text = _("Många dokument görs just nu. Försök igen om en stund.")
        return _come_back(_("Dokumentet får vänta"), text)
    number = g.get("request_id", "")
    log.error("document failed", exc_info=error)
    if isinstance(error, LostError):
        text = _(
            "Det tog för lång tid eller krävde för mycket minne. Försök igen om en stund. Händer det igen: "
            "berätta för administratören och ange nummer %(number)s.",
            number=number,
        )
        return _page(504, _("Dokumentet blev inte klart"), text)
    text = _(
        "Försök igen om en stund. Händer det igen: berätta för administratören och ange nummer %(number)s.",
        number=number,
    )
    return _page(500, _("Dokumentet gick inte att göra"), text)


def _progress(error: NotYetError) -> str:
    if error.asked == 1:
        return _("Det görs i bakgrunden. Öppna det igen om en stund.")
    return _(
        "Hittills är %(done)s av %(asked)s delar klara, och resten görs i bakgrunden. "
        "Öppna dokumentet igen om en stund: det fortsätter där det är.",
        done=error.done,
        asked=error.asked,
    )


def _come_back(title: str, text: str) -> Response:
    response = _page(503, title, text, link_text=_("Öppna dokumentet igen"), href=request.full_path)
    response.retry_after = _COME_BACK_AFTER
    return response


def _page(status: int, title: str, text: str, **way_on: str) -> Response:
    page = render_template("error.html", title=title, text=text, status=status, **way_on)
    return make_response(page, status)
