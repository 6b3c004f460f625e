"""The portfolio as its readers see it."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from app.portfolio.asked import SORTS
from app.programmes.models import Programme
from tests.conftest import Browser, Cast
from tests.portfolio.city_story import city


def test_a_council_member_reads_where_everything_stands(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    first, *_rest = city(cast, programme)
    browser.sign_in(cast.council)
    page = browser.get("/portfolj").text
    for words in (
        "4 ärenden",
        "379\xa0500",
        "Gult",
        "Ingen rapport än",
        "Lägesrapporter som inte har kommit",
    ):
        assert words in page, words
    assert "Felanmälan" not in page, "it has not been sent to the council"
    assert f'href="/projekt/{first.id}"' in page


def test_every_filter_leads_to_what_it_counts(browser: Browser, cast: Cast, programme: Programme) -> None:
    city(cast, programme)
    browser.sign_in(cast.secretary)
    page = browser.get("/portfolj").text
    rows = re.findall(r'href="(/portfolj\?lage=[a-z_]+)">[^<]*</a></th><td[^>]*>(\d+)', page)
    assert len(rows) == 4
    for address, count in rows:
        noun = "ärende" if count == "1" else "ärenden"
        assert f"{count} {noun}" in browser.get(address).text


@pytest.mark.parametrize(
    "asked",
    [
        "sort=-nonsense", "lage=draft", "ljus=blue", "kategori=x", "sent=x", "per=snart", "beslutsar=20271",
        "forvaltning=99999999999999999999", "page=99", "program=-1", "omgang=x",
        *(f"sort={way}{key}" for key in SORTS for way in ("", "-")),
    ],
)  # fmt: skip
def test_whatever_an_address_asks_for_is_answered_with_a_page(
    browser: Browser, cast: Cast, programme: Programme, asked: str
) -> None:
    city(cast, programme)
    browser.sign_in(cast.secretary)
    assert browser.get(f"/portfolj?{asked}").status_code == 200


def test_nothing_that_fits_is_told(browser: Browser, cast: Cast, programme: Programme) -> None:
    browser.sign_in(cast.secretary)
    assert "Inga ärenden har kommit in" in browser.get("/portfolj").text
    city(cast, programme)
    page = browser.get("/portfolj?lage=closed").text
    assert "Inga ärenden passar filtret" in page
    assert 'href="/portfolj">Rensa</a>' in page


def test_what_is_taken_along_is_what_the_page_counts(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    city(cast, programme)
    browser.sign_in(cast.secretary)
    told = browser.get("/portfolj.json?lage=granted&sort=-promised").json
    assert told is not None
    assert (told["day"], told["sums"]["count"]) == ("2029-01-15", 3)
    assert [row["state"] for row in told["rows"]] == ["running", "running", "approved"]
    assert sum(Decimal(row["granted"]) for row in told["rows"]) == Decimal(told["sums"]["granted"]) > 0
    written = browser.get("/portfolj.csv?lage=granted&sort=-promised")
    assert "portfolj-2029-01-15.csv" in written.headers["Content-Disposition"]
    lines = written.get_data().decode("utf-8-sig").splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("Projekt;Diarienummer;Slag;Förvaltning")
    assert "Pågår" in lines[1]
    assert browser.get("/portfolj.xlsx").data.startswith(b"PK")
    earlier = browser.get("/portfolj.json?per=2027-03-01").json
    assert earlier is not None
    assert (earlier["day"], {row["state"] for row in earlier["rows"]}) == ("2027-03-01", {"checking"})


def test_an_earlier_day_says_that_it_is_one(browser: Browser, cast: Cast, programme: Programme) -> None:
    city(cast, programme)
    browser.sign_in(cast.secretary)
    page = browser.get("/portfolj?per=2027-03-01").text
    assert "Så såg det ut 2027-03-01" in page
    assert "Fullständighetskontroll" in page
    assert "Pågår" not in page.split("<table")[1]
    assert "Till driftansvaret" not in page, "only today is known of services"
