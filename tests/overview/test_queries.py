"""How often the database is asked for a page: as often for ten thousand cases as for two."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from app.db import db
from app.overview.queries import SORTS
from app.programmes.models import Programme
from tests.conftest import Browser, Cast
from tests.story import registered, submitted

MOST = 8
FILTERS = (
    "",
    "lage=all",
    "lage=checking",
    "forvaltning=1",
    "omgang=1",
    "slag=implementation",
    "handlaggare=mine",
    "handlaggare=nobody",
    "sena=1",
    "q=bygglov",
    "lage=all&page=2",
    "lage=checking&forvaltning=1&omgang=1&slag=implementation&handlaggare=mine&q=2027",
)
ASKED = (*FILTERS, *(f"lage=all&sort={way}{key}" for key in SORTS for way in ("", "-")))


@pytest.fixture
def queries(app: Flask) -> Iterator[list[str]]:
    """What the database is asked."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().startswith("SELECT"):
            asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield asked
    event.remove(db.engine, "before_cursor_execute", note)


def test_the_list_of_cases_asks_the_database_eight_times_at_most(
    browser: Browser, cast: Cast, programme: Programme, queries: list[str]
) -> None:
    registered(cast, programme, title="Bygglov")
    submitted(cast, programme, title="Serveringstillstånd")
    for viewer in (cast.secretary, cast.manager):
        browser.sign_in(viewer)
        for query in ASKED:
            queries.clear()
            assert browser.get(f"/arenden?{query}").status_code == 200
            assert 0 < len(queries) <= MOST, (query, queries)


def test_more_cases_are_not_more_questions(
    browser: Browser, cast: Cast, programme: Programme, queries: list[str]
) -> None:
    browser.sign_in(cast.secretary)
    counted: dict[str, list[int]] = {"/": [], "/arenden": []}
    for title in ("Bygglov", "Serveringstillstånd", "Radonmätning"):
        registered(cast, programme, title=title)
        for address, counts in counted.items():
            browser.get(address)
            queries.clear()
            browser.get(address)
            counts.append(len(queries))
    assert all(len(set(counts)) == 1 for counts in counted.values()), counted
