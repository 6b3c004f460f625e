"""What comes in: from whom, through which proxies, and made of text that can be kept."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import cached_property
from typing import IO, TYPE_CHECKING, Final

from flask import Flask, Request, Response, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.exceptions import SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_NO_TEXT: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Signs that are no part of any text: PostgreSQL, XML and PDF each refuse some of them."""

_PLAIN_PREFIX: Final = re.compile(r"(/[\w.~-]+)*", re.ASCII)
"""What a server may say that the product lies under. Some take it from a header that anybody can send."""

_FROM_ELSEWHERE: Final = frozenset({"cross-site", "same-site"})


class CleanRequest(Request):
    """A request whose parameters and fields hold only what a text can hold."""

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """The parameters of the address."""
        return _clean(super().args.items(multi=True))

    @cached_property
    def prints_of_files(self) -> list[list[str]]:
        """Field, name and hash of each file that is sent."""
        return [
            [field, file.filename or "", _sha256(file.stream)] for field, file in self.files.items(multi=True)
        ]

    def _load_form_data(self) -> None:
        if "form" in self.__dict__:  # it is read once, and asked for often
            return
        super()._load_form_data()
        self.__dict__["form"] = _clean(self.form.items(multi=True))


def _sha256(stream: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while part := stream.read(1 << 20):
        digest.update(part)
    stream.seek(0)
    return digest.hexdigest()


class PlainPrefix:
    """Forgets a prefix that could lead links to another host: `//elsewhere.example`."""

    def __init__(self, app: WSGIApplication) -> None:
        self.app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not _PLAIN_PREFIX.fullmatch(environ.get("SCRIPT_NAME", "")):
            environ["SCRIPT_NAME"] = ""
        return self.app(environ, start_response)


def _clean(pairs: Iterable[tuple[str, str]]) -> ImmutableMultiDict[str, str]:
    return ImmutableMultiDict([(_NO_TEXT.sub("", name), _NO_TEXT.sub("", text)) for name, text in pairs])


def install(app: Flask) -> None:
    """Read requests with care."""
    app.request_class = CleanRequest
    app.wsgi_app = PlainPrefix(app.wsgi_app)  # type: ignore[method-assign] # as Flask's own manual wraps it
    app.register_error_handler(SecurityError, _unknown_host)
    if proxies := app.config["TRUSTED_PROXIES"]:
        # Not their X-Forwarded-Host: a proxy that does not set it hands on what the visitor made up.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=0)  # type: ignore[method-assign] # as Flask's own manual wraps it

    @app.before_request
    def _read_all() -> None:
        """Before anybody asks the database: a slow sender, or a large file, must not hold it for others."""
        if request.method == "POST":
            request.prints_of_files  # type: ignore[attr-defined] # noqa: B018 - reading it all is the point

    @app.before_request
    def _only_from_our_own_pages() -> None:
        """Browsers say where a form was sent from; the token in the form is asked for besides."""
        if request.method == "POST" and request.headers.get("Sec-Fetch-Site") in _FROM_ELSEWHERE:
            raise CSRFError("sent from another site")


def _unknown_host(_error: SecurityError) -> Response:
    """A page of ours would have links, and there is no telling where they would lead."""
    return Response(_("Adressen hör inte till Hemtag."), 400, mimetype="text/plain")
