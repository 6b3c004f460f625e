"""What is seen from above: the start page, work lists, the project page."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.accounts.policy import signed_in
from app.web.access import requires

bp = Blueprint("overview", __name__)


@bp.get("/")
@requires(signed_in)
def start() -> ResponseReturnValue:
    """What waits for me."""
    return render_template("overview/start.html")
