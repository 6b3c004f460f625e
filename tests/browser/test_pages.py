"""Every page, as its readers see it: in both languages, light and dark, on a wide screen and on a phone.

There are eight views. Here each page is seen in one of them; which one goes round from page to page, so that
every view meets every part that pages share. With EVERY_VIEW in the environment, as in `make drill-pages`,
each page is seen in all eight.
"""

from __future__ import annotations

import os
from typing import Literal

import pytest

from tests.browser.accessibility import violations
from tests.browser.conftest import Open
from tests.browser.gallery import PAGES, Gallery
from tests.browser.seeing import barriers, told
from tests.browser.window import NARROW, WIDE, Language

Scheme = Literal["light", "dark"]
View = tuple[Language, int, Scheme]
ALL: tuple[View, ...] = (
    ("en", NARROW, "light"), ("sv", WIDE, "dark"), ("sv", NARROW, "light"), ("en", WIDE, "dark"),
    ("sv", NARROW, "dark"), ("en", WIDE, "light"), ("sv", WIDE, "light"), ("en", NARROW, "dark"),
)  # fmt: skip
PLACES = [(role, path) for role, paths in PAGES.items() for path in paths]
SEEN = [
    pytest.param(role, path, view, id=f"{role}-{path}-{view[0]}-{view[1]}-{view[2]}")
    for language in ("en", "sv")  # one after the other: to change it takes as long as to look at the page
    for number, (role, path) in enumerate(PLACES)
    for view in (ALL if os.environ.get("EVERY_VIEW") else [ALL[number % len(ALL)]])
    if view[0] == language
]


@pytest.mark.parametrize(("role", "pattern", "view"), SEEN)
def test_everybody_can_use_the_page(
    gallery: Gallery, window_of: Open, role: str, pattern: str, view: View
) -> None:
    window = window_of(role)
    window.complaints.clear()
    page, (language, width, scheme) = window.page, view
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.goto(gallery.path(pattern))
    window.speak(language)
    assert [*told(page, "as it is", "sideways"), *violations(page), *barriers(page)] == []
    assert window.complaints == []
