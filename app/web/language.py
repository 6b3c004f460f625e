"""Which language a page is in: the person's own choice, else the visitor's, Swedish first."""

from __future__ import annotations

from typing import Literal

from flask import Flask, g, has_request_context, session
from flask_babel import Babel

Language = Literal["sv", "en"]
LANGUAGES: dict[Language, str] = {"sv": "Svenska", "en": "English"}
DEFAULT: Language = "sv"


def current_language() -> Language:
    """`sv` or `en`."""
    if not has_request_context():
        return DEFAULT
    viewer = g.get("viewer")
    chosen = viewer.language if viewer is not None else session.get("language", DEFAULT)
    return "en" if chosen == "en" else DEFAULT


def install(app: Flask) -> None:
    """Texts in the source are Swedish; other languages come from app/translations."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", DEFAULT)
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", "translations")
    Babel(app, locale_selector=current_language, timezone_selector=lambda: "Europe/Stockholm")
    app.jinja_env.add_extension("jinja2.ext.i18n")
