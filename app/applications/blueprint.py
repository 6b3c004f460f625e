"""The blueprint of the application's pages, and how a section is written in an address."""

from __future__ import annotations

from flask import Blueprint
from flask.blueprints import BlueprintSetupState
from werkzeug.routing import BaseConverter, ValidationError

from app.applications.sections import section_by_key, section_by_slug


class FormKeyConverter(BaseConverter):
    """A section by its Swedish name: `driftsplan`."""

    def to_python(self, value: str) -> str:
        """The key; no such section, no such page."""
        section = section_by_slug(value)
        if section is None:
            raise ValidationError
        return section.key

    def to_url(self, value: str) -> str:
        """The Swedish name."""
        return section_by_key(value).slug


bp = Blueprint("applications", __name__)


@bp.record_once
def _know_sections(state: BlueprintSetupState) -> None:
    # Deferred before the routes below it, which is when the application learns of them.
    state.app.url_map.converters["form_key"] = FormKeyConverter
