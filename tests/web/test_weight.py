"""How much a page weighs: somebody on a train reads it too. Every page of every role, without a browser."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, insert, select

from app.accounts.models import Department, Person
from app.core.workflow import State
from app.db import db, transaction
from app.programmes.models import Programme, Round
from app.projects.models import Project, ProjectKind
from tests.browser.gallery import PAGES, Gallery
from tests.conftest import NOW, Browser, Cast
from tests.story import registered

LIGHT = 30_000
WINDOWS = [(role, path) for role, paths in PAGES.items() for path in paths]
TITLES = (
    "Sammanhållen handläggning av ärenden om serveringstillstånd, tobak och folköl",
    "Digital ansökan om parkeringstillstånd för rörelsehindrade",
    "Felanmälan av gator, parker och belysning",
    "Bygglov på nätet",
)
OPEN = [State.CHECKING, State.RETURNED, State.ASSESSMENT, State.COUNCIL, State.AWAITING_DECISION]


@pytest.mark.parametrize(("role", "pattern"), WINDOWS)
def test_every_page_is_light(
    gallery_app: Flask, signed_in: dict[str, Browser], role: str, pattern: str
) -> None:
    gallery: Gallery = gallery_app.extensions["gallery"]
    page = signed_in[role].get(gallery.path(pattern))
    assert page.status_code in (200, 403, 404)
    assert len(page.data) <= LIGHT


@pytest.fixture
def many_cases(cast: Cast, programme: Programme) -> int:
    """More cases than a page holds, all late, with all that a row can show; how many are open."""
    one = registered(cast, programme)
    with transaction():
        db.session.execute(
            db.update(Person).where(Person.id == cast.secretary.id).values(name="Handläggare Sekretariatet")
        )
        db.session.execute(
            db.update(Department)
            .where(Department.id == cast.department.id)
            .values(name="Socialförvaltningen Hägersten-Älvsjö")
        )
        db.session.execute(
            insert(Project),
            [
                {
                    "programme_id": programme.id,
                    "round_id": db.session.scalar(select(Round.id)),
                    "title": TITLES[serial % len(TITLES)],
                    "kind": ProjectKind.IMPLEMENTATION.value,
                    "lead_department_id": cast.department.id,
                    "leader_id": cast.leader.id,
                    "state": OPEN[serial % len(OPEN)].value,
                    "state_since": NOW,
                    "referred_at": NOW,
                    "created_at": NOW,
                    "submitted_at": NOW,
                    "applied_amount": 12_345_678,
                    "due_on": date(2026, 1, 2),
                    "case_number": f"2027-{serial:04}",
                    "case_year": 2027,
                    "case_serial": serial,
                    "handler_id": cast.secretary.id,
                }
                for serial in range(2, 70)
            ],
        )
    db.session.refresh(one)
    return 69


def test_the_list_of_cases_is_light_with_fifty_late_ones_under_long_names(
    browser: Browser, cast: Cast, many_cases: int
) -> None:
    page = browser.sign_in(cast.secretary).get("/arenden?omgang=1&sort=-amount")
    assert page.text.count('class="late"') == 50
    assert f"av {many_cases}" in page.text
    assert len(page.data) <= LIGHT


def test_the_start_page_is_light_however_much_waits(browser: Browser, cast: Cast, many_cases: int) -> None:
    assert len(browser.sign_in(cast.secretary).get("/").data) <= LIGHT


LONGEST = ("Åtgärder & överklaganden: " * 8)[:120]
"""As long as a name may be, with signs that weigh more than one."""


@pytest.fixture
def longest_names(many_cases: int) -> int:
    """Every name in the list is as long as it may be."""
    with transaction():
        db.session.execute(db.update(Project).values(title=LONGEST))
        db.session.execute(db.update(Department).values(name=Department.id.cast(db.String) + LONGEST[:110]))
        db.session.execute(db.update(Person).values(name=LONGEST))
        db.session.execute(db.update(Round).values(name=Round.id.cast(db.String) + LONGEST[:110]))
    return many_cases


@pytest.mark.parametrize(
    "query", ["", "?omgang=1&forvaltning=1&sort=-amount&lage=all", "?q=2027&forvaltning=1"]
)
def test_the_list_of_cases_is_light_whatever_people_call_things(
    browser: Browser, cast: Cast, longest_names: int, query: str
) -> None:
    page = browser.sign_in(cast.secretary).get(f"/arenden{query}")
    assert f"av {longest_names}" in page.text
    assert page.text.count("Åtgärder &amp; överkl") >= 50
    assert len(page.data) <= LIGHT


def test_a_list_under_long_names_is_read_and_made_once(
    browser: Browser, cast: Cast, longest_names: int
) -> None:
    browser.sign_in(cast.secretary)
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    page = browser.get("/arenden?omgang=1&sort=-amount")
    event.remove(db.engine, "before_cursor_execute", note)
    assert f"av {longest_names}" in page.text
    assert sum(statement.startswith("SELECT") for statement in asked) <= 8, asked
