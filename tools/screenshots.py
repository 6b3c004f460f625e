"""Photograph every page as every role, in every view, into build/screenshots, with sheets of them.

`python -m tools.screenshots [ROLE...]`. What shows the state of a case is photographed
in each of them.
A page that scrolls sideways, or on which the browser complains, is told about at the end.
"""

from __future__ import annotations

import logging
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Literal
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright
from sqlalchemy import update
from werkzeug.serving import make_server

from app.accounts.models import Person
from app.core.workflow import State
from app.db import db
from tools import trial
from tools.scenes import SCENES, Places, breakable, places_of

FOLDER = Path("build/screenshots")
BROWSER = ["--no-sandbox", "--disable-background-networking"]
WIDE, NARROW, PAPER = 1280, 320, 640
LONG = (
    *("applications.read", "benefits.lines", "benefits.workings", "overview.history", "reviews.case"),
    *("costs.costs", "funds.requisition", "plans.plan", "reports.report"),
)
"""Pages that people print."""

Play = Callable[[Page], object]
"""Opens a page."""
BY_STATE = ("overview.project", "applications.section", "reviews.case", "benefits.lines")
"""Pages that differ with the state of the case, and not only in its words."""
OTHER = "other"
"""A case that is not the one of its state."""


@dataclass(frozen=True)
class View:
    """How a page is looked at."""

    width: int
    scheme: Literal["light", "dark"] = "light"
    media: Literal["screen", "print"] = "screen"

    def __str__(self) -> str:
        return f"{self.width}-{self.scheme}" if self.media == "screen" else "print"


VIEWS = (View(WIDE), View(NARROW), View(WIDE, "dark"), View(NARROW, "dark"))
PRINTED = View(PAPER, media="print")


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address of the product, served in this process."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()


@contextmanager
def visiting(browser: Browser, base: str, email: str | None, language: str) -> Iterator[BrowserContext]:
    """A browser of one's own, signed in unless a visitor's."""
    context = browser.new_context(base_url=base, reduced_motion="reduce", locale="sv-SE")
    if email is None:
        context.request.get(f"/sprak?language={language}")
    else:
        context.request.post("/logga-in", form={"email": email, "password": trial.PASSWORD})
    yield context
    context.close()


def photograph(page: Page, folder: Path, name: str) -> Iterator[str]:
    """Keep pictures of the open page in every view; what is wrong with it."""
    for view in (*VIEWS, *([PRINTED] if name.startswith(LONG) else [])):
        page.set_viewport_size({"width": view.width, "height": 900})
        page.emulate_media(color_scheme=view.scheme, media=view.media)
        file = folder / str(view) / f"{name}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=file, full_page=True)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            yield f"{file}: scrolls sideways"


def _told(faults: list[str], error: Error) -> None:
    faults.append(str(error))


def visited(context: BrowserContext, folder: Path, pages: dict[str, Play]) -> Iterator[str]:
    """Open these pages one after the other and photograph them."""
    for name, play in pages.items():
        with context.new_page() as page:
            faults: list[str] = []
            page.on("pageerror", partial(_told, faults))
            play(page)
            yield from photograph(page, folder, name)
            yield from (f"{name}: {fault}" for fault in faults)


def by_links(app: Flask, client: FlaskClient, cases: Places) -> dict[str, Play]:
    """What this person reaches by links: each kind of page, once for each state of the case it is about."""

    def variant(address: str) -> str:
        path = urlsplit(address).path
        case = re.match(r"/projekt/(\d+)", path)
        state = state_of.get(int(case[1]), OTHER) if case else ""
        if trial.endpoint_of(app, address) not in BY_STATE and state != OTHER:
            return ""
        section = path.rpartition("/ansokan/")[2] if state == State.DRAFT and "/ansokan/" in path else ""
        return "".join(f"-{part}" for part in (state, section) if part)

    state_of = {number: state.value for state, number in cases.items()}
    found = trial.pages(app, client, variant)
    html = {name: at for name, at in found.items() if client.get(at).mimetype == "text/html"}
    seen = {name: at for name, at in html.items() if OTHER not in name}
    only_there = {name.removesuffix(f"-{OTHER}"): at for name, at in html.items() if OTHER in name}
    return {name: partial(Page.goto, url=at) for name, at in (only_there | seen).items()}


def speak(app: Flask, language: str) -> None:
    """Let everybody read in this language."""
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(update(Person).values(language=language))


def photographs(app: Flask, browser: Browser, base: str, roles: list[str]) -> Iterator[str]:
    """Every page of every role; what is wrong with them."""
    for language in ("sv", "en"):
        speak(app, language)
        seen: set[str] = set()
        for role, email in trial.faces(app):
            if roles and role not in roles:
                continue
            pages, cases = _pages(app, email)
            for scene in SCENES:
                if scene.role == role and scene.needs <= cases.keys():
                    pages[scene.name] = partial(scene.play, places=cases)
            new = {name: play for name, play in pages.items() if f"{role} {name}" not in seen}
            seen |= {f"{role} {name}" for name in new}
            with visiting(browser, base, email, language) as context:
                yield from visited(context, FOLDER / language / role, new)


def _pages(app: Flask, email: str | None) -> tuple[dict[str, Play], Places]:
    if email is None:
        return {}, {}
    client = trial.signed_in(app, email)
    cases = places_of(client)
    return by_links(app, client, cases), cases


def sheets(folder: Path, columns: int, width: int, height: int) -> None:
    """All pictures of a folder side by side; a long page goes on in the next column."""
    pieces: list[Image.Image] = []
    for file in sorted(folder.glob("*.png")):
        with Image.open(file) as picture:
            scaled = picture.convert("RGB").resize((width, round(picture.height * width / picture.width)))
        tops = range(0, scaled.height, height)
        pieces += [scaled.crop((0, top, width, min(top + height, scaled.height))) for top in tops]
    for first in range(0, len(pieces), columns):
        sheet = Image.new("RGB", (columns * (width + 10), height), "slateblue")
        for place, piece in enumerate(pieces[first : first + columns]):
            sheet.paste(piece, (place * (width + 10), 0))
        sheet.save(folder.parent / f"{folder.name}-{first // columns + 1:02}.png")


def main(roles: list[str]) -> None:
    """Take the pictures anew and say where they are."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    faults: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=BROWSER)
        for city in (trial.city, trial.bare):
            with city() as app:
                breakable(app)
                with served(app) as base:
                    faults += photographs(app, browser, base, roles)
        browser.close()
    for folder in sorted({file.parent for file in FOLDER.rglob("*.png")}):
        wide = folder.name.startswith(str(WIDE))
        sheets(folder, 3 if wide else 6, 640 if wide else 320, 1400)
    print(*faults, f"{len(list(FOLDER.rglob('*.png')))} pictures in {FOLDER}", sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
