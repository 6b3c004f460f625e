"""Photograph every page as every role, wide and narrow, light and dark, into build/screenshots.

`python -m tools.screenshots [ROLE...]`. A page that scrolls sideways, or on which the browser complains, is
told about at the end.
"""

from __future__ import annotations

import logging
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

from tools import trial

FOLDER = Path("build/screenshots")
WIDTHS = (1280, 320)
SCHEMES = ("light", "dark")
BROWSER = ["--no-sandbox", "--disable-background-networking"]


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


def signed_in(browser: Browser, base: str, email: str, width: int, scheme: str) -> BrowserContext:
    """A window of one width and colour scheme, signed in."""
    context = browser.new_context(
        base_url=base,
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    context.request.post("/logga-in", form={"email": email, "password": trial.PASSWORD})
    return context


def photograph(page: Page, address: str, file: Path) -> Iterator[str]:
    """Keep a picture of the whole page; what is wrong with it."""
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto(address)
    file.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=file, full_page=True)
    yield from (f"{file}: {complaint}" for complaint in complaints)
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        yield f"{file}: scrolls sideways"


def photographs(app: Flask, browser: Browser, base: str, roles: list[str]) -> Iterator[str]:
    """Every page of every role; what is wrong with them."""
    for role, email in trial.people(app).items():
        if roles and role not in roles:
            continue
        client = trial.signed_in(app, email)
        found = trial.pages(app, client)
        html = {name: at for name, at in found.items() if client.get(at).mimetype == "text/html"}
        for width in WIDTHS:
            for scheme in SCHEMES:
                context = signed_in(browser, base, email, width, scheme)
                for endpoint, address in html.items():
                    with context.new_page() as page:
                        yield from photograph(
                            page, address, FOLDER / role / f"{endpoint}-{width}-{scheme}.png"
                        )
                context.close()


def main(roles: list[str]) -> None:
    """Take the pictures anew and say where they are."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    with trial.city() as app, served(app) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=BROWSER)
        faults = list(photographs(app, browser, base, roles))
        browser.close()
    print(*faults, f"{len(list(FOLDER.rglob('*.png')))} pictures in {FOLDER}", sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
