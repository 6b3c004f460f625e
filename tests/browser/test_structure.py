"""What every page says of itself: its title, its headings, its landmarks, its language, the way to help."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient

from app.db import db
from tests.browser.conftest import product
from tests.browser.gallery import PAGES, Gallery
from tests.conftest import PASSWORD

NOT_PAGES = {
    "accounts.language": "leads back",
    "accounts.session_state": "answers the page's script",
    "applications.attachment": "a file",
    "applications.pdf": "paper",
    "budget_effects.as_csv": "a file",
    "budget_effects.as_xlsx": "a file",
    "changes.pdf": "paper",
    "conditions.proof": "a file",
    "decisions.memo_pdf": "paper",
    "decisions.pack_pdf": "paper",
    "final_report.pdf": "paper",
    "follow_up.pdf": "paper",
    "funds.file": "a file",
    "funds.pdf": "paper",
    "handover.pdf": "paper",
    "budget_effects.benefits_as_pdf": "paper",
    "jobs.fetch": "a file",
    "jobs.state": "answers the page's script",
    "portfolio.as_csv": "a file",
    "portfolio.as_json": "a file",
    "portfolio.as_xlsx": "a file",
    "reports.pdf": "paper",
    "operations.as_csv": "a file",
    "operations.as_xlsx": "a file",
    "operations.bills_as_csv": "a file",
    "operations.cliff_as_csv": "a file",
    "operations.cliff_as_xlsx": "a file",
    "operations.bills_as_xlsx": "a file",
    "operations.card": "paper",
    "operations.share_bill": "paper",
    "realisation.as_csv": "a file",
    "realisation.as_xlsx": "a file",
    "realisation.template": "a file",
    "static": "files",
    "termination.pdf": "paper",
    "upkeep.healthz": "for machines",
    "upkeep.metrics": "for machines",
    "upkeep.readyz": "for machines",
}
"""What is read by no browser window."""


@pytest.fixture(scope="module")
def pages(
    tmp_path_factory: pytest.TempPathFactory, first_gallery: tuple[Path, Gallery]
) -> dict[tuple[str, str], Tag]:
    """Every page of the gallery, read."""
    original, gallery = first_gallery
    folder = shutil.copytree(original, tmp_path_factory.mktemp("copied") / "structure")
    app = product(folder, original / "test.sqlite3")
    app.config["WTF_CSRF_ENABLED"] = False
    read: dict[tuple[str, str], Tag] = {}
    for role, patterns in PAGES.items():
        client = signed_in(app, gallery, role)
        for pattern in patterns:
            read[role, pattern] = BeautifulSoup(client.get(gallery.path(pattern)).text, "html.parser")
    with app.app_context():
        db.engine.dispose()
    return read


def signed_in(app: Flask, gallery: Gallery, role: str) -> FlaskClient:
    client = app.test_client()
    if role != "visitor":
        name = getattr(gallery.cast, role).name.lower().replace(" ", "_")
        client.post("/logga-in", data={"email": f"{name}@staden.example", "password": PASSWORD})
    return client


def test_every_page_is_in_the_gallery(app: Flask, gallery: Gallery) -> None:
    server = app.url_map.bind("localhost")
    seen = {
        server.match(gallery.path(pattern).partition("?")[0], "GET")[0]
        for patterns in PAGES.values()
        for pattern in patterns
        if server.test(gallery.path(pattern).partition("?")[0], "GET")
    }
    there = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert there - seen - NOT_PAGES.keys() == set()


def faults(pages: dict[tuple[str, str], Tag], check: Callable[[Tag], Iterator[str]]) -> list[str]:
    return [f"{role} {pattern}: {fault}" for (role, pattern), page in pages.items() for fault in check(page)]


def test_no_two_pages_have_the_same_title(pages: dict[tuple[str, str], Tag]) -> None:
    titles: dict[str, set[str]] = {}
    for (_role, pattern), page in pages.items():
        title = page.title.get_text() if page.title else ""
        assert title.endswith("– Hemtag"), pattern
        titles.setdefault(title, set()).add(pattern.partition("?")[0])
    shared = {title: patterns for title, patterns in titles.items() if len(patterns) > 1}
    not_found = {"/finns-inte", "/projekt/999999", "/projekt/{draft}", "/projekt/{draft}/historik"}
    assert {title: found - not_found for title, found in shared.items() if len(found - not_found) > 1} == {}


def test_a_page_about_a_project_names_it_in_its_title(pages: dict[tuple[str, str], Tag]) -> None:
    def check(page: Tag) -> Iterator[str]:
        way = [link.get_text(strip=True) for link in page.select(".breadcrumbs a[href*='/projekt/']")]
        named = way[:1] or [heading.get_text(strip=True) for heading in page.select("h1")]
        title = page.title.get_text() if page.title else ""
        if named and named[0] not in title:
            yield f"{title} does not say {named[0]}"

    about = {place: page for place, page in pages.items() if place[1].startswith("/projekt/{")}
    assert faults(about, check) == []


def test_headings_begin_with_the_page_and_skip_no_level(pages: dict[tuple[str, str], Tag]) -> None:
    def check(page: Tag) -> Iterator[str]:
        levels = [int(heading.name[1]) for heading in page.select("h1, h2, h3, h4, h5, h6")]
        in_main = [int(heading.name[1]) for heading in page.select("main :is(h1, h2, h3, h4, h5, h6)")]
        if levels.count(1) != 1:
            yield f"{levels.count(1)} h1"
        if any(after > before + 1 for before, after in pairwise(in_main)):
            yield f"skips a level: {in_main}"

    assert faults(pages, check) == []


def test_everything_stands_in_a_landmark_with_a_name_of_its_own(pages: dict[tuple[str, str], Tag]) -> None:
    def check(page: Tag) -> Iterator[str]:
        for name in ("main", "body > header", "body > footer"):
            if len(page.select(name)) != 1:
                yield f"{len(page.select(name))} {name}"
        names = [str(nav.get("aria-label")) for nav in page.select("nav")]
        if len(set(names)) < len(names) or "None" in names:
            yield f"navigation without a name of its own: {names}"
        if not page.select("html[lang=sv]"):
            yield "no language"

    assert faults(pages, check) == []


def test_help_is_found_in_the_same_place_on_every_page(pages: dict[tuple[str, str], Tag]) -> None:
    def check(page: Tag) -> Iterator[str]:
        links = [str(link["href"]).partition("?")[0] for link in page.select("body > footer a")]
        if links != ["/tillganglighet", "/tillganglighet/synpunkt"]:
            yield f"{links}"

    assert faults(pages, check) == []


def test_every_fault_is_tied_to_its_field(pages: dict[tuple[str, str], Tag]) -> None:
    def check(page: Tag) -> Iterator[str]:
        for control in page.select("[aria-describedby]"):
            missing = [name for name in str(control["aria-describedby"]).split() if not page.find(id=name)]
            if missing:
                yield f"described by nothing: {missing}"
        for label in page.select("label[for]"):
            if not page.find(id=label["for"]):
                yield f"a label without its field: {label['for']}"

    assert faults(pages, check) == []
