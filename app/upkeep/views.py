"""Pages for machines that watch the product. No person reads them, so they speak English and JSON."""

from __future__ import annotations

import hmac

from flask import Blueprint, Response, abort, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from app.accounts.session import now
from app.upkeep import waiting
from app.upkeep.readiness import obstacles_here
from app.web import metrics as counted
from app.web.access import public

bp = Blueprint("upkeep", __name__)

HERE = frozenset({"127.0.0.1", "::1"})


@bp.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """The process lives. Asks neither database nor disk; open, since whoever watches has no account."""
    return jsonify(alive=True)


@bp.get("/readyz")
@public
def readyz() -> ResponseReturnValue:
    """Whether the product can do its work now, and what keeps it from that. Open like /healthz."""
    reasons = obstacles_here()
    return jsonify(ready=not reasons, reasons=reasons), 503 if reasons else 200


@bp.get("/metrics")
@public
def metrics() -> ResponseReturnValue:
    """What has been counted; for this machine itself, or whoever knows the token. Others find nothing."""
    if not _may_read_metrics():
        abort(404)
    return Response(counted.as_text() + waiting.as_text(now()), content_type=counted.CONTENT_TYPE_LATEST)


def _may_read_metrics() -> bool:
    """With a token set, only it opens. A request that a proxy brings is not this machine's own."""
    token = current_app.config["METRICS_TOKEN"]
    if token:
        given = request.authorization
        sent = given.token if given is not None and given.type == "bearer" else None
        return hmac.compare_digest((sent or "").encode(), token.encode())
    return request.remote_addr in HERE and "X-Forwarded-For" not in request.headers
