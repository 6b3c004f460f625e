"""A city in which everybody writes to do harm: pages show it as text, run nothing and keep their form."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from app.db import db
from tests import answers, hostile, story
from tests.browser.conftest import product, served
from tests.browser.gallery import PAGES, Gallery, filled_gallery
from tests.browser.seeing import SIDEWAYS
from tests.browser.window import NARROW, Window, open_window
from tests.conftest import PASSWORD

READERS = (
    "/projekt/{draft}",
    "/projekt/{draft}/ansokan/las",
    "/projekt/{draft}/historik",
    "/projekt/{completed}/ansokan/jamfor",
    "/projekt/{returned}",
    "/projekt/{approved}",
    "/projekt/{approved}/ansokan/las",
    "/projekt/{approved}/kalkyl",
    "/projekt/{approved}/historik",
    "/projekt/{awaiting}/granskning",
    "/arenden",
    "/arenden?q=%22%3E%3Cimg%20src=x%20onerror=canary(0)%3E",
    "/moten/{pack}",
    "/program/rambok",
    "/program/installningar",
    "/aviseringar",
)
DELIVERED = (
    "/projekt/{running}",
    "/projekt/{running}/plan",
    "/projekt/{running}/plan/1",
    "/projekt/{running}/kostnader",
    "/projekt/{running}/villkor",
    "/projekt/{running}/rekvisitioner",
    "/projekt/{running}/rekvisitioner/{sent_back}",
    "/projekt/{running}/rekvisitioner/{paid}",
    "/projekt/{running}/lagesrapporter",
    "/projekt/{running}/lagesrapporter/{report}",
    "/projekt/{running}/historik",
    "/rekvisitioner",
    "/andringar",
    "/lagesrapporter",
)
"""What shows the texts of others; an auditor sees all of it."""
WINDOWS = {role: paths for role, paths in PAGES.items() if role != "visitor"} | {
    "auditor": (*READERS, *DELIVERED),
}
ADDRESSES = {"controller": "payer"}
CANARY = """window.reached = []; window.canary = (place) => window.reached.push(place);
    for (const name of ["alert", "confirm", "prompt"]) window[name] = () => window.reached.push(name);"""
PLANTED = """() => [...document.querySelectorAll("*")].filter((one) =>
    one.matches("iframe, base, object, embed, img[src=x], script:not([src]), style, [srcdoc]")
    || one.matches("[href^='javascript:' i], [action^='javascript:' i], [formaction^='javascript:' i]")
    || [...one.attributes].some(({name}) => name.startsWith("on"))).map((one) => one.outerHTML)"""
TOO_WIDE = """() => [...document.querySelectorAll("body *")].filter((one) => !one.closest(".table-region")
    && one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map((one) => one.outerHTML.slice(0, 250))"""

LOOK = f"""() => [window.reached, ({PLANTED})(), {SIDEWAYS},
    getComputedStyle(document.body).display === "none"]"""
"""At once: each question to a browser takes as long as to answer it."""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, empty_database: object) -> Iterator[Gallery]:
    """The gallery, spoilt."""
    app: Flask = product(tmp_path_factory.mktemp("hostile"), empty_database)  # type: ignore[arg-type] # a fixture, as pytest gives it
    with pytest.MonkeyPatch.context() as patch, app.app_context():
        patch.setattr(story, "ANSWERS", hostile.spoilt(answers.ANSWERS))
        with hostile.everything_written_is_hostile():
            made = filled_gallery()
        db.session.remove()
    with served(app) as base:
        yield made.at(base)
    with app.app_context():
        db.engine.dispose()


def enter(chromium: Browser, city: Gallery, role: str) -> Window:
    window = open_window(chromium, city.base, viewport={"width": NARROW, "height": 700})
    window.context.add_init_script(CANARY)
    window.page.goto("/logga-in")
    window.fill("E-postadress", f"{ADDRESSES.get(role, role)}@staden.example")
    window.fill("Lösenord", PASSWORD)
    window.press("Logga in")
    window.heading("Väntar på dig")
    return window


def harm(page: Page) -> Iterator[str]:
    """What the texts have done to the open page."""
    reached, planted, wide, hidden = page.evaluate(LOOK)
    if reached:
        yield f"ran: {reached}"
    if planted:
        yield f"planted: {planted}"
    if wide:
        yield f"scrolls sideways: {page.evaluate(TOO_WIDE)[:3]}"
    if hidden:
        yield "hidden"


@pytest.mark.parametrize("role", WINDOWS)
def test_nothing_that_anybody_writes_does_anything(chromium: Browser, city: Gallery, role: str) -> None:
    window = enter(chromium, city, role)
    found, shown = [], 0
    for pattern in WINDOWS[role]:
        window.page.goto(city.path(pattern))
        found += [f"{pattern}: {fault}" for fault in harm(window.page)]
        shown += window.page.content().count(hostile.MARK)
    complaints = window.complaints
    window.context.close()
    assert found == []
    assert complaints == []
    assert shown >= len(WINDOWS[role]), "the pages are those on which such text stands"
