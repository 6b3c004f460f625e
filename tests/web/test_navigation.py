"""The main menu: a row of places for who has few, subjects with their places for who has many."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag
from flask import Flask, g

from app.accounts.access import Viewer
from app.accounts.policy import signed_in
from app.programmes.models import Programme
from app.web.navigation import ROW, Place, entries_for
from tests.conftest import Browser, Cast


def menu(browser: Browser, viewer: Viewer, address: str = "/") -> Tag:
    page = BeautifulSoup(browser.sign_in(viewer).get(address).text, "html.parser")
    found = page.select_one(".site-nav")
    assert found is not None
    return found


def test_who_has_few_places_sees_them_beside_each_other(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    found = menu(browser, cast.leader)
    assert not found.select("details")
    assert 1 < len(found.select("a")) <= ROW


def test_who_has_many_sees_a_row_of_subjects_and_every_place_once(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    found = menu(browser, cast.secretary)
    addresses = [link["href"] for link in found.select("a")]
    assert len(addresses) == len(set(addresses)) > ROW
    assert len(found.select(".wrap > ul > li")) <= ROW
    for subject in found.select("details"):
        assert len(subject.select("a")) > 1, "a subject of one place is that place"


def test_the_subject_of_the_page_is_marked_and_so_is_the_page(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    found = menu(browser, cast.secretary, "/drift")
    (subject,) = found.select("summary[aria-current=true]")
    assert "Nytta och drift" in subject.text
    (page,) = found.select("a[aria-current=page]")
    assert page["href"] == "/drift"
    assert page.find_parent("details") is subject.parent


def test_what_waits_at_a_subjects_places_is_told_beside_its_name(app: Flask, cast: Cast) -> None:
    counts = (60, 0, 60)
    row = [Place(f"Plats {number}", "overview.start", signed_in) for number in range(ROW)]
    subject = [
        Place(f"Under {number}", "overview.start", signed_in, lambda _viewer, count=count: count, "Ämne")
        for number, count in enumerate(counts)
    ]
    app.extensions["navigation"] = [*row, *subject]
    with app.test_request_context("/"):
        g.viewer = cast.leader
        entry = entries_for(app)[-1]
    assert (entry.label, entry.told) == ("Ämne", "99+")
    assert [place.told for place in entry.places] == ["60", "", "60"]


def test_a_subject_of_which_one_sees_one_place_is_that_place(app: Flask, cast: Cast) -> None:
    row = [Place(f"Plats {number}", "overview.start", signed_in) for number in range(ROW)]
    app.extensions["navigation"] = [*row, Place("Ensam", "overview.start", signed_in, subject="Ämne")]
    with app.test_request_context("/"):
        g.viewer = cast.leader
        entry = entries_for(app)[-1]
    assert (entry.label, entry.places) == ("Ensam", ())
