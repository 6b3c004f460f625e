"""The blueprint that every page of the calculation belongs to."""

from __future__ import annotations

from flask import Blueprint

from app.benefits.labels import evidence_of, name_of

bp = Blueprint("benefits", __name__)
bp.add_app_template_filter(name_of)
bp.add_app_template_filter(evidence_of)
