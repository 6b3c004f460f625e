"""The gallery without a browser: every page of every role, asked for by a test client."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.db import db
from tests.apps import close_database, make_app
from tests.browser.gallery import PAGES, Gallery, filled_gallery
from tests.conftest import Browser


@pytest.fixture(scope="module")
def gallery_app(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Iterator[Flask]:
    """The product with projects in every state."""
    path = tmp_path_factory.mktemp("gallery") / "test.sqlite3"
    shutil.copy(empty_database, path)
    app = make_app(f"sqlite:///{path}", path.parent)
    app.test_client_class = Browser
    with app.app_context():
        app.extensions["gallery"] = filled_gallery()
        db.session.remove()
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
