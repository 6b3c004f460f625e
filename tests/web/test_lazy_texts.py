"""A text that is translated when it is shown is text: what people wrote in it is shown, never run."""

from __future__ import annotations

import pytest
from flask import Flask, render_template_string
from flask_babel import lazy_gettext

HOSTILE = "<svg onload=canary(1)>"
SHOWN = ("{{ text }}", "{{ text ~ '!' }}", "{{ [text]|join(', ') }}", "{{ _('Hej') ~ text }}")


@pytest.mark.parametrize("shown", SHOWN)
def test_what_people_wrote_in_a_lazy_text_is_never_markup(app: Flask, shown: str) -> None:
    text = lazy_gettext("Milstolpen ”%(name)s” är redan nådd.", name=HOSTILE)
    with app.test_request_context():
        page = render_template_string(shown, text=text)
    assert "<svg" not in page
    assert "&lt;svg" in page
