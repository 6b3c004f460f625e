"""The blueprint of the application's pages, and how a section is written in an address."""

from __future__ import annotations

import re

from flask import Blueprint
from flask.blueprints import BlueprintSetupState
from werkzeug.routing import BaseConverter, ValidationError

from app.applications.sections import section_by_key, section_by_slug

LINE_FORM = re.compile(r"(cost|benefit)-(new|\d{1,9})")
"""The forms of the calculation's lines: their drafts are kept through the same address as the sections'."""


class FormKeyConverter(BaseConverter):
    """A section by its Swedish name (`driftsplan`), or a form of the calculation (`cost-12`)."""

    def to_python(self, value: str) -> str:
        """The key; no such form, no such page."""
        section = section_by_slug(value)
        if section is None and not LINE_FORM.fullmatch(value):
            raise ValidationError
        return section.key if section else value

    def to_url(self, value: str) -> str:
        """The Swedish name."""
        return value if LINE_FORM.fullmatch(value) else section_by_key(value).slug


bp = Blueprint("applications", __name__)


@bp.record_once
def _know_sections(state: BlueprintSetupState) -> None:
    # Deferred before the routes below it, which is when the application learns of them.
    state.app.url_map.converters["form_key"] = FormKeyConverter
