"""What a page is like for those who zoom, space their text, choose their own colours or use no mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Page, ViewportSize

from tests.browser.window import NARROW, WIDE

SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
SCRIPT = (Path(__file__).parent / "barriers.js").read_text()
ZOOMED = ViewportSize(width=NARROW, height=256)
"""A window of 1280 x 1024 at 400 per cent."""


def told(page: Page, where: str, *checks: str) -> Iterator[str]:
    """What these checks of the script find."""
    if page.evaluate("typeof barriers === 'undefined'"):
        page.evaluate(SCRIPT)
    for check in checks:
        yield from (f"{where}: {fault}" for fault in page.evaluate(f"barriers.{check}()"))


def at_400_per_cent(page: Page) -> Iterator[str]:
    """Somebody who zooms."""
    page.set_viewport_size(ZOOMED)
    yield from told(page, "400 per cent", "sideways", "stuck", "spaced", "focused")


def on_a_wide_screen(page: Page) -> Iterator[str]:
    """Somebody who spaces the text, and somebody who uses no mouse."""
    page.set_viewport_size({"width": WIDE, "height": 900})
    yield from told(page, "wide", "spaced", "focused")


def in_own_colours(page: Page) -> Iterator[str]:
    """Somebody who chooses the colours."""
    page.set_viewport_size({"width": WIDE, "height": 900})
    page.emulate_media(forced_colors="active")
    yield from told(page, "forced colours", "forced", "focused")
    page.emulate_media(forced_colors="none")


Looker = Callable[[Page], Iterator[str]]
LOOKERS: tuple[Looker, ...] = (at_400_per_cent, on_a_wide_screen, in_own_colours)
