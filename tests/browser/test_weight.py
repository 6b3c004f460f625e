"""How much a page weighs: somebody on a train reads it too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.gallery import Gallery
from tests.browser.window import Window, open_window

LIGHT, WITH_CHARTS, FIRST_VISIT = 30_000, 45_000, 100_000
FETCHED = """() => ["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind))
    .map(({name, decodedBodySize}) => ({name, size: decodedBodySize}))"""
DAILY_PAGES = (
    ("leader", "/projekt/{draft}/ansokan/losning", LIGHT),
    ("leader", "/projekt/{draft}/ansokan/mal", LIGHT),
    ("leader", "/projekt/{draft}", LIGHT),
    ("leader", "/projekt/{draft}/kalkyl", WITH_CHARTS),
    ("secretary", "/arenden", LIGHT),
    ("secretary", "/projekt/{approved}", LIGHT),
)


@pytest.fixture
def fresh(chromium: Browser, gallery: Gallery) -> Iterator[Window]:
    """A browser that has never been here."""
    window = open_window(chromium, gallery.base)
    yield window
    window.context.close()


@pytest.mark.parametrize(("role", "pattern", "limit"), DAILY_PAGES)
def test_a_page_of_every_day_is_light(
    fresh: Window, gallery: Gallery, role: str, pattern: str, limit: int
) -> None:
    fresh.sign_in(getattr(gallery.cast, role))
    answer = fresh.page.goto(gallery.path(pattern))
    assert answer
    assert len(answer.body()) <= limit


def test_the_first_visit_is_light(fresh: Window, gallery: Gallery) -> None:
    fresh.page.goto("/logga-in")
    fetched = fresh.page.evaluate(FETCHED)
    fresh.sign_in(gallery.cast.leader)
    fetched += fresh.page.evaluate(FETCHED)
    fresh.page.goto(gallery.path("/projekt/{draft}"))
    fetched += fresh.page.evaluate(FETCHED)
    sizes = {one["name"]: one["size"] for one in fetched}
    assert any(name.endswith(".woff2") or ".woff2?" in name for name in sizes)
    assert sum(sizes.values()) <= FIRST_VISIT, sizes
