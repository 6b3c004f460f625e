"""What the portfolio remembers is what would be counted now, whoever has written what since."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any
from weakref import WeakKeyDictionary

import pytest
from flask import Flask
from sqlalchemy import Table, event, func, select, update
from sqlalchemy.sql import visitors

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.accounts.service import create_department
from app.core.benefits import BenefitCategory
from app.db import db, only_reading, transaction
from app.delivery.risks import service as risks
from app.history import remembered
from app.history.models import HistoryEvent
from app.history.queries import Place, newest, written_between
from app.history.service import System
from app.portfolio import known as knowing
from app.portfolio import queries
from app.portfolio.asked import Late, Wanted
from app.portfolio.facts import Facts
from app.portfolio.known import known
from app.portfolio.moment import Moment, moment_of
from app.programmes.models import Programme
from app.projects.models import Project
from app.realisation import register
from app.realisation.register import Found
from tests.apps import close_database, make_app
from tests.budget_effects.test_told import two_projects
from tests.conftest import NOW, Cast
from tests.databases import address_of
from tests.follow_up.follow_story import follow_up_written
from tests.portfolio.city_story import city
from tests.portfolio.day_story import RISK, at, story
from tests.realisation.measuring_story import TODAY
from tests.review_story import taken_in
from tests.running_story import running

MOMENT = moment_of(None, TODAY)
ASKED: tuple[tuple[Moment, str], ...] = (
    (MOMENT, ""),
    (MOMENT, BenefitCategory.REDISTRIBUTION),
    (moment_of(date(2027, 6, 15), TODAY), ""),
)
AUDITOR = Viewer(0, "", "sv", frozenset({(Role.AUDITOR, None)}))
Told = list[list[int] | None]


@pytest.fixture(autouse=True)
def _nothing_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """What an earlier test has had remembered may be of a history that begins alike."""
    monkeypatch.setattr(remembered, "_memories", WeakKeyDictionary())


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """The projects that are counted, each time; None: all of them."""
    found: Told = []
    count = knowing.counted

    def counted(moment: Moment, category: str, only: list[int] | None = None) -> Any:
        found.append(only)
        return count(moment, category, only)

    monkeypatch.setattr(knowing, "counted", counted)
    return found


def in_another_connection(app: Flask, action: Callable[[], object]) -> None:
    """What somebody else's request does meanwhile."""

    def act() -> None:
        with app.app_context():
            action()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(act).result()


def as_counted() -> None:
    """What is remembered is what is counted."""
    with only_reading():
        for moment, category in ASKED:
            found = {row.id: tuple(row) for row in db.session.execute(Facts(moment, category).query())}
            assert known(moment, category) == found, (moment, category)
        benefits = register_of(AUDITOR)
    assert benefits == register_of(AUDITOR), "who does not only read counts them"
    db.session.rollback()


def register_of(viewer: Viewer) -> tuple[Any, ...]:
    """What the register of benefits says."""
    found = Found(viewer, register.Wanted(), TODAY)
    return found.sums, found.counts, found.listed(limit=None)


@contextmanager
def held_to_it(app: Flask) -> Iterator[None]:
    """After every commit somebody looks, who has looked after the one before."""

    def look(_session: Any) -> None:
        in_another_connection(app, as_counted)

    event.listen(db.session, "after_commit", look)
    try:
        yield
    finally:
        event.remove(db.session, "after_commit", look)


def looked(moment: Moment = MOMENT, category: str = "") -> Any:
    """What a reader sees."""
    db.session.rollback()
    with only_reading():
        return known(moment, category)


# --- the same figures ------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_written_in_whatever_order_is_seen_after_every_commit(
    app: Flask, cast: Cast, programme: Programme, told: Told, seed: int
) -> None:
    chance = Random(seed)
    follow_up_written(cast, programme)
    telling = [story(cast, programme) for _each in range(2)]
    with held_to_it(app):
        while telling:
            one = chance.choice(telling)
            if next(one, None) is None:
                telling.remove(one)
    some = [only for only in told if only is not None]
    assert len(some) > 3 * len([only for only in told if only is None]), "mostly only what was written of"
    assert max(map(len, some)) == 1


def test_money_that_is_taken_home_and_taken_back_is_seen_after_every_commit(
    app: Flask, cast: Cast, programme: Programme
) -> None:
    looked()
    with held_to_it(app):
        two_projects(cast, programme)
    assert looked()[1].taken_home > 0


def test_everything_that_is_read_belongs_to_a_project_whose_history_tells_of_it(
    cast: Cast, programme: Programme
) -> None:
    city(cast, programme)
    two = [Facts(moment, category).query() for moment, category in ASKED]
    read = {one for query in two for one in tables_of(query)}
    assert len(read) > 15
    apart = {table.name for table in read if "project_id" not in table.c} - {Project.__tablename__}
    assert apart == {"report_period", "effect_entry", "benefit_plan"} & apart
    for table in read - {HistoryEvent.__table__}:
        if "project_id" in table.c and "id" in table.c:
            other = (
                select(func.count())
                .select_from(HistoryEvent)
                .join(
                    table, (HistoryEvent.record_type == table.name) & (HistoryEvent.record_id == table.c.id)
                )
                .where(HistoryEvent.project_id.is_distinct_from(table.c.project_id))
            )
            assert not db.session.scalar(other), table.name


def tables_of(query: Any) -> set[Table]:
    """The tables that a query reads, however deep."""
    return {one for one in visitors.iterate(query) if isinstance(one, Table)}


# --- what is counted anew --------------------------------------------------------------------------------


def test_nothing_is_counted_again_as_long_as_nothing_is_written(
    cast: Cast, programme: Programme, told: Told
) -> None:
    city(cast, programme)
    told.clear()
    assert [looked() == looked(), told] == [True, [None]]


def test_what_another_process_writes_is_seen_and_only_that_is_counted(
    app: Flask, cast: Cast, programme: Programme, told: Told, tmp_path: Path
) -> None:
    project = running(cast, programme)
    taken_in(cast, programme, title="Felanmälan")
    number = project.id
    assert looked()[number].risk is None or looked()[number].risk < 16
    other = make_app(address_of(db.engine), tmp_path)
    told.clear()

    def add_risk() -> None:
        with transaction():
            risks.add_risk(cast.leader, db.session.get_one(Project, number), RISK, at(TODAY))
        close_database()

    in_another_connection(other, add_risk)
    assert looked()[number].risk == 16
    assert told == [[number]]


def test_what_is_written_of_no_project_has_everything_counted(
    cast: Cast, programme: Programme, told: Told
) -> None:
    city(cast, programme)
    looked()
    told.clear()
    with transaction():
        create_department(System(), "Idrottsförvaltningen", NOW)
    looked()
    assert told == [None]


def test_many_projects_are_counted_together(
    cast: Cast, programme: Programme, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembered, "FEW", 1)
    first, second, *_rest = city(cast, programme)
    looked()
    told.clear()
    for projects in ((first,), (first, second)):
        for project in projects:
            with transaction():
                risks.add_risk(cast.leader, project, RISK, at(TODAY))
        looked()
    assert told == [[first.id], None]


def test_another_day_is_counted_for_itself(cast: Cast, programme: Programme, told: Told) -> None:
    city(cast, programme)
    late = {
        day: looked(moment_of(None, day))[1].unmeasured for day in (TODAY, TODAY + timedelta(days=900), TODAY)
    }
    assert late == {TODAY: 0, TODAY + timedelta(days=900): 1}
    told.clear()
    for days in range(remembered.THINGS):
        looked(moment_of(None, TODAY + timedelta(days=days + 1)))
    looked()
    assert told == [None] * (remembered.THINGS + 1), "the oldest is forgotten"


def test_a_chain_that_is_not_the_one_that_is_remembered_has_everything_counted(
    cast: Cast, programme: Programme, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    city(cast, programme)
    db.session.rollback()
    with only_reading():
        here = newest()
        earlier = Place(here.number - 1, "0" * 64)
        assert written_between(earlier, here) is None
        assert written_between(here, Place(here.number, "0" * 64)) is None
        assert written_between(Place(0, "0" * 64), here)
        assert written_between(here, here) == frozenset()
    looked()
    told.clear()
    monkeypatch.setattr(remembered, "newest", lambda: Place(here.number, "0" * 64))
    looked()
    assert told == [None]


# --- what is never remembered ----------------------------------------------------------------------------


def test_what_is_not_committed_is_seen_by_whoever_writes_it_and_by_nobody_else(
    app: Flask, cast: Cast, programme: Programme
) -> None:
    first, *_rest = city(cast, programme)
    number = first.id
    before = looked()
    db.session.rollback()
    db.session.execute(update(Project).where(Project.id == number).values(title="Ett annat namn"))
    assert known(MOMENT, "")[number].title == "Ett annat namn"
    in_another_connection(app, lambda: _same(before))
    db.session.rollback()
    assert looked() == before


def _same(before: Any) -> None:
    with only_reading():
        assert known(MOMENT, "") == before


def test_who_began_to_read_before_something_was_written_sees_it_as_it_was(
    app: Flask, cast: Cast, programme: Programme, told: Told
) -> None:
    first, *_rest = city(cast, programme)
    number, before = first.id, looked()
    told.clear()

    def add_risk() -> None:
        with transaction():
            risks.add_risk(cast.leader, db.session.get_one(Project, number), RISK, at(TODAY))
        with only_reading():
            assert known(MOMENT, "")[number].risk == 16

    db.session.rollback()
    with only_reading():
        assert newest().number > 0
        in_another_connection(app, add_risk)
        assert known(MOMENT, "") == before
    assert looked()[number].risk == 16
    assert told == [[number]], "neither of them counts everything"


def test_who_may_see_what_is_asked_each_time(cast: Cast, programme: Programme) -> None:
    city(cast, programme)

    def sees(viewer: Viewer, wanted: Wanted, moment: Moment) -> int:
        db.session.rollback()
        with only_reading():
            return len(queries.found(viewer, wanted, moment))

    for moment in (MOMENT, moment_of(TODAY, TODAY + timedelta(days=1))):
        for wanted in (Wanted(), Wanted(late=Late.CASE), Wanted(category=BenefitCategory.REDISTRIBUTION)):
            everything = sees(cast.secretary, wanted, moment)
            assert everything > 0
            assert sees(cast.other_leader, wanted, moment) == 0
            assert sees(cast.secretary, wanted, moment) == everything
    assert [sees(one, Wanted(), MOMENT) for one in (cast.secretary, cast.council)] == [5, 4]
