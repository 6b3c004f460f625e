"""Which language a page is in: the person's own choice, else the visitor's, Swedish first."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from flask import Flask, g, has_request_context, session
from flask_babel import Babel, get_locale
from flask_babel import gettext as translated
from flask_babel.speaklater import LazyString
from markupsafe import Markup, escape

Language = Literal["sv", "en"]
LANGUAGES: dict[Language, str] = {"sv": "Svenska", "en": "English"}
DEFAULT: Language = "sv"


def current_language() -> Language:
    """`sv` or `en`; outside requests that of the text that is being written (`force_locale`)."""
    if has_request_context():
        return _of_the_request()
    locale = get_locale()
    return "en" if locale and locale.language == "en" else DEFAULT


def _of_the_request() -> Language:
    if not has_request_context():
        return DEFAULT
    viewer = g.get("viewer")
    chosen = viewer.language if viewer is not None else session.get("language", DEFAULT)
    return "en" if chosen == "en" else DEFAULT


def install(app: Flask) -> None:
    """Texts in the source are Swedish; other languages come from app/translations."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", DEFAULT)
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", "translations")
    Babel(app, locale_selector=_of_the_request, timezone_selector=lambda: "Europe/Stockholm")
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.globals["_"] = _in_a_template


def _as_text(lazy: LazyString) -> Markup:
    """A text that is translated when it is shown is text, and what people wrote may stand in it.

    The library takes every such text for markup, so that a milestone's name in "… ”%(name)s” …" would be run.
    """
    return escape(str(lazy))


LazyString.__html__ = _as_text


def _in_a_template(text: str, **values: object) -> Markup:
    """A text of a template, translated. A page has a hundred; each is looked up once in each language."""
    if values:
        return Markup(translated(text)) % values  # noqa: S704 - our own text; the values are escaped
    locale = get_locale()
    return _known(locale.language if locale else DEFAULT, text)


@lru_cache(maxsize=10_000)
def _known(_language: str, text: str) -> Markup:
    return Markup(translated(text) % {})  # noqa: S704 - our own text
