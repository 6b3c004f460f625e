"""The gallery without a browser: every page of every role, asked for by a test client."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.apps import close_database, make_app
from tests.browser.gallery import PAGES, Gallery
from tests.conftest import Browser


@pytest.fixture(scope="module")
def gallery_app(
    tmp_path_factory: pytest.TempPathFactory, first_gallery: tuple[Path, Gallery]
) -> Iterator[Flask]:
    """The product with projects in every state."""
    original, gallery = first_gallery
    folder = shutil.copytree(original, tmp_path_factory.mktemp("copied") / "gallery")
    app = make_app(f"sqlite:///{folder / 'test.sqlite3'}", folder)
    app.test_client_class = Browser
    app.extensions["gallery"] = gallery
    yield app
    with app.app_context():
        close_database()


@pytest.fixture(scope="module")
def signed_in(gallery_app: Flask) -> dict[str, Browser]:
    """A browser for each role, signed in once."""
    gallery: Gallery = gallery_app.extensions["gallery"]
    found: dict[str, Browser] = {}
    for role in PAGES:
        browser = gallery_app.test_client()
        assert isinstance(browser, Browser)
        found[role] = browser if role == "visitor" else browser.sign_in(getattr(gallery.cast, role))
    return found
