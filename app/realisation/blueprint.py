"""The blueprint of what comes of benefits, whose pages stand in two files."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("realisation", __name__)
