"""The answer to a form that saves itself while somebody writes (static/js/autosave.js)."""

from __future__ import annotations

from datetime import datetime

from flask import jsonify
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.projects import drafts
from app.web.formats import clock


def autosaved(
    person_id: int, project_id: int, form_key: str, fields: drafts.Fields, now: datetime
) -> ResponseReturnValue:
    """Keep what is typed. Another page's draft of the same form is never written over."""
    kept = drafts.of(person_id, project_id, form_key)
    if kept is not None and drafts.page_of(kept.fields) != drafts.page_of(fields):
        return jsonify(message=_("Formuläret är öppet i en annan flik, med ett annat utkast.")), 409
    draft = drafts.keep(person_id, project_id, form_key, fields, now)
    time = clock(draft.saved_at)
    return jsonify(saved_at=time, message=_("Utkast sparat %(time)s", time=time))
