"""Every form on every page has a key, and a form without one is refused before anything is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup, SoupStrainer, Tag
from flask import Flask
from sqlalchemy import select
from werkzeug.exceptions import MethodNotAllowed, NotFound

from app.db import Base, db
from app.web import keys
from tests.browser.gallery import PAGES, Gallery
from tests.conftest import Browser
from tests.drafting import filled_in
from tests.test_routes import address, rules

NOWHERE = "/finns-inte"
BESIDES = {NOWHERE, "/mina-utkast", "/projekt/{checking}/jav", "/projekt/{returned}/ansokan/driftsplan"}
PATHS = sorted(BESIDES.union(*PAGES.values()))
SIGNED_IN = sorted(set(PAGES) - {"visitor"})
Met = Callable[[str], list[tuple[str, Tag]]]
SAID_OF_THE_SESSION = {"last_seen_at"}
"""What each request writes, whatever it asks."""


def forms(app: Flask, browser: Browser) -> Iterator[tuple[str, Tag]]:
    """Every form that this browser meets, and where each is sent; those that can be repeated left out."""
    gallery: Gallery = app.extensions["gallery"]
    met: set[str] = set()
    for path in map(gallery.path, PATHS):
        answer = browser.get(path)
        if answer.status_code == 404 and path != NOWHERE:
            continue  # the same as there, to the last sign
        page = BeautifulSoup(answer.text, "html.parser", parse_only=SoupStrainer("form"))
        for form in page.select("form[method=post]"):
            place = urljoin(path, str(form.get("action") or path))
            if not repeatable(app, place) and f"{path} {place}" not in met:
                met.add(f"{path} {place}")
                yield place, form


@pytest.fixture(scope="module")
def met(gallery_app: Flask, signed_in: dict[str, Browser]) -> Met:
    """The forms that a role meets, opened once."""
    return cache(lambda role: list(forms(gallery_app, signed_in[role])))


def repeatable(app: Flask, place: str) -> bool:
    """Whether what is sent here needs no key: its route says so."""
    try:
        endpoint, _parts = app.url_map.bind("localhost").match(place.partition("?")[0], "POST")
    except (NotFound, MethodNotAllowed):  # a form of the style guide is sent nowhere
        return True
    return hasattr(app.view_functions[endpoint], "repeatable")


@pytest.mark.parametrize("role", sorted(PAGES))
def test_every_form_has_a_key_of_the_one_who_opened_it(
    gallery_app: Flask, signed_in: dict[str, Browser], met: Met, role: str
) -> None:
    browser = signed_in[role]
    person = browser.viewer.id if browser.viewer else 0
    found = met(role)
    assert found
    for place, form in found:
        sent = filled_in(form)
        with gallery_app.app_context():
            key = keys.read(sent.get(keys.FIELD, ""))
        assert key is not None, place
        assert key.person_id == person, place


@pytest.mark.parametrize("role", SIGNED_IN)
def test_a_form_without_its_key_is_refused_and_changes_nothing(
    gallery_app: Flask, signed_in: dict[str, Browser], met: Met, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, found = signed_in[role], met(role)
    monkeypatch.setattr(browser, "opens_forms", False)
    before = everything(gallery_app)
    for place, form in found:
        sent = {name: text for name, text in filled_in(form).items() if name != keys.FIELD}
        answer = browser.post(place, data=sent)
        assert (answer.status_code, "Sidan är för gammal" in answer.text) == (400, True), place
        assert "Inget är ändrat. Öppna sidan på nytt" in answer.text
    assert everything(gallery_app) == before


def test_no_route_takes_a_form_without_its_key(
    gallery_app: Flask, signed_in: dict[str, Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also the routes that no page of the gallery leads to."""
    browser = signed_in["administrator"]
    monkeypatch.setattr(browser, "opens_forms", False)
    before = everything(gallery_app)
    asked = [rule for rule in rules(gallery_app) if "POST" in (rule.methods or ())]
    needing = [rule for rule in asked if not hasattr(gallery_app.view_functions[rule.endpoint], "repeatable")]
    assert len(needing) > len(asked) / 2
    for rule in needing:
        answer = browser.post(address(rule), data={"text": "Hej"})
        assert (answer.status_code, "Sidan är för gammal" in answer.text) == (400, True), rule.endpoint
    assert everything(gallery_app) == before


def test_only_what_is_harmless_to_repeat_needs_no_key(gallery_app: Flask) -> None:
    free = {
        rule.endpoint
        for rule in rules(gallery_app)
        if hasattr(gallery_app.view_functions[rule.endpoint], "repeatable")
    }
    assert free == {
        "accounts.keep",
        "accounts.set_language",
        "accounts.sign_out",
        "accounts.extend_session",
        "benefits.try_out",  # a calculation that is shown and saved nowhere
    }


def everything(app: Flask) -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables."""
    with app.app_context():
        found = {
            table.name: [
                {name: value for name, value in row.items() if name not in SAID_OF_THE_SESSION}
                for row in db.session.execute(select(table).order_by(*table.primary_key)).mappings()
            ]
            for table in Base.metadata.sorted_tables
        }
        db.session.rollback()
        return found
