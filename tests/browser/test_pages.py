"""Every page, as its readers see it: in both languages, light and dark, on a wide screen and on a phone.

Here any two of language, width and colour scheme meet, which costs half of meeting all three. With EVERY_VIEW
in the environment, as in `make drill-pages`, all three meet.
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
PAIRS: dict[Language, tuple[tuple[int, Scheme], ...]] = {
    "en": ((NARROW, "light"), (WIDE, "dark")),
    "sv": ((WIDE, "light"), (NARROW, "dark")),
}
ALL: dict[Language, tuple[tuple[int, Scheme], ...]] = {
    "en": ((NARROW, "light"), (WIDE, "dark"), (NARROW, "dark"), (WIDE, "light")),
    "sv": ((WIDE, "light"), (NARROW, "dark"), (WIDE, "dark"), (NARROW, "light")),
}
VIEWS = ALL if os.environ.get("EVERY_VIEW") else PAIRS
WINDOWS: list[tuple[str, str]] = [(role, path) for role, paths in PAGES.items() for path in paths]


def looked_at(page: Page, language: Language, width: int, scheme: Scheme) -> Iterator[str]:
    """What is wrong with the open page, seen in this way."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    where = f"{language} {width} {scheme}"
    yield from told(page, where, "sideways")
    yield from (f"{where}: {fault}" for fault in violations(page))


@pytest.mark.parametrize(("role", "pattern"), WINDOWS)
def test_everybody_can_use_the_page(gallery: Gallery, window_of: Open, role: str, pattern: str) -> None:
    window = window_of(role)
    window.complaints.clear()
    found: list[str] = []
    window.page.goto(gallery.path(pattern))
    for language in VIEWS:  # Swedish last: its words are the longest, and the barriers are then looked for
        window.speak(language)
        for width, scheme in VIEWS[language]:
            found.extend(looked_at(window.page, language, width, scheme))
    found.extend(barriers(window.page))
    assert found == []
    assert window.complaints == []
