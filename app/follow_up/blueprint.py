"""The blueprint that every page about follow-ups belongs to."""

from __future__ import annotations

from flask import Blueprint

from app.follow_up import words

bp = Blueprint("follow_up", __name__)
for told in (words.follow_up_tag, words.works_tag):
    bp.add_app_template_filter(told)
