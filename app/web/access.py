"""Every route says who may use it: `@requires(predicate)` or `@public`. One that says neither fails a test.

A predicate takes the viewer (and the record that the route loads) and answers with a Verdict. What the
viewer may not even know of is answered like what does not exist: 404.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from app.core.verdict import Verdict, require

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
                return _to_sign_in()
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


def _to_sign_in() -> ResponseReturnValue:
    """Remember the page by the route's name and parts, never by an address that somebody could craft."""
    if request.method == "GET" and request.endpoint:
        session["after_sign_in"] = [request.endpoint, request.view_args or {}]
    return redirect(url_for("accounts.sign_in"))
