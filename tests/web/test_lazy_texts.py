"""A text that is translated when it is shown is text: what people wrote in it is shown, never run."""

from __future__ import annotations

from decimal import Decimal

import pytest
from flask import Flask, render_template_string
from flask_babel import force_locale, lazy_gettext

from app.web.formats import exact
from app.web.language import current_language

HOSTILE = "<svg onload=canary(1)>"
SHOWN = ("{{ text }}", "{{ text ~ '!' }}", "{{ [text]|join(', ') }}", "{{ _('Hej') ~ text }}")


@pytest.mark.parametrize("shown", SHOWN)
def test_what_people_wrote_in_a_lazy_text_is_never_markup(app: Flask, shown: str) -> None:
    text = lazy_gettext("Milstolpen ”%(name)s” är redan nådd.", name=HOSTILE)
    with app.test_request_context():
        page = render_template_string(shown, text=text)
    assert "<svg" not in page
    assert "&lt;svg" in page


def test_what_the_worker_writes_has_its_units_in_the_language_of_the_text(app: Flask) -> None:
    """It serves no request that could tell a language."""
    with app.app_context():
        assert exact(Decimal(1)) == "1\N{NO-BREAK SPACE}kr"
        with force_locale("en"):
            assert exact(Decimal(1)) == "1\N{NO-BREAK SPACE}SEK"
        assert current_language() == "sv"
