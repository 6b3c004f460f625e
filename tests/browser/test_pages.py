"""Every page, as its readers see it: in both languages, light and dark, on a wide screen and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Page

from tests.browser.accessibility import violations
from tests.browser.conftest import Open
from tests.browser.gallery import PAGES, Gallery
from tests.browser.window import NARROW, WIDE, Language

Scheme = Literal["light", "dark"]
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
VIEWS: dict[Language, tuple[tuple[int, Scheme], ...]] = {
    "sv": ((WIDE, "light"), (NARROW, "dark")),
    "en": ((NARROW, "light"), (WIDE, "dark")),
}
"""Any two of language, width and colour scheme meet, which costs half of meeting all three."""
WINDOWS: list[tuple[str, str]] = [(role, path) for role, paths in PAGES.items() for path in paths]


def looked_at(page: Page, language: Language, width: int, scheme: Scheme) -> Iterator[str]:
    """What is wrong with the open page, seen in this way."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    where = f"{language} {width} {scheme}"
    if page.evaluate(SIDEWAYS):
        yield f"{where}: scrolls sideways"
    yield from (f"{where}: {fault}" for fault in violations(page))


@pytest.mark.parametrize(("role", "pattern"), WINDOWS)
def test_everybody_can_use_the_page(gallery: Gallery, window_of: Open, role: str, pattern: str) -> None:
    window = window_of(role)
    window.complaints.clear()
    found: list[str] = []
    window.page.goto(gallery.path(pattern))
    spoken = window.page.locator("html").get_attribute("lang")
    for language in sorted(VIEWS, key=lambda one: one != spoken):
        window.speak(language)
        for width, scheme in VIEWS[language]:
            found.extend(looked_at(window.page, language, width, scheme))
    assert found == []
    assert window.complaints == []
