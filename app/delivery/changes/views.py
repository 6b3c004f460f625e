"""The pages of requests to change a project."""

from __future__ import annotations

from flask import Blueprint

from app.delivery.changes import service

bp = Blueprint("changes", __name__)
_ = service
