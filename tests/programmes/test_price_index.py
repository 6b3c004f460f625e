"""The page where a price index is entered."""

from __future__ import annotations

import pytest

from app.programmes import queries
from app.programmes.models import PriceIndex, Programme
from tests.conftest import Browser, Cast


def price_index(*years: str, **changes: str) -> dict[str, str]:
    typed = {"valid_from": "2028-01-01", "name": "Prisindex, 2019 = 100", "reference": "KF § 5"}
    for row, year in enumerate(years):
        typed |= {f"years-{row}-year": year, f"years-{row}-value": f"1{row}2,5"}
    return typed | changes


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        (price_index("2027"), "Ange index för minst två år."),
        (price_index("2027", "2027"), "Ett år står på två rader."),
        (price_index("2027", "1999"), "Ange minst 2000."),
        (price_index("2027", "x"), "Ange ett år, till exempel 2027."),
        (price_index("2027", "2028", **{"years-1-value": "0"}), "Ange minst 0,0001."),
        (price_index("2027", "2028", **{"years-1-value": "-"}), "Ange ett tal, till exempel"),
        (price_index("2027", "2028", name=" "), "Ange vilket index det är."),
    ],
)
def test_a_bad_price_index_is_refused(
    typed: dict[str, str], fault: str, browser: Browser, cast: Cast, programme: Programme
) -> None:
    answer = browser.sign_in(cast.administrator).post("/program/installningar/prisindex", data=typed)
    assert answer.status_code == 422
    assert fault in answer.text
    assert queries.all_of(PriceIndex, programme.id) == []


def test_a_new_price_index_begins_with_the_one_that_is_valid(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    browser.sign_in(cast.administrator)
    page = "/program/installningar/prisindex"
    typed = price_index("2027", "2028", valid_from="2026-01-01")
    assert browser.post(page, data=typed).status_code == 302
    shown = browser.get(page).text
    assert 'value="2028"' in shown
    assert 'value="112,5"' in shown
    assert 'value="2026-01-01"' not in shown
    assert "Prisindex, 2019 = 100" in browser.get("/program/installningar").text
