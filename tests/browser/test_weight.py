"""How much a page weighs: somebody on a train reads it too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Response

from tests.browser.gallery import Gallery
from tests.browser.window import Window, open_window

HTML_LIMIT, FIRST_VISIT_LIMIT = 30_000, 100_000
DAILY_PAGES = (
    ("leader", "/projekt/{draft}/ansokan/losning"),
    ("leader", "/projekt/{draft}/ansokan/mal"),
    ("leader", "/projekt/{draft}"),
    ("leader", "/projekt/{draft}/kalkyl"),
    ("secretary", "/arenden"),
    ("secretary", "/projekt/{approved}"),
)


@pytest.fixture
def fresh(chromium: Browser, gallery: Gallery) -> Iterator[Window]:
    """A browser that has never been here."""
    window = open_window(chromium, gallery.base)
    yield window
    window.context.close()


@pytest.mark.parametrize(("role", "pattern"), DAILY_PAGES)
def test_a_page_of_every_day_is_light(fresh: Window, gallery: Gallery, role: str, pattern: str) -> None:
    fresh.sign_in(getattr(gallery.cast, role))
    answer = fresh.page.goto(gallery.path(pattern))
    assert answer
    assert len(answer.body()) <= HTML_LIMIT


def test_the_first_visit_is_light(fresh: Window, gallery: Gallery) -> None:
    answers: list[Response] = []
    fresh.context.on("response", answers.append)
    fresh.sign_in(gallery.cast.leader)
    fresh.page.goto(gallery.path("/projekt/{draft}"))
    fresh.page.wait_for_load_state("networkidle")
    sizes = {answer.url: len(answer.body()) for answer in answers if answer.ok}
    assert sum(sizes.values()) <= FIRST_VISIT_LIMIT, sizes
