"""The blueprint that every page about final reports belongs to."""

from __future__ import annotations

from flask import Blueprint

from app.closing.final_report import words

bp = Blueprint("final_report", __name__)
for told in (
    words.final_report_tag, words.fulfilment_tag, words.delay_text, words.kept_amount, words.kept_number,
    words.planned_work, words.done_work, words.more_work,
):  # fmt: skip
    bp.add_app_template_filter(told)
