"""Every route says who may use it: `@requires(predicate)` or `@public`. One that says neither fails a test.

A predicate takes the viewer (and the record that the route loads) and answers with a Verdict. What the
viewer may not even know of is answered like what does not exist: 404.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import wraps
from typing import Any

from flask import abort, current_app, flash, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

from app.core.verdict import RefusedError, Verdict, require
from app.web import keys, typed

DONE = "done_beforehand"

Handler = Callable[..., ResponseReturnValue]
_BEFOREHAND: dict[Any, Callable[[Mapping[str, Any]], Any]] = {}
"""By handler: what it does beforehand, with the parts of the address."""


def public(handler: Handler) -> Handler:
    """The route is open to everybody, signed in or not."""
    handler.policy = "public"  # type: ignore[attr-defined] # read by the test of all routes
    return handler


def requires(
    predicate: Callable[..., Verdict],
    *,
    load: Callable[..., Any] | None = None,
    beforehand: Callable[..., Any] | None = None,
) -> Callable[[Handler], Handler]:
    """The route needs a signed-in person and the predicate's yes.

    With `load`, the address's parts are given to `load(viewer, **parts)`, which answers with the record as
    far as the viewer may see it, or None: then the answer is 404. The handler gets the record instead of
    the parts.

    `beforehand` does what takes long, such as checking a file. When somebody who may use the route sends a
    form, it is called with the record before the transaction of the request begins: nobody waits for it. It
    writes no record. The handler gets its answer last.
    """

    def decorate(handler: Handler) -> Handler:
        permitted = _permission(predicate, load)

        @wraps(handler)
        def guarded(**parts: Any) -> ResponseReturnValue:
            if g.get("viewer") is None:
                return to_sign_in()
            given = permitted(parts)
            if beforehand is not None:
                given += (g.pop(DONE) if DONE in g else beforehand(*given),)
            return handler(*given) if load is not None else handler(*given, **parts)

        if beforehand is not None:
            _BEFOREHAND[guarded] = lambda parts: beforehand(*permitted(parts))
        guarded.policy = predicate  # type: ignore[attr-defined] # likewise
        return guarded

    return decorate


def _permission(
    predicate: Callable[..., Verdict], load: Callable[..., Any] | None
) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    """What finds the record, if the route loads one, and raises what says no."""

    def permitted(parts: Mapping[str, Any]) -> tuple[Any, ...]:
        if load is None:
            require(predicate(g.viewer))
            return ()
        record = load(g.viewer, **parts)
        if record is None:
            abort(404)
        require(predicate(g.viewer, record))
        return (record,)

    return permitted


def takes_long() -> bool:
    """Whether the request's route does something beforehand."""
    return request.method == "POST" and _work() is not None


def do_beforehand() -> None:
    """Do what the request's route does beforehand, in the transaction that is open, one that only reads.

    Whatever stands in the way is met again, and answered, in the transaction of the request.
    """
    key, work = keys.sent(), _work()
    if work is None or g.viewer is None or key is None or key.person_id != g.viewer.id:
        return
    with suppress(HTTPException, RefusedError):
        setattr(g, DONE, work(request.view_args or {}))


def _work() -> Callable[[Mapping[str, Any]], Any] | None:
    return _BEFOREHAND.get(current_app.view_functions.get(request.endpoint or ""))


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
