"""The blueprint that every page about the programme belongs to."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("programmes", __name__)
