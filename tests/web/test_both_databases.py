"""Every page that somebody opens says the same on PostgreSQL as on SQLite.

The tests of single pages may then be content with one database (ONE_DATABASE_IS_ENOUGH): what a page asks is
asked of both here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.engine import opened
from app.upkeep.copying import copy_everything
from tests.apps import close_database, make_app
from tests.browser.gallery import PAGES, Gallery
from tests.conftest import Browser, stage_for
from tests.databases import PostgresDatabases, owner_of

OTHER_EACH_TIME = re.compile(
    r'(name="(csrf_token|form_key)" value|data-warned-in)="[^"]*"|value="[0-9a-f]{32}"|\b\d\d\.\d\d\b'
)
"""Keys of forms, how long the session goes on, and times of day."""


@pytest.fixture(scope="module")
def moved(
    gallery_app: Flask, postgres_databases: PostgresDatabases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """The gallery, moved to PostgreSQL."""
    address = postgres_databases.copy(stage_for(postgres_databases, ()))
    with (
        opened(gallery_app.config["SQLALCHEMY_DATABASE_URI"]) as source,
        opened(owner_of(address)) as target,
    ):
        copy_everything(source, target)
    app = make_app(address, Path(gallery_app.extensions["files"].folder).parent)
    app.test_client_class = Browser
    yield app
    with app.app_context():
        close_database()


@pytest.mark.parametrize("role", sorted(PAGES))
def test_every_page_says_the_same(
    gallery_app: Flask, moved: Flask, signed_in: dict[str, Browser], role: str
) -> None:
    gallery: Gallery = gallery_app.extensions["gallery"]
    there = moved.test_client()
    assert isinstance(there, Browser)
    if role != "visitor":
        there.sign_in(getattr(gallery.cast, role))
    differing = [
        pattern
        for pattern in PAGES[role]
        if seen(signed_in[role], gallery.path(pattern)) != seen(there, gallery.path(pattern))
    ]
    assert differing == []


def seen(browser: Browser, address: str) -> tuple[int, str]:
    """How the page is answered, without what is another each time."""
    answer = browser.get(address)
    return answer.status_code, OTHER_EACH_TIME.sub("", answer.text)
