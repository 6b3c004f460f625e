"""The signed-in person of a request, from the token in the cookie."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from flask import Flask, g, request, session

from app.accounts import queries, service
from app.accounts.access import Viewer
from app.core.clock import local_day
from app.db import db

TOKEN = "token"  # noqa: S105 - the name of a key in the cookie
SEEN_EVERY = timedelta(minutes=5)


def install(app: Flask) -> None:
    """Find out who asks, before every request; tell the templates."""

    @app.before_request
    def _load_viewer() -> None:
        g.viewer = None
        token = session.get(TOKEN)
        if not token or request.endpoint == "static":
            return
        found = queries.viewer_by_token(
            token, now=now(), idle=app.config["SESSION_IDLE_LIMIT"], lifetime=app.config["SESSION_LIFETIME"]
        )
        if found is None:
            session.pop(TOKEN, None)
            return
        g.viewer, seen_at = found
        g.seen_long_ago = now() - seen_at > SEEN_EVERY

    @app.teardown_request
    def _mark_seen(_error: BaseException | None) -> None:
        # After the request's own transaction: a page that only reads must not wait for the write lock.
        if g.get("viewer") is not None and g.get("seen_long_ago"):
            db.session.rollback()
            service.mark_seen(g.viewer.sign_in_id, now())
            db.session.commit()

    @app.context_processor
    def _viewer() -> dict[str, object]:
        return {"viewer": g.get("viewer")}


def begin(started: service.Started) -> None:
    """Remember the session in a fresh cookie: whatever somebody planted in the old one is gone."""
    kept = session.get("after_sign_in")
    session.clear()
    session[TOKEN] = started.token
    session.permanent = True
    if kept:
        session["after_sign_in"] = kept


def viewer() -> Viewer:
    """The signed-in person; only for routes that require one."""
    person: Viewer = g.viewer
    return person


def now() -> datetime:
    """The moment of the request."""
    if "now" not in g:
        g.now = datetime.now(UTC)
    moment: datetime = g.now
    return moment


def today() -> date:
    """The day of the request, in Sweden."""
    return local_day(now())
