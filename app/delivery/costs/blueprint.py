"""The blueprint that every page about costs and hours belongs to."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("costs", __name__)
