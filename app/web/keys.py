"""The key of an opened form: a signed name that says whose it is, and where it stands.

Every form has one. It tells a sent form from every other (`once`), one tab's draft from another's
(`app.drafts`), and whose text it is that arrives when the session has ended. Nobody can make one up.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import astuple, dataclass
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import Flask, current_app, g, request
from itsdangerous import BadData, URLSafeTimedSerializer

from app.web.pages import same_page

FIELD = "form_key"
LASTS = timedelta(days=60)
"""A page that was opened longer ago is opened again before anything is sent from it."""
SHOWN = "utkast"
"""The parameter that asks for another draft than the newest."""


@dataclass(frozen=True, slots=True)
class FormKey:
    """One opened form."""

    person_id: int
    """Who opened it; 0 for a visitor."""
    page: str
    """Tells it from every other opened form."""
    written_in: bool
    """Whether it holds text to keep; a form of buttons does not."""
    stands_on: str = ""
    """The address of the page that shows it."""
    about: str = ""
    draft_id: int = 0
    """The draft that it showed when it was opened, and that draft's revision."""
    revision: int = 0

    def __str__(self) -> str:
        return str(_signer().dumps(astuple(self)))


def install(app: Flask) -> None:
    """Let templates give forms of buttons a key, and lead to other drafts."""
    app.jinja_env.globals["new_form_key"] = lambda: new(written_in=False)
    app.jinja_env.globals["same_page"] = same_page


def new(*, written_in: bool, about: str = "", draft_id: int = 0, revision: int = 0) -> FormKey:
    """The key of a form that is opened now."""
    viewer = g.get("viewer")
    person_id = viewer.id if viewer is not None else 0
    return FormKey(person_id, secrets.token_hex(8), written_in, here(), about, draft_id, revision)


def read(text: str) -> FormKey | None:
    """The key that somebody sends; None when it is none of ours."""
    if not text:
        return None
    try:
        return FormKey(*_signer().loads(text, max_age=int(LASTS.total_seconds())))
    except (BadData, TypeError):
        return None


def sent() -> FormKey | None:
    """The key of the form that this request sends."""
    if "sent_key" not in g:
        g.sent_key = read(request.form.get(FIELD, ""))
    key: FormKey | None = g.sent_key
    return key


def here() -> str:
    """This request's address, with the parameters that say what the page is about."""
    parameters = [(name, value) for name, value in request.args.items(multi=True) if name != SHOWN]
    return f"{request.path}?{urlencode(sorted(parameters))}" if parameters else request.path


Handler = TypeVar("Handler", bound=Callable[..., Any])


def repeatable(handler: Handler) -> Handler:
    """The route may be asked any number of times: it needs no key, leaves no receipt and makes no draft."""
    handler.repeatable = True  # type: ignore[attr-defined] # read below
    return handler


def beside_the_pen(handler: Handler) -> Handler:
    """The route writes nothing that the history tells of, and waits for nobody who writes records."""
    handler.beside_the_pen = True  # type: ignore[attr-defined] # read below
    return handler


def needs_no_pen() -> bool:
    """Whether this request's route says so."""
    return hasattr(current_app.view_functions.get(request.endpoint or ""), "beside_the_pen")


def may_be_repeated() -> bool:
    """Whether this request's route says so."""
    return hasattr(current_app.view_functions.get(request.endpoint or ""), "repeatable")


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="form key")
