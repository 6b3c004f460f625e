"""The product served to a real browser, with CSRF protection on, as people meet it."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from app import create_app
from app.db import db
from config import Config
from tests.apps import compiled_once
from tests.browser.gallery import Gallery
from tests.browser.window import Window, open_window
from tests.review_story import LATER

CHROMIUM = ["--no-sandbox", "--disable-background-networking", "--disable-gpu", "--no-first-run"]
_STARTED = time.monotonic()


class RunningClock(datetime):
    """A few days after the story began, and the time goes on from there."""

    ahead = timedelta(0)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> RunningClock:
        passed = cls.ahead.total_seconds() + time.monotonic() - _STARTED
        return cls.fromtimestamp(LATER.timestamp() + passed, tz or UTC)


Wait = Callable[[date], None]


@pytest.fixture(autouse=True)
def wait_until(monkeypatch: pytest.MonkeyPatch) -> Wait:
    """Lets the time pass until a day; everybody has to sign in again."""
    monkeypatch.setattr(RunningClock, "ahead", timedelta(0))
    monkeypatch.setattr("app.accounts.session.datetime", RunningClock)

    def wait(day: date) -> None:
        monkeypatch.setattr(RunningClock, "ahead", timedelta((day - LATER.date()).days))

    return wait


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests; every window in it is a person of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        yield browser
        browser.close()


def product(folder: Path, empty_database: Path) -> Flask:
    """The application on a migrated database in this folder, set up as for people."""
    path = folder / "test.sqlite3"
    shutil.copy(empty_database, path)
    return compiled_once(
        create_app(
            Config(
                database_url=f"sqlite:///{path}",
                data_folder=folder,
                secret_key="for tests only",
                secure_cookies=False,
                demo=False,
            )
        )
    )


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address of the product, served in this process."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def app(tmp_path: Path, empty_database: Path) -> Iterator[Flask]:
    """The application on a database of its own."""
    app = product(tmp_path, empty_database)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the product of this test is served."""
    with served(app) as base:
        yield base


@pytest.fixture
def window(chromium: Browser, address: str) -> Iterator[Callable[..., Window]]:
    """Opens a window for one person. At the end, no browser may have complained about anything."""
    opened: list[Window] = []

    def opener(**options: Any) -> Window:
        db.session.rollback()  # as long as this thread reads, nobody else can write
        opened.append(open_window(chromium, address, **options))
        return opened[-1]

    yield opener
    complaints = [complaint for one in opened for complaint in one.complaints]
    for one in opened:
        one.context.close()
    assert complaints == []


Open = Callable[[str], Window]


@pytest.fixture(scope="session")
def window_of(chromium: Browser, gallery: Gallery) -> Iterator[Open]:
    """The window of a role in the gallery, signed in once."""
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


@pytest.fixture(scope="session")
def gallery(
    tmp_path_factory: pytest.TempPathFactory, first_gallery: tuple[Path, Gallery]
) -> Iterator[Gallery]:
    """A product with projects in every state, for tests that only look."""
    original, made = first_gallery
    folder = shutil.copytree(original, tmp_path_factory.mktemp("copied") / "gallery")
    app = product(folder, original / "test.sqlite3")
    with served(app) as base:
        yield made.at(base)
    with app.app_context():
        db.engine.dispose()
