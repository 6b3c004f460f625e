"""How much the first visit weighs; what each page weighs then is told by tests/web/test_weight.py."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.browser.gallery import Gallery
from tests.browser.window import open_window

FIRST_VISIT = 100_000
FETCHED = """() => ["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind))
    .map(({name, decodedBodySize}) => ({name, size: decodedBodySize}))"""


def test_the_first_visit_is_light(chromium: Browser, gallery: Gallery) -> None:
    """Signing in, the start page and a project, by somebody whose browser has never been here."""
    window = open_window(chromium, gallery.base)
    window.page.goto("/logga-in")
    fetched = window.page.evaluate(FETCHED)
    window.sign_in(gallery.cast.auditor)
    fetched += window.page.evaluate(FETCHED)
    window.page.goto(gallery.path("/projekt/{approved}"))
    fetched += window.page.evaluate(FETCHED)
    window.context.close()
    sizes = {one["name"]: one["size"] for one in fetched}
    assert any(".woff2" in name for name in sizes)
    assert sum(sizes.values()) <= FIRST_VISIT, sizes
