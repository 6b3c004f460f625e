"""Every page, as its readers see it: in both languages, light and dark, on a wide screen and on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.gallery import PAGES, Gallery
from tests.browser.window import NARROW, WIDE, Window, open_window

Language = Literal["sv", "en"]
Scheme = Literal["light", "dark"]
AXE = (Path(__file__).parents[1] / "vendor/axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """async (only) => {
    const found = await axe.run(document, {runOnly: only, resultTypes: ["violations"]});
    return found.violations.flatMap(({id, nodes}) => nodes.map((node) => `${id}: ${node.html.slice(0, 200)} ${
        node.failureSummary.replaceAll("\\n", " ")}`));
}"""
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
VIEWS: dict[Language, tuple[tuple[int, Scheme], ...]] = {
    "sv": ((WIDE, "light"), (NARROW, "dark")),
    "en": ((NARROW, "light"), (WIDE, "dark")),
}
"""Any two of language, width and colour scheme meet, which costs half of meeting all three."""
WINDOWS: list[tuple[str, str]] = [(role, path) for role, paths in PAGES.items() for path in paths]
Open = Callable[[str], Window]


@pytest.fixture(scope="session")
def window_of(chromium: Browser, gallery: Gallery) -> Iterator[Open]:
    """The window of a role, signed in once."""
    opened: dict[str, Window] = {}

    def window(role: str) -> Window:
        if role not in opened:
            opened[role] = open_window(chromium, gallery.base)
            if role != "visitor":
                opened[role].sign_in(getattr(gallery.cast, role))
        return opened[role]

    yield window
    for one in opened.values():
        one.context.close()


def speak(page: Page, language: Language) -> None:
    """Press the switch at the top of the page, if the page is in the other language."""
    if page.locator("html").get_attribute("lang") != language:
        page.get_by_role("button", name="In English" if language == "en" else "På svenska").click()
        page.locator(f"html[lang={language}]").wait_for()


def looked_at(page: Page, language: Language, width: int, scheme: Scheme) -> Iterator[str]:
    """What is wrong with the open page, seen in this way."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    where = f"{language} {width} {scheme}"
    if page.evaluate(SIDEWAYS):
        yield f"{where}: scrolls sideways"
    yield from (f"{where}: {fault}" for fault in page.evaluate(RUN_AXE, RULES))


@pytest.mark.parametrize(("role", "pattern"), WINDOWS)
def test_everybody_can_use_the_page(gallery: Gallery, window_of: Open, role: str, pattern: str) -> None:
    window = window_of(role)
    window.complaints.clear()
    found: list[str] = []
    window.page.goto(gallery.path(pattern))
    spoken = window.page.locator("html").get_attribute("lang")
    for language in sorted(VIEWS, key=lambda one: one != spoken):
        speak(window.page, language)
        window.page.evaluate(AXE)
        for width, scheme in VIEWS[language]:
            found.extend(looked_at(window.page, language, width, scheme))
    assert found == []
    assert window.complaints == []
