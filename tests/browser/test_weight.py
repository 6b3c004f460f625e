"""How much a page weighs: somebody on a train reads it too."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Open
from tests.browser.gallery import Gallery
from tests.browser.window import open_window

LIGHT, WITH_CHARTS, FIRST_VISIT = 30_000, 45_000, 100_000
DAILY_PAGES = (
    ("leader", "/projekt/{draft}/ansokan/losning", LIGHT),
    ("leader", "/projekt/{draft}/ansokan/mal", LIGHT),
    ("leader", "/projekt/{draft}", LIGHT),
    ("leader", "/projekt/{draft}/kalkyl", WITH_CHARTS),
    ("secretary", "/arenden", LIGHT),
    ("secretary", "/projekt/{approved}", LIGHT),
)
FETCHED = """() => ["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind))
    .map(({name, decodedBodySize}) => ({name, size: decodedBodySize}))"""


@pytest.mark.parametrize(("role", "pattern", "limit"), DAILY_PAGES)
def test_a_page_of_every_day_is_light(
    window_of: Open, gallery: Gallery, role: str, pattern: str, limit: int
) -> None:
    answer = window_of(role).page.goto(gallery.path(pattern))
    assert answer
    assert len(answer.body()) <= limit


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
