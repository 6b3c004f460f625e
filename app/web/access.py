"""Every route says who may use it: `@requires(predicate)` or `@public`. One that says neither fails a test.

A predicate takes the viewer (and the record that the route loads) and answers with a Verdict. What the
viewer may not even know of is answered like what does not exist: 404.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from flask import abort, flash, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.verdict import Verdict, require
from app.web import keys, typed

Handler = Callable[..., ResponseReturnValue]


def public(handler: Handler) -> Handler:
    """The route is open to everybody, signed in or not."""
    handler.policy = "public"  # type: ignore[attr-defined] # read by the test of all routes
    return handler


def requires(
    predicate: Callable[..., Verdict], *, load: Callable[..., Any] | None = None
) -> Callable[[Handler], Handler]:
    """The route needs a signed-in person and the predicate's yes.

    With `load`, the address's parts are given to `load(viewer, **parts)`, which answers with the record as
    far as the viewer may see it, or None: then the answer is 404. The handler gets the record instead of
    the parts.
    """

    def decorate(handler: Handler) -> Handler:
        @wraps(handler)
        def guarded(**parts: Any) -> ResponseReturnValue:
            viewer = g.get("viewer")
            if viewer is None:
                return to_sign_in()
            if load is None:
                require(predicate(viewer))
                return handler(**parts)
            record = load(viewer, **parts)
            if record is None:
                abort(404)
            require(predicate(viewer, record))
            return handler(record)

        guarded.policy = predicate  # type: ignore[attr-defined] # likewise
        return guarded

    return decorate


def to_sign_in() -> ResponseReturnValue:
    """Ask the person to sign in, and lead on from there to the page that was asked for.

    What a sent form held is kept, and shown in its form after the sign-in. The page is remembered by its name
    and parts, never by an address that somebody could craft.
    """
    page: tuple[str, Mapping[str, Any]] | None = None
    if request.method == "GET" and request.endpoint:
        page = request.endpoint, request.view_args or {}
    elif key := keys.sent():
        page = typed.where_it_stands(key.stands_on, keys.here())
        if typed.keep():
            flash(_("Du är utloggad. Det du skrev är sparat. Logga in, så visas det igen."), "warning")
        else:
            flash(_("Du är utloggad, så inget har hänt. Logga in och försök igen."), "warning")
    if page is not None:
        session["after_sign_in"] = list(page)
    return typed.still_writing(redirect(url_for("accounts.sign_in")))
