"""Every page, as its readers see it: in both languages, light and dark, on a wide screen and on a phone.

Here each page is seen in each of these, in two views that have nothing in common; which two goes round from
page to page, so that every view meets every part that pages share. With EVERY_VIEW in the environment, as in
`make drill-pages`, each page is seen in all eight.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Page

from tests.browser.accessibility import violations
from tests.browser.conftest import Open
from tests.browser.gallery import PAGES, Gallery
from tests.browser.seeing import barriers, told
from tests.browser.window import NARROW, WIDE, Language

Scheme = Literal["light", "dark"]
View = tuple[Language, int, Scheme]
OPPOSITES: tuple[tuple[View, View], ...] = (
    (("en", NARROW, "light"), ("sv", WIDE, "dark")),
    (("en", WIDE, "light"), ("sv", NARROW, "dark")),
    (("en", NARROW, "dark"), ("sv", WIDE, "light")),
    (("en", WIDE, "dark"), ("sv", NARROW, "light")),
)
"""Swedish last: its words are the longest, and the barriers are looked for then."""
ALL = tuple(sorted(view for pair in OPPOSITES for view in pair))
PLACES = [(role, path) for role, paths in PAGES.items() for path in paths]
WINDOWS = [
    (role, path, ALL if os.environ.get("EVERY_VIEW") else OPPOSITES[number % len(OPPOSITES)])
    for number, (role, path) in enumerate(PLACES)
]


def looked_at(page: Page, view: View) -> Iterator[str]:
    """What is wrong with the open page, seen in this way."""
    _language, width, scheme = view
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    yield from told(page, str(view), "sideways")
    yield from (f"{view}: {fault}" for fault in violations(page))


@pytest.mark.parametrize(
    ("role", "pattern", "views"), WINDOWS, ids=[f"{role}-{path}" for role, path in PLACES]
)
def test_everybody_can_use_the_page(
    gallery: Gallery, window_of: Open, role: str, pattern: str, views: tuple[View, ...]
) -> None:
    window = window_of(role)
    window.complaints.clear()
    found: list[str] = []
    window.page.goto(gallery.path(pattern))
    for view in views:
        window.speak(view[0])
        found.extend(looked_at(window.page, view))
    found.extend(barriers(window.page))
    assert found == []
    assert window.complaints == []
