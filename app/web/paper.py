"""Answers with a PDF: where the door to paper meets the request and the reader's language."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from flask import Response, render_template, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_babel import gettext as _

from config import PROJECT_ROOT

if TYPE_CHECKING:
    from jinja2 import Environment

log = logging.getLogger("hemtag")


@cache
def environment() -> Environment:
    """The templates for paper, in the language of the moment; numbers come written by `app.web.formats`."""
    from app import pdf

    return pdf.environment(PROJECT_ROOT / "templates", gettext=gettext, ngettext=ngettext)


def answer(make: Callable[[Environment], bytes], filename: str) -> ResponseReturnValue:
    """Make the document and send it; when it cannot be made, a page that says so."""
    from app.pdf import PdfError

    try:
        made = make(environment())
    except PdfError as error:
        log.error("%s could not be made", filename, exc_info=error)
        text = _("Försök igen om en stund. Händer det igen: berätta för administratören.")
        page = render_template("error.html", title=_("Dokumentet gick inte att göra"), text=text, status=500)
        return page, 500
    return pdf_response(made, filename)


def pdf_response(pdf: bytes, filename: str) -> Response:
    """Send a PDF to be shown by the browser, or saved under this name whatever signs the name holds."""
    name = "".join(sign for sign in filename if sign.isprintable())
    return send_file(BytesIO(pdf), mimetype="application/pdf", download_name=name)
