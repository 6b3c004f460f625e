"""Measurements out of a file: every row by the rules of the form, all of them or none."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from werkzeug.test import TestResponse

from app.core.tabular import text_in
from app.db import db
from app.history.models import HistoryEvent
from app.programmes.models import Programme
from app.projects.models import Project
from app.realisation import queries
from app.realisation.rows import MOST_ROWS
from tests.applications.workbooks import Value, one_sheet
from tests.conftest import Browser, Cast
from tests.delivery.costs.test_reading_pages import button_form, plain
from tests.drafting import filled_in
from tests.hostile import TEXTS
from tests.realisation.measuring_story import of, with_plan

FIRST, LAST, CALLS, CASES, MINUTES, SHARE, SOURCE, WHY = (
    "Första månad", "Sista månad", "Antal samtal per månad", "Antal ärenden", "Sparade minuter per ärende",
    "Andel som använder tjänsten, %", "Källa", "Varför avviker det från planen?",
)  # fmt: skip
HEADS = (FIRST, LAST, CALLS, CASES, MINUTES, SHARE, SOURCE, WHY)
JULY = ("2028-07", "2028-09", 790, 2_300, 25, 44, "Växeln", "")
OCTOBER = ("2028-10", "2028-12", 770, "2 400,5", "25", "44 %", None, None)


@pytest.fixture
def project(cast: Cast, programme: Programme, browser: Browser) -> Project:
    """One whose first benefit has a plan, and the one who measures it stands at the page."""
    found = with_plan(cast, programme)
    browser.sign_in(cast.manager)
    return found


def address(project: Project, cast: Cast, rest: str = "/las-in") -> str:
    return f"/projekt/{project.id}/nyttor/{of(cast.leader, project).benefit.id}{rest}"


def send(
    browser: Browser, place: str, rows: Sequence[Sequence[Value]], name: str = "statistik.xlsx"
) -> TestResponse:
    return send_file(browser, place, one_sheet(rows), name)


def send_file(browser: Browser, place: str, content: bytes, name: str) -> TestResponse:
    sent: dict[str, Any] = filled_in(button_form(browser.get(place).text))
    sent["files"] = [(BytesIO(content), name)]
    return browser.post(place, data=sent, content_type="multipart/form-data")


def kept(project: Project, cast: Cast) -> list[tuple[date, Decimal, str]]:
    return [
        (row.begins_on, row.indicator_value, row.source)
        for row in queries.standing_measurements(of(cast.leader, project).benefit.id)
    ]


def confirm(browser: Browser, place: str, looked: TestResponse, **changes: str) -> TestResponse:
    return browser.post(place, data=filled_in(button_form(looked.text)) | changes)


def test_the_template_is_filled_in_looked_at_and_kept(browser: Browser, cast: Cast, project: Project) -> None:
    place = address(project, cast)
    assert place in browser.get(address(project, cast, "")).text
    choosing = browser.get(place).text
    assert address(project, cast, "/matningar.xlsx") in choosing
    assert " multiple" not in choosing, "one file"
    looked = send(browser, place, [HEADS, JULY, OCTOBER])
    assert looked.status_code == 200
    page = plain(looked.text)
    for words in ("2028-07 – 2028-09", "2028-10 – 2028-12", "2 400,5", "statistik.xlsx, rad 3", "Läs in 2"):
        assert words in page
    assert kept(project, cast) == [], "looking keeps nothing"
    done = confirm(browser, place, looked)
    assert done.location == address(project, cast, "")
    assert kept(project, cast) == [
        (date(2028, 7, 1), Decimal(790), "Växeln"),
        (date(2028, 10, 1), Decimal(770), "statistik.xlsx, rad 3"),
    ]
    events = db.session.query(HistoryEvent).filter_by(verb="measure_benefit").count()
    assert events == 2, "each is in the history as if it had been written by hand"


def test_the_template_is_read_back_as_it_is(
    browser: Browser, cast: Cast, project: Project, tmp_path: Any
) -> None:
    from app.accepted.tables.workbook import read

    path = tmp_path / "mall.xlsx"
    path.write_bytes(browser.get(address(project, cast, "/matningar.xlsx")).data)
    head, first = read(path).rows
    assert tuple(text_in(cell) for cell in head.cells) == HEADS
    assert [text_in(cell) for cell in first.cells][:2] == ["2028-07", "2028-12"]


def test_headings_in_another_order_and_language_are_understood(
    browser: Browser, cast: Cast, project: Project
) -> None:
    heads = (
        WHY,
        "Okänd",
        "source",
        "Share that uses the service, %",
        MINUTES.upper(),
        CASES,
        CALLS,
        LAST,
        FIRST,
    )
    row = (None, "x", "Växeln", 44, 25, 2_300, 790, "2028-09", date(2028, 7, 15))
    looked = send(browser, address(project, cast), [heads, row])
    assert looked.status_code == 200, plain(looked.text)
    confirm(browser, address(project, cast), looked)
    assert kept(project, cast) == [(date(2028, 7, 1), Decimal(790), "Växeln")]


FAULTS: dict[str, tuple[dict[str, Value], str, str]] = {
    "no month": ({FIRST: "i juli"}, FIRST, "Ange en månad"),
    "nothing": ({CALLS: None}, CALLS, "Ange det värde som mättes."),
    "no number": ({CASES: "många"}, CASES, "Ange ett tal"),
    "below nothing": ({CASES: -1}, CASES, "0"),
    "kept as a share": ({SHARE: Decimal("0.44")}, SHARE, "Skriv 50 för femtio procent"),
    "two years": ({LAST: "2029-01"}, LAST, "Dela upp perioden vid årsskiftet"),
    "backwards": ({LAST: "2028-06"}, LAST, "före den första"),
    "not over": ({FIRST: "2029-01", LAST: "2029-03"}, LAST, "Perioden är inte slut än"),
    "short of what was expected": ({CALLS: 990}, WHY, "Skriv varför"),
    "the same months as the row above": ({FIRST: "2028-08"}, FIRST, "står redan på rad 2"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_row_that_cannot_be_kept_is_named_and_nothing_is(
    browser: Browser, cast: Cast, project: Project, name: str
) -> None:
    changes, column, told = FAULTS[name]
    wrong = [changes.get(head, value) for head, value in zip(HEADS, OCTOBER, strict=True)]
    place = address(project, cast)
    looked = send(browser, place, [HEADS, JULY, wrong])
    assert looked.status_code == 422
    page = plain(looked.text)
    for words in ("Rad 3", column, told):
        assert words in page
    assert "Rad 2<" not in page, "the other row is right"
    assert "Läs in 1" not in page
    assert confirm(browser, place, looked).status_code == 422
    assert kept(project, cast) == []


UNREADABLE: dict[str, tuple[list[Sequence[Value]], str]] = {
    "no headings of ours": ([["Datum", "Värde"], ["2028-07", 1]], "saknar rubriken"),
    "no rows": ([HEADS], "Inga rader under rubrikerna"),
    "empty rows": ([HEADS, [None, " "]], "Inga rader under rubrikerna"),
    "too many": ([HEADS, *([JULY] * (MOST_ROWS + 1))], "fler än 120 rader"),
    "nothing at all": ([], "Det finns inga rader att läsa"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_is_not_of_measurements_is_refused_with_what_to_do(
    browser: Browser, cast: Cast, project: Project, name: str
) -> None:
    rows, told = UNREADABLE[name]
    answer = send(browser, address(project, cast), rows)
    assert answer.status_code == 422
    assert told in answer.text


def test_a_file_of_another_kind_is_refused(browser: Browser, cast: Cast, project: Project) -> None:
    answer = send_file(browser, address(project, cast), b"%PDF-1.7 not a table", "tabell.xlsx")
    assert answer.status_code == 422


SPOILT = ("", "[]", "{", "[[1]]", '[["x", {}]]', "[" * 100_000, "null", '[[1, ["a"]]]', "[[1e999, {}]]")


@pytest.mark.parametrize("text", SPOILT)
def test_rows_that_somebody_has_been_at_are_held_to_the_same_rules(
    browser: Browser, cast: Cast, project: Project, text: str
) -> None:
    place = address(project, cast)
    looked = send(browser, place, [HEADS, JULY])
    assert confirm(browser, place, looked, rows=text).status_code == 422
    shorter = json.dumps([[2, {"first": "2028-07", "last": "2028-09"}]])
    assert confirm(browser, place, looked, rows=shorter).status_code == 422
    assert kept(project, cast) == []


def test_what_was_measured_meanwhile_is_seen_before_anything_is_kept(
    browser: Browser, cast: Cast, project: Project
) -> None:
    place = address(project, cast)
    looked = send(browser, place, [HEADS, JULY, OCTOBER])
    again = send(browser, place, [HEADS, OCTOBER])
    assert confirm(browser, place, again).status_code == 302
    refused = confirm(browser, place, looked)
    assert refused.status_code == 422
    assert "redan mätt" in refused.text
    assert len(kept(project, cast)) == 1


def test_hostile_texts_are_texts(browser: Browser, cast: Cast, project: Project) -> None:
    place = address(project, cast)
    rows: list[Sequence[Value]] = [
        [f"2028-{7 + number:02}", f"2028-{7 + number:02}", 780, 100, 25, 44, text, text]
        for number, text in enumerate(TEXTS[:6])
    ]
    looked = send(browser, place, [HEADS, *rows], name="<script>alert(1)</script>.xlsx")
    assert "<script>alert" not in looked.text
    assert "<script>alert" not in confirm(browser, place, looked).text


def test_who_may_not_measure_reads_nothing_in(browser: Browser, cast: Cast, project: Project) -> None:
    place, template = address(project, cast), address(project, cast, "/matningar.xlsx")
    browser.sign_in(cast.other_leader)
    for hidden in (place, template):
        assert browser.get(hidden).status_code == 404
