"""The bubbles: which projects they are, where they stand, and what is said of those that are not drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup

from app.core.prospects import WEAK
from app.core.workflow import GRANTED, State
from app.portfolio import queries
from app.portfolio.asked import OPEN, Wanted, with_money
from app.portfolio.bubbles import pages
from app.portfolio.bubbles.pages import BubblePage, bubble_page
from app.portfolio.moment import moment_of
from app.programmes.models import Programme
from tests.conftest import Browser, Cast
from tests.portfolio.city_story import city
from tests.portfolio.test_earlier_days import FILTERS
from tests.portfolio.test_saved_views import save
from tests.realisation.measuring_story import TODAY
from tests.running_story import running

HOSTILE = "<script>alert('x')</script> & {{ 7 * 7 }}"


def shown(cast: Cast, wanted: Wanted = Wanted(), number: int = 1) -> BubblePage:  # noqa: B008 - frozen
    return bubble_page(cast.secretary, wanted, number, TODAY)


@pytest.mark.parametrize("day", [None, date(2027, 5, 1), date(2026, 1, 1)])
def test_its_projects_and_figures_are_those_of_the_list(
    cast: Cast, programme: Programme, day: date | None
) -> None:
    city(cast, programme)
    found = 0
    for one in FILTERS:
        wanted, moment = replace(one, on=day), moment_of(day, TODAY)
        page = shown(cast, wanted)
        asked = with_money(wanted)
        assert asked is not None
        whole = queries.totals(cast.secretary, asked, moment).whole
        assert (page.together.count, page.together.granted) == (whole.count, whole.granted)
        rows = queries.rows(cast.secretary, asked, moment, limit=None)
        assert {project.row for project in page.largest} == set(rows)
        money = [project.row.granted for project in page.largest]
        assert money == sorted(money, reverse=True)
        assert {State(row.state) for row in rows} <= GRANTED
        found += len(rows)
    assert found or day == date(2026, 1, 1)


def test_what_is_too_small_stands_further_on_in_the_table(
    cast: Cast, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    city(cast, programme)
    every = shown(cast).largest
    assert len(every) == 3
    monkeypatch.setattr(pages, "DRAWN", 2)
    monkeypatch.setattr(pages, "ROWS", 2)
    first, second = shown(cast), shown(cast, number=2)
    assert [one.row.id for one in first.largest] == [one.row.id for one in every[:2]]
    assert first.largest == second.largest
    assert [one.number for one in second.rows] == [3]
    assert [*first.rows, *second.rows] == list(every)
    assert (first.smaller.count, first.smaller.granted) == (1, every[2].row.granted)
    assert first.smaller.granted + sum((one.row.granted for one in first.largest), Decimal(0)) == (
        first.together.granted
    )


def test_nobody_sees_bubbles_of_what_he_does_not_see(cast: Cast, programme: Programme) -> None:
    measured, *_rest = city(cast, programme)
    seen = {one.row.id for one in bubble_page(cast.manager, Wanted(), 1, TODAY).largest}
    assert measured.id in seen
    assert bubble_page(cast.other_leader, Wanted(), 1, TODAY).together.count == 0
    assert bubble_page(cast.council, Wanted(state=OPEN), 1, TODAY).together.count == 0


def test_the_page_draws_each_with_its_name_and_says_the_same_in_the_table(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    city(cast, programme)
    browser.sign_in(cast.council)
    page = BeautifulSoup(browser.get("/portfolj/bubblor").text, "html.parser")
    drawing = page.select_one("svg.chart")
    assert drawing is not None
    assert drawing["role"] == "group", "its links would be hidden in a picture"
    drawn = {link["href"]: link.select("title")[0].get_text() for link in drawing.select("a")}
    rows = {row.select("a")[0]["href"]: row for row in page.select("tbody tr")}
    placed = shown(cast).placed
    assert placed
    assert drawn.keys() == {f"/projekt/{one.row.id}" for one in placed} < rows.keys()
    for one in placed:
        name = drawn[f"/projekt/{one.row.id}"]
        assert name.startswith(f"{one.number}. {one.row.title[:40]}")
        cells = rows[f"/projekt/{one.row.id}"].get_text(" ", strip=True).replace("\xa0", "")
        assert f"{one.row.granted:.0f}" in cells
        assert f"{one.row.forecast:.0f}" in cells


def test_what_it_says_of_the_largest_is_counted(browser: Browser, cast: Cast, programme: Programme) -> None:
    city(cast, programme)
    page = shown(cast)
    weak = [one for one in page.largest if one.row.yearly and one.row.forecast < WEAK * one.row.granted]
    assert page.weak == weak
    browser.sign_in(cast.secretary)
    text = browser.get("/portfolj/bubblor").text.replace("\xa0", " ")
    assert f"{page.together.count} projekt har beviljats" in text
    assert f"{page.unplaced} av dem har ingen nytta i pengar och står bara i tabellen." in text
    words = f"{len(weak)} av dem, med" if weak else "Inget av dem väntas ge mindre än tio öre"
    assert words in text


def test_an_empty_page_says_what_will_stand_there(browser: Browser, cast: Cast, programme: Programme) -> None:
    browser.sign_in(cast.secretary)
    assert "Inga projekt har beviljats än" in browser.get("/portfolj/bubblor").text
    city(cast, programme)
    for asked in ("lage=open", "lage=rejected", "beslutsar=2020"):
        page = browser.get(f"/portfolj/bubblor?{asked}").text
        assert "Inga beviljade projekt passar filtret" in page, asked
        assert 'href="/portfolj/bubblor">Rensa</a>' in page
        assert "<svg" not in page


def test_the_ways_to_show_it_ask_for_the_same(browser: Browser, cast: Cast, programme: Programme) -> None:
    city(cast, programme)
    browser.sign_in(cast.secretary)
    asked = "?lage=granted&amp;per=2027-05-01&amp;sort=-promised"
    ways = ("", "/bubblor", "/tidslinje")
    for way in ways:
        page = browser.get(f"/portfolj{way}{asked.replace('&amp;', '&')}").text
        assert "Så såg det ut 2027-05-01" in page
        for other in (*ways, ".csv", ".xlsx", ".json", "/urval/nytt"):
            assert f'href="/portfolj{other}{asked}"' in page, (way, other)
        assert f'href="/portfolj{way}{asked}" aria-current="page"' in page


def test_a_title_is_text_in_the_drawing_too(browser: Browser, cast: Cast, programme: Programme) -> None:
    running(cast, programme, title=HOSTILE)
    browser.sign_in(cast.secretary)
    for way in ("bubblor", "tidslinje"):
        page = browser.get(f"/portfolj/{way}").text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(" in page


def test_it_is_read_in_english(browser: Browser, cast: Cast, programme: Programme) -> None:
    city(cast, programme)
    browser.sign_in(cast.secretary).post("/sprak", data={"language": "en"})
    assert "What the money is expected to bring" in browser.get("/portfolj/bubblor").text
    assert "The projects in time" in browser.get("/portfolj/tidslinje").text


def test_a_saved_view_is_shown_in_the_same_way(browser: Browser, cast: Cast) -> None:
    save(cast.secretary)
    browser.sign_in(cast.secretary)
    for way in ("", "/bubblor", "/tidslinje"):
        page = browser.get(f"/portfolj{way}").text
        assert f'href="/portfolj{way}?forvaltning=1&amp;lage=open&amp;sort=-applied">Väntar på' in page
