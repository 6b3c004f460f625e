"""The blueprint that every page about people, roles and sessions belongs to."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("accounts", __name__)
