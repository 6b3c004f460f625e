"""The blueprint that every page about status reports belongs to."""

from __future__ import annotations

from flask import Blueprint

from app.delivery.reports import words

AT = "/projekt/<int:project_id>/lagesrapporter"
"""Where the reports of a project are."""

bp = Blueprint("reports", __name__)
for told in (
    words.light_tag, words.report_tag, words.listed_tag, words.said_amount, words.said_number,
    words.said_hours,
):  # fmt: skip
    bp.add_app_template_filter(told)
