"""The signed-in person of a request, from the token in the cookie."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from flask import Flask, current_app, g, request, session
from sqlalchemy.exc import OperationalError
from werkzeug import Response

from app.accounts import queries, sessions
from app.accounts.access import Viewer
from app.accounts.guessing import BROWSER_REMEMBERED, Origin
from app.accounts.limits import Limits
from app.core.clock import local_day
from app.db import db
from app.engine import reading, unrecorded
from app.web.access import do_beforehand, takes_long

TOKEN = "token"  # noqa: S105 - the name of a key in the cookie
_BROWSER_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
SEEN_EVERY = timedelta(minutes=1)
ASKING_IS_NO_USE = frozenset({"accounts.session_state", "jobs.state"})
"""What a page that stands open asks by itself: that does not prolong the session."""


def install(app: Flask) -> None:
    """Find out who asks, before every request; tell the templates."""
    prefix = "__Host-" if app.config["SESSION_COOKIE_SECURE"] else ""
    app.config.setdefault("BROWSER_COOKIE_NAME", f"{prefix}hemtag-browser")

    app.before_request(_do_what_takes_long)
    app.before_request(_load_viewer)

    @app.teardown_request
    def _mark_seen(_error: BaseException | None) -> None:
        # After the request's own transaction: a page that only reads must not wait for the write lock.
        if g.get("viewer") is not None and g.get("seen_long_ago"):
            db.session.rollback()
            try:
                with unrecorded():
                    sessions.mark_seen(g.viewer.sign_in_id, now())
                    db.session.commit()
            except OperationalError:  # a busy database: the answer must leave all the same
                db.session.rollback()

    @app.context_processor
    def _viewer() -> dict[str, object]:
        return {"viewer": g.get("viewer"), "session_limits": limits()}


def _do_what_takes_long() -> None:
    """Before the request's own transaction: while that is open, nobody else writes."""
    if not takes_long():
        return
    with reading():
        _load_viewer()
        do_beforehand()
        db.session.rollback()


def _load_viewer() -> None:
    g.viewer = g.open_session = None
    token = None if request.endpoint == "static" else session.get(TOKEN)
    if not token:
        return
    found = queries.session_by_token(
        str(token),
        now=now(),
        idle=current_app.config["SESSION_IDLE_LIMIT"],
        lifetime=current_app.config["SESSION_LIFETIME"],
    )
    if found is None:
        session.pop(TOKEN, None)
        return
    g.viewer, g.open_session = found.viewer, found
    g.seen_long_ago = now() - found.seen_at > SEEN_EVERY and request.endpoint not in ASKING_IS_NO_USE


def begin(started: sessions.Started, response: Response) -> Response:
    """Remember the session in a fresh cookie: whatever somebody planted in the old one is gone."""
    session.clear()
    session[TOKEN] = started.token
    session.permanent = True
    response.set_cookie(
        current_app.config["BROWSER_COOKIE_NAME"],
        started.browser_token,
        max_age=BROWSER_REMEMBERED,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response


def origin() -> Origin:
    """Where the request comes from."""
    known_by = request.cookies.get(current_app.config["BROWSER_COOKIE_NAME"], "")
    ours = known_by if _BROWSER_TOKEN.fullmatch(known_by) else ""
    browser = request.user_agent.string.replace("\x00", "")  # which PostgreSQL keeps in no text
    return Origin(request.remote_addr or "", browser, ours)


def viewer() -> Viewer:
    """The signed-in person; only for routes that require one."""
    person: Viewer = g.viewer
    return person


def limits() -> Limits | None:
    """When the session of the request ends if nothing is done; None when nobody is signed in."""
    found: queries.OpenSession | None = g.get("open_session")
    if found is None:
        return None
    settings = current_app.config
    seen_at = now() if g.seen_long_ago else found.seen_at
    return Limits(
        now(),
        idle_ends=seen_at + settings["SESSION_IDLE_LIMIT"],
        ends=found.began_at + settings["SESSION_LIFETIME"],
    )


def now() -> datetime:
    """The moment of the request."""
    if "now" not in g:
        g.now = datetime.now(UTC)
    moment: datetime = g.now
    return moment


def today() -> date:
    """The day of the request, in Sweden."""
    return local_day(now())
